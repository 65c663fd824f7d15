import { html, svg, zoom } from "../dom.ts";
import { writeLine, type Line } from "../measure.ts";
import type { DisputedLook } from "./disputed.ts";
import type { Scale } from "./scale.ts";

const left = 18;
const thickness = 12;
const steps = 32;
/** Of a mark: its words and, under them, the bracket over what it spans. */
const rowHeight = 22;

let scales = 0;

export interface Legend {
  title: string;
  scale: Scale;
  lines: Line[];
  write(value: number): string;
  tick(value: number): string;
}

/** The colour scale as a ruler: what the random guesser, other people and the nearest country reach is marked on it. */
export function drawLegend({ title, scale, lines, write, tick }: Legend, frame: number): SVGSVGElement {
  const size = zoom();
  const width = Math.min(540, Math.max(260, frame / size));
  const length = width - 2 * left;
  const x = (value: number) => left + scale.position(value) * length;
  const marks = lines
    .map((line) => ({ ...line, from: x(line.low), to: x(line.high), at: (x(line.low) + x(line.high)) / 2, text: writeLine(line, write) }))
    .sort((a, b) => a.at - b.at);
  const rows = stack(marks.map(({ at, from, to, text }) => {
    const { start, end } = extent(at, text, width);
    return { start: Math.min(start, from), end: Math.max(end, to) };
  }));
  const depth = Math.max(-1, ...rows) + 1;
  const top = 22 + depth * rowHeight;
  const label =
    `Colour scale: ${title}, from ${tick(scale.reversed ? scale.high : scale.low)} to ${tick(scale.reversed ? scale.low : scale.high)}`
    + marks.map(({ text }) => `; ${text}`).join("");
  const id = `scale-${++scales}`;
  const ruler = svg(
    "svg",
    {
      viewBox: `0 0 ${width} ${top + thickness + 22}`,
      width: width * size,
      height: (top + thickness + 22) * size,
      role: "img",
      "aria-label": label,
      class: "ruler",
    },
    svg("defs", {}, svg("linearGradient", { id }, ...gradient(scale))),
    svg("text", { x: left, y: 12, class: "ruler-title" }, title),
    svg("rect", { x: left, y: top, width: length, height: thickness, fill: `url(#${id})`, rx: 1.5 }),
  );
  for (const value of thinned(scale.ticks, length)) {
    ruler.append(
      svg("line", { x1: x(value), x2: x(value), y1: top + thickness, y2: top + thickness + 4, class: "tick" }),
      svg("text", { x: x(value), y: top + thickness + 17, "text-anchor": "middle", class: "ruler-tick" }, tick(value)));
  }
  marks.forEach(({ key, from, to, at, text, low, high }, index) => {
    const row = rows[index]!;
    const y = 22 + (depth - 1 - row) * rowHeight + 12;
    const { start, end, anchor } = extent(at, text, width);
    ruler.append(
      // From the least to the most of the countries; one stroke where it is the same for all.
      svg("path", {
        d: from === to ? `M${at},${y + 3}V${top + thickness}` : `M${from},${y + 8}V${y + 4}H${to}V${y + 8}`, class: "mark-line",
      }),
      svg(
        "text",
        {
          x: anchor === "start" ? start : anchor === "end" ? end : at,
          y,
          "text-anchor": anchor,
          class: "mark-label",
          "data-line": key,
          "data-low": low,
          "data-high": high,
        },
        text,
      ),
    );
  });
  return ruler;
}

/** Ticks with room for their numbers. */
const thinned = (ticks: number[], length: number): number[] => ticks.filter((_, index) => length / ticks.length > 38 || index % 2 === 0);

/** Where a mark's text lies: over the mark, but within the ruler; about 6.2 units to a letter. */
function extent(at: number, text: string, width: number): { start: number; end: number; anchor: "start" | "middle" | "end" } {
  const wide = text.length * 6.2;
  const [start, end] = [at - wide / 2, at + wide / 2];
  if (start < 2 || wide > width - 4) return { start: 2, end: 2 + wide, anchor: "start" };
  if (end > width - 2) return { start: width - 2 - wide, end: width - 2, anchor: "end" };
  return { start, end, anchor: "middle" };
}

/** The lowest row in which each text is clear of the earlier ones. */
function stack(texts: { start: number; end: number }[]): number[] {
  const ends: number[] = [];
  return texts.map(({ start, end }) => {
    let row = ends.findIndex((last) => last + 10 < start);
    if (row < 0) row = ends.length;
    ends[row] = end;
    return row;
  });
}

function gradient(scale: Scale): SVGStopElement[] {
  return Array.from({ length: steps + 1 }, (_, i) => {
    const share = i / steps;
    const along = scale.reversed ? 1 - share : share;
    return svg("stop", { offset: share, "stop-color": scale.colour(scale.low + along * (scale.high - scale.low)) });
  });
}

/** What hatching and greys mean: a class of the style sheet and words. */
export type Key = readonly ["thin" | "none" | "unclear" | "disputed", string];

export const keysOf = (thinBelow: number, change: boolean): Key[] => change
  ? [["unclear", "cannot be told from 0 (after Holm\u2019s correction, or without an interval)"],
    ["none", `no data, or fewer than ${thinBelow} questions that both answered`]]
  : [["thin", `thin: fewer than ${thinBelow} questions`], ["none", "no data"]];

/** What the dots over disputed areas mean, where they are drawn. */
export const disputedKey = (look: DisputedLook): Key[] => (look === "hatched" ? [["disputed", "disputed area"]] : []);

export const drawKeys = (keys: readonly Key[]): HTMLElement =>
  html("ul", { class: "keys" },
    ...keys.map(([name, words]) => html("li", {}, html("span", { class: `key key-${name}`, "aria-hidden": "true" }), words)));

const looks = { thin: "Hatched", none: "Faint grey", unclear: "Grey", disputed: "Dotted" };

/** The same for a picture that stands alone. */
export const keyWords = (keys: readonly Key[]): string => `${keys.map(([name, words]) => `${looks[name]}: ${words}`).join(". ")}.`;
