import * as Plot from "@observablehq/plot";
import { zoom } from "../dom.ts";
import { shorten } from "../format.ts";
import { draw, type PlotElement } from "./plot.ts";
import { roving } from "./roving.ts";

/** One line of a dot plot. */
export interface Dot {
  /** What it is chosen by. */
  name: string;
  /** What it is called on the page; its name where left out. */
  shown?: string;
  value: number;
  /** Other samples of the same, on the same line. */
  parts?: Part[];
  /** 95 % interval. */
  low: number | null;
  high: number | null;
  /** An earlier or another value, drawn hollow. */
  before: number | null;
  /** What the random guesser reaches on the same questions, drawn as an upright stroke. */
  own?: number;
  colour: string;
  /** Drawn pale: thin data. */
  faint: boolean;
  chosen: boolean;
  /** For those who hear the page. */
  words: string;
  /** Written at the right end of the line. */
  note?: string;
}

/** Another sample on a dot's line. */
export interface Part {
  name: string;
  value: number;
  /** For those who hear the page. */
  words: string;
}

export interface DotPlot {
  label: string;
  axis: string;
  dots: Dot[];
  /** Small values at the right, as for ranks. */
  reversed: boolean;
  /** Vertical lines with a name each. */
  lines: { value: number; label: string }[];
  /** What the dots' notes are. */
  notes?: string;
  width: number;
  choose: ((name: string) => void) | null;
}

/** A line that says how many are not drawn here; the zero-width spaces keep two such lines apart. */
export const gapLine = (left: number, gap: number): Dot => ({
  name: `\u22EE ${left} not shown${"\u200B".repeat(gap)}`, value: NaN, low: null, high: null, before: null, colour: "none", faint: false,
  chosen: false, words: "",
});

const stroke = {
  draw(context: { moveTo(x: number, y: number): void; lineTo(x: number, y: number): void }, size: number): void {
    const half = Math.sqrt(size);
    context.moveTo(0, -half);
    context.lineTo(0, half);
  },
};

const rowHeight = 19;
/** From the frame to the axis' name, clear of its numbers, and between lines of it. */
const [nameTop, lineHeight] = [28, 14];
/** Room for the notes. */
const noteWidth = 60;
const atEnd = { dx: noteWidth, textAnchor: "end", fill: "var(--soft)" } as const;

/** Of a name beside the drawing, in its own pixels: letters differ too much to be counted. Drawn on whole pixels they may be wider. */
function widthOf(name: string): number {
  pen ??= document.createElement("canvas").getContext("2d")!;
  pen.font = `${nameSize}px ${getComputedStyle(document.body).fontFamily}`;
  return 1.125 * pen.measureText(name).width;
}

/** An axis' name in as many lines as it needs. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = `${lines[lines.length - 1]} ${word}`;
    if (lines.length > 0 && widthOf(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** Where a line's name lies beside it: at the ends of the axis the whole of it lies inwards. */
function anchorOf(value: number, shown: readonly (number | null | undefined)[], reversed: boolean): "start" | "middle" | "end" {
  const known = shown.filter((number): number is number => Number.isFinite(number));
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const along = least === most ? 0.5 : (value - least) / (most - least);
  const at = reversed ? 1 - along : along;
  return at < 0.2 ? "start" : at > 0.8 ? "end" : "middle";
}

let pen: CanvasRenderingContext2D | undefined;
const nameSize = 12;

