// Pictures that stand alone: the drawn SVG with its looks written into it, its title above and its caption below.
import { svg } from "../dom.ts";

const looks = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linejoin", "opacity",
  "font-size", "font-weight", "font-style", "text-anchor", "dominant-baseline", "paint-order", "vector-effect"];
const sans = "Inter, system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";
const margin = 32;
const gap = 14;
/** Widths of a picture, in pixels: as wide as what is drawn needs, so that none of it stands empty. */
const [narrowest, widest] = [640, 1200];
/** How much larger than on the page a drawing may come out. */
const enlarged = 1.3;

export interface Picture {
  title: string;
  /** Drawn one below the other; those of one inner list side by side. */
  drawings: SVGSVGElement[][];
  caption: string[];
}

export function toSvg({ title, drawings, caption }: Picture): SVGSVGElement {
  const style = getComputedStyle(document.body);
  const across = drawings.map((row) => row.reduce((sum, drawing) => sum + shownWidth(drawing) * enlarged, gap * (row.length - 1)));
  const wide = Math.round(Math.min(widest, Math.max(narrowest, ...across) + 2 * margin));
  const result = svg("svg", { xmlns: "http://www.w3.org/2000/svg", "font-family": sans, fill: style.color });
  const paper = svg("rect", { width: wide, fill: style.backgroundColor });
  result.append(paper);
  let y = margin;
  const write = (text: string, size: number, weight: number, opacity: number) => {
    for (const line of wrap(text, wide - 2 * margin, `${weight} ${size}px ${sans}`)) {
      y += size * 1.35;
      result.append(svg("text", { x: margin, y, "font-size": size, "font-weight": weight, "fill-opacity": opacity }, line));
    }
  };
  write(title, 26, 650, 1);
  y += gap;
  for (const row of drawings) {
    const each = (wide - 2 * margin - gap * (row.length - 1)) / row.length;
    const tallest = Math.max(...row.map((drawing, index) => place(result, drawing, margin + index * (each + gap), y, each)));
    y += tallest + gap;
  }
  for (const line of caption) write(line, 13, 400, 0.75);
  y += margin;
  paper.setAttribute("height", String(y));
  for (const [name, value] of [
    ["width", wide],
    ["height", y],
    ["viewBox", `0 0 ${wide} ${y}`],
  ] as const)
    result.setAttribute(name, String(value));
  return result;
}

const shownWidth = (drawing: SVGSVGElement): number => Math.max(drawing.clientWidth, 320);

/** Puts a copy of a drawing into the picture, not much larger than on the page, and says how tall it came out. */
function place(into: SVGSVGElement, drawing: SVGSVGElement, x: number, y: number, across: number): number {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  dress(drawing, copy);
  const box = drawing.viewBox.baseVal;
  const width = Math.min(across, Math.max(shownWidth(drawing) * enlarged, drawing.viewBox.baseVal.width));
  const height = (width * box.height) / box.width;
  for (const [name, value] of [["x", x], ["y", y], ["width", width], ["height", height]] as const) copy.setAttribute(name, String(value));
  into.append(copy);
  return height;
}

function dress(from: Element, to: Element): void {
  const style = getComputedStyle(from);
  if (style.display === "none") {
    to.remove();
    return;
  }
  for (const name of ["class", "style", "tabindex", "role", "aria-label", "aria-hidden"]) to.removeAttribute(name);
  for (const name of looks) {
    const value = style.getPropertyValue(name);
    if (value) to.setAttribute(name, value.replaceAll('"', "'"));
  }
  const [sources, copies] = [[...from.children], [...to.children]];
  sources.forEach((source, index) => {
    const copy = copies[index]!;
    if (source.localName === "style") copy.remove();
    else if (source.localName !== "defs" && source.localName !== "title") dress(source, copy);
  });
}

function wrap(text: string, width: number, font: string): string[] {
  const context = document.createElement("canvas").getContext("2d");
  if (!context) return [text];
  context.font = font;
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && context.measureText(longer).width > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

export const svgText = (picture: Picture): string => new XMLSerializer().serializeToString(toSvg(picture));

/** Twice the SVG's size. */
export async function toPng(picture: Picture): Promise<Blob> {
  const drawing = toSvg(picture);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(drawing))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [Number(drawing.getAttribute("width")) * 2, Math.ceil(Number(drawing.getAttribute("height")) * 2)];
  canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return await new Promise((done, fail) =>
    canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("The browser made no picture."))), "image/png"),
  );
}

export function save(name: string, blob: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
