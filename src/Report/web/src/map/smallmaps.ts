import { svg, zoom } from "../dom.ts";
import { roving } from "../figures/roving.ts";
import { shorten } from "../format.ts";
import { height, width, type Shape } from "./atlas.ts";
import { disputedName, type DisputedLook } from "./disputed.ts";
import type { Place } from "./worldmap.ts";

/** One small map among several. */
export interface SmallMap {
  title: string;
  note: string;
  places: readonly Place[];
  chosen: boolean;
  /** A heading above the row that this one begins; null for none. */
  heading: string | null;
}

const narrowest = 210;
const gap = 16;
const head = 34;
const edge = 5;
const headingHeight = 26;
/** Of the dot of a country that the coarse atlas has no shape of, in units of the map's box. */
const dotRadius = 5;

/** Several small maps on one scale: one tab stop, arrow keys from one to the next, Enter chooses. */
export function drawSmallMaps(label: string, maps: readonly SmallMap[], shapes: readonly Shape[], disputed: DisputedLook,
  frame: number, choose: (index: number) => void): SVGSVGElement {
  const scale = zoom();
  const wide = frame / scale;
  const columns = Math.max(1, Math.floor((wide + gap) / (narrowest + gap)));
  const across = (wide - gap * (columns - 1)) / columns;
  const tall = head + (across * height) / width + gap;
  const picture = svg("svg", { role: "group", "aria-label": label, class: "small-maps" });
  let [column, y] = [0, 0];
  const cells = maps.map((map) => {
    if (map.heading !== null) {
      if (column > 0) y += tall;
      column = 0;
      picture.append(svg("text", { x: 0, y: y + 16, class: "small-heading" }, map.heading));
      y += headingHeight;
    } else if (column === columns) {
      [column, y] = [0, y + tall];
    }
    const place = `translate(${(column++ * (across + gap)).toFixed(1)},${y.toFixed(1)})`;
    const letters = Math.floor(across / 6.4);
    const cell = one(map, shapes, disputed, place, across);
    // Beside the button and not in it: its name says the same at full length.
    picture.append(cell, svg("g", { transform: place, class: "small-words", "aria-hidden": "true" },
      svg("text", { y: 13, class: "small-title" }, shorten(map.title, letters)),
      svg("text", { y: 28, class: "small-note" }, shorten(map.note, letters))));
    return cell;
  });
  const whole = y + tall;
  // The frame of the one that is chosen goes round it: at the edges it would be cut on paper and in pictures.
  for (const [name, value] of [["viewBox", `${-edge} 0 ${wide + 2 * edge} ${whole}`], ["width", frame], ["height", whole * scale]] as const)
    picture.setAttribute(name, String(value));
  roving(cells, choose);
  return picture;
}

function one({ title, note, places, chosen }: SmallMap, shapes: readonly Shape[], disputed: DisputedLook, place: string,
  across: number): SVGGElement {
  const wanted = new Map(places.map((place) => [place.iso3, place]));
  const land = svg("g", { transform: `translate(0,${head}) scale(${(across / width).toFixed(4)})` });
  for (const shape of shapes) {
    const shown = shape.iso3 === undefined ? undefined : wanted.get(shape.iso3);
    const [cx, cy] = shape.centre;
    if (shape.coarse === undefined && (!shown || !Number.isFinite(cx + cy))) continue;
    const area = shape.coarse !== undefined ? svg("path", { d: shape.coarse, class: "country" })
      : svg("circle", { cx, cy, r: dotRadius, class: "country" });
    // Thin data are not drawn as if they were not: hatching is too fine for so small a map, and so are the dots of disputed areas.
    if (shown?.colour && !shown.thin && !(disputed === "blank" && disputedName(shape) !== undefined)) area.style.fill = shown.colour;
    if (shown) area.setAttribute("data-country", shown.label);
    land.append(area);
  }
  return svg("g", { transform: place, class: `small-map${chosen ? " chosen-map" : ""}`,
    "aria-label": `${title}. ${note}` },
    svg("rect", { x: -4, y: -4, width: (across + 8).toFixed(1), height: (head + (across * height) / width + 8).toFixed(1), rx: 4,
      class: "small-frame" }), land);
}