/** Names down the side, a dot with its interval on each line. */
export function dotPlot({ label, axis, dots, reversed, lines, notes, width, choose }: DotPlot): PlotElement {
  const narrow = width / zoom() < 520;
  const names = dots.map((dot) => dot.name);
  const called = new Map(dots.map((dot) => [dot.name, dot.shown ?? dot.name]));
  const parts = dots.flatMap((dot) => (dot.parts ?? []).filter((part) => Number.isFinite(part.value)).map((part) =>
    ({ ...part, line: dot.name, colour: dot.colour })));
  const letters = narrow ? 27 : 30;
  const marginLeft = 14 + Math.max(50, ...[...called.values()].map((name) => widthOf(shorten(name, letters))));
  const known = dots.filter((dot) => Number.isFinite(dot.value));
  const ends = known.filter((dot) => dot.low !== null && dot.high !== null);
  const earlier = known.filter((dot) => dot.before !== null && Number.isFinite(dot.before));
  const own = known.filter((dot) => dot.own !== undefined && Number.isFinite(dot.own));
  const noted = known.filter((dot) => dot.note);
  // Each line's name has a row of its own, so that two that lie close are both read.
  const named = lines.map((line, row) => ({ ...line, row }));
  const values = [...known.flatMap((dot) => [dot.value, dot.low, dot.high, dot.before, dot.own]), ...lines.map((line) => line.value)];
  const marginRight = noted.length > 0 ? noteWidth + 4 : 18;
  const whole = width / zoom();
  const axisLines = wrapped(axis, whole - 8);
  // Under the frame where there is room for it, else under all of the drawing.
  const aside = widthOf(axisLines[0]!) < whole - marginLeft - marginRight ? 0 : (marginRight - marginLeft) / 2;
  const marginBottom = nameTop + 4 + lineHeight * axisLines.length;
  const marginTop = lines.length > 0 ? 31 + 13 * lines.length : 14;
  const ticks = Math.max(2, Math.min(8, Math.floor((width / zoom() - marginLeft - 60) / 62)));
  const picture = draw(width, {
    height: dots.length * rowHeight + marginTop + marginBottom,
    marginLeft,
    marginRight,
    marginTop,
    marginBottom,
    ariaLabel: label,
    x: { reverse: reversed, nice: true, grid: true, label: null, ticks },
    y: { type: "point", domain: names, padding: 0.5 },
    marks: [
      Plot.axisY({ tickSize: 0, label: null, tickFormat: (name: string) => shorten(called.get(name) ?? name, letters),
        fontSize: nameSize }),
      Plot.axisX({
        anchor: "bottom",
        tickSize: 0,
        label: null,
        ticks,
      }),
      Plot.text([axisLines.join("\n")], { frameAnchor: "bottom", lineAnchor: "top", dx: aside, dy: nameTop, fontSize: nameSize,
        lineHeight: lineHeight / nameSize, className: "axis-name" }),
      Plot.ruleX(lines, { x: "value", stroke: "var(--accent)", strokeOpacity: 0.55, strokeDasharray: "3 3" }),
      ...named.map(({ row }) => Plot.text([named[row]!], {
        x: "value",
        text: "label",
        frameAnchor: "top",
        dy: 13 * row + 1 - marginTop,
        lineAnchor: "top",
        textAnchor: anchorOf(named[row]!.value, values, reversed),
        fill: "var(--accent-ink)",
        fontSize: 11,
      })),
      Plot.text(noted, { y: "name", text: "note", frameAnchor: "right", ...atEnd, className: "places" }),
      Plot.text(noted.length > 0 ? [notes ?? ""] : [], { frameAnchor: "top-right", dy: -12, ...atEnd }),
      Plot.ruleY(ends, { y: "name", x1: "low", x2: "high", stroke: "var(--line-strong)", strokeWidth: 2, className: "interval" }),
      Plot.ruleY(earlier, { y: "name", x1: "before", x2: "value", stroke: "var(--soft)", strokeWidth: 1 }),
      Plot.dot(earlier, { x: "before", y: "name", r: 3.5, fill: "var(--page)", stroke: "var(--soft)" }),
      Plot.dot(own, { x: "own", y: "name", r: 4.5, symbol: stroke, stroke: "var(--accent)", strokeWidth: 2, className: "own" }),
      Plot.dot(parts, { x: "value", y: "line", r: 4, fill: "var(--page)", stroke: "var(--ink)", strokeWidth: 1.4, ariaLabel: "words",
        className: "parts" }),
      Plot.dot(known, {
        x: "value",
        y: "name",
        r: 5,
        fill: "colour",
        fillOpacity: (dot: Dot) => (dot.faint ? 0.45 : 1),
        stroke: (dot: Dot) => (dot.chosen ? "var(--accent)" : "var(--ink)"),
        strokeWidth: (dot: Dot) => (dot.chosen ? 3 : 0.5),
        ariaLabel: "words",
        className: "dots",
      }),
    ],
  });
  picture.setAttribute("role", "group");
  const circles = [...picture.querySelectorAll<SVGElement>(".dots circle")];
  const others = [...picture.querySelectorAll<SVGElement>(".parts circle")];
  const meant = [...known, ...parts];
  [...circles, ...others].forEach((circle, index) => {
    circle.setAttribute("data-name", meant[index]!.name);
    circle.setAttribute("data-value", String(meant[index]!.value));
    if (!choose) circle.setAttribute("role", "img");
  });
  if (choose) roving([...circles, ...others], (index) => choose(meant[index]!.name));
  return picture;
}
