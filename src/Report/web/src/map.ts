import { height, shapes, width, type Shape } from "./atlas.ts";
import type { MapChoice } from "./ranking.ts";
import { html, svg } from "./dom.ts";
import type { Scale } from "./scale.ts";
import { describe, Tooltip } from "./tooltip.ts";

interface Place {
  shape: Shape;
  element: SVGPathElement;
  lines: string[];
}

const world = shapes();

/** Countries of the run that have no shape at the map's resolution, or no country code. */
export function missingFromMap(choices: ReadonlyMap<string, MapChoice>): string[] {
  const drawn = new Set(world.map((shape) => shape.iso3));
  return [...choices].filter(([iso3]) => !drawn.has(iso3)).map(([, choice]) => choice.row.label).sort();
}

/**
 * The world, coloured by similarity. Countries with data form one tab stop: arrow keys go from the most similar to the
 * next, Home and End to the first and last.
 */
export function drawMap(choices: ReadonlyMap<string, MapChoice>, scale: Scale, label: string): HTMLElement {
  const tooltip = new Tooltip();
  const outline = svg("path", { class: "outline" });
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": label }, hatch());
  const frame = html("div", { class: "map" }, picture, tooltip.element);
  const places: [number, Place][] = [];

  for (const shape of world) {
    const choice = shape.iso3 === undefined ? undefined : choices.get(shape.iso3);
    const element = svg("path", { d: shape.path, class: "country" });
    const lines = describe(shape.name, choice);
    if (shape.iso3 !== undefined) element.dataset["iso3"] = shape.iso3;
    picture.append(element);
    if (choice) {
      element.setAttribute("fill", scale.colour(choice.row.bits));
      element.setAttribute("role", "img");
      element.setAttribute("aria-label", lines.join(". "));
      element.setAttribute("tabindex", "-1");
      if (choice.row.thin) picture.append(svg("path", { d: shape.path, class: "thin", fill: "url(#hatch)" }));
      places.push([choice.row.bits, { shape, element, lines }]);
    } else {
      element.classList.add("no-data");
      element.setAttribute("aria-hidden", "true");
    }
    element.addEventListener("pointermove", (event) => {
      const box = frame.getBoundingClientRect();
      outline.setAttribute("d", shape.path);
      tooltip.show(lines, event.clientX - box.left, event.clientY - box.top, box);
    });
  }
  picture.append(outline);

  const leave = () => {
    outline.setAttribute("d", "");
    tooltip.hide();
  };
  picture.addEventListener("pointerleave", leave);
  picture.addEventListener("focusout", leave);
  places.sort(([a], [b]) => b - a);
  makeTabStop(places.map(([, place]) => place), ({ shape, lines }) => {
    const box = frame.getBoundingClientRect();
    outline.setAttribute("d", shape.path);
    tooltip.show(lines, (shape.centre[0] / width) * box.width, (shape.centre[1] / height) * box.height, box);
  });
  return frame;
}

function makeTabStop(places: Place[], enter: (place: Place) => void): void {
  places[0]?.element.setAttribute("tabindex", "0");
  places.forEach((place, index) => {
    place.element.addEventListener("focus", () => enter(place));
    place.element.addEventListener("keydown", (event) => {
      const next = targetOf(event.key, index, places.length);
      const target = next === undefined ? undefined : places[next];
      if (!target) return;
      event.preventDefault();
      place.element.setAttribute("tabindex", "-1");
      target.element.setAttribute("tabindex", "0");
      target.element.focus();
    });
  });
}

function targetOf(key: string, index: number, length: number): number | undefined {
  switch (key) {
    case "ArrowRight":
    case "ArrowDown": return (index + 1) % length;
    case "ArrowLeft":
    case "ArrowUp": return (index + length - 1) % length;
    case "Home": return 0;
    case "End": return length - 1;
    default: return undefined;
  }
}

/** Light and dark stripes, so that they show on every colour of the scale. */
function hatch(): SVGDefsElement {
  return svg("defs", {}, svg("pattern",
    { id: "hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    svg("rect", { width: 1.6, height: 6, fill: "#fff", "fill-opacity": 0.85 }),
    svg("rect", { x: 1.6, width: 1, height: 6, fill: "#000", "fill-opacity": 0.55 })));
}
