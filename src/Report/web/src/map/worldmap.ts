import { html, svg } from "../dom.ts";
import { height, width, type Shape } from "./atlas.ts";
import { disputedName, disputedWords, type DisputedLook } from "./disputed.ts";
import { viewOf, wholeWorld, type View } from "./zoom.ts";
import { Tooltip } from "./tooltip.ts";

/** What the map shows of one country. */
export interface Place {
  iso3: string;
  label: string;
  /** null: drawn as a country without data. */
  colour: string | null;
  thin: boolean;
  /** First the name, then one fact per line. */
  lines: string[];
  /** Where the arrow keys come to it: by falling value. */
  order: number;
}

interface Spot {
  shape: Shape;
  area: SVGPathElement | SVGGElement;
  /** What takes the colour. */
  fills: SVGElement[];
  hatch: SVGElement | null;
  /** What lies over a disputed area, and its name; null for every other. */
  disputed: { name: string; over: SVGElement } | null;
  place: Place | undefined;
}

export interface MapEvents {
  select(label: string): void;
  /** The country under the pointer or the focus; null when it leaves. */
  hover?(iso3: string | null): void;
  /** Left out of the tab order: another map of the same figure is its one stop. */
  aside?: boolean;
}

/** Of a small country's dot, in units of the map's box. */
const dotRadius = 3.2;
/** How far from a small country a finger may be, in pixels. */
const fingerReach = 9;

let maps = 0;

/**
 * A world map, built once and then recoloured. Countries with data are one tab stop: arrow keys go from the most
 * similar to the next, Home and End to the first and last, Enter chooses.
 */
export class WorldMap {
  readonly element: HTMLElement;
  readonly picture: SVGSVGElement;
  readonly #spots: Spot[] = [];
  readonly #byCode = new Map<string, Spot>();
  readonly #byOutline = new Map<Element, Spot>();
  readonly #tooltip = new Tooltip();
  readonly #outline = svg("path", { class: "outline" });
  readonly #chosen = svg("path", { class: "chosen" });
  readonly #hatchId: string;
  readonly #events: MapEvents;
  #order: Spot[] = [];
  #view: View = wholeWorld;
  #disputed: DisputedLook = "hatched";

  constructor(shapes: readonly Shape[], events: MapEvents) {
    this.#events = events;
    this.#hatchId = `hatch-${++maps}`;
    this.picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "group", class: "world" }, hatchOf(this.#hatchId));
    const [land, dots] = [svg("g"), svg("g")];
    for (const shape of shapes) this.#add(shape, land, dots);
    this.picture.append(land, dots, this.#chosen, this.#outline);
    this.element = html("div", { class: "map" }, this.picture, this.#tooltip.element);
    this.picture.addEventListener("pointermove", (event) => {
      const spot = this.#at(event);
      if (spot) this.#point(spot, event);
      else this.#leave();
    });
    this.picture.addEventListener("click", (event) => {
      const spot = this.#at(event);
      if (spot) this.#choose(spot);
    });
    this.picture.addEventListener("pointerleave", () => this.#leave());
    // On the frame and not in the drawing: Chromium takes whatever of a drawing listens to focus for a tab stop.
    this.element.addEventListener("focusin", (event) => {
      const spot = this.#order.find(({ area }) => area === event.target);
      if (spot) this.#focus(spot);
    });
    this.element.addEventListener("focusout", () => this.#leave());
    this.picture.addEventListener("keydown", (event) => this.#key(event));
  }

  /**
   * Colours the countries anew.
   * @param within Codes of the countries that the map is zoomed to; null for the whole world.
   * @param disputed How disputed areas are drawn.
   */
  show(label: string, places: readonly Place[], chosen: string | null, within: ReadonlySet<string> | null = null,
    disputed: DisputedLook = "hatched"): void {
    this.#zoom(within);
    this.#disputed = disputed;
    this.picture.setAttribute("aria-label", label);
    const wanted = new Map(places.map((place) => [place.iso3, place]));
    for (const spot of this.#spots) this.#paint(spot, spot.shape.iso3 === undefined ? undefined : wanted.get(spot.shape.iso3));
    this.#order = this.#spots.filter((spot) => spot.place && (within?.has(spot.place.iso3) ?? true))
      .sort((a, b) => a.place!.order - b.place!.order);
    const focused = this.#order.find((spot) => spot.area === document.activeElement);
    for (const spot of this.#spots) if (spot.place) spot.area.setAttribute("tabindex", "-1");
    this.#order.forEach((spot, index) => spot.area.setAttribute("tabindex",
      !this.#events.aside && (spot === focused || (!focused && index === 0)) ? "0" : "-1"));
    this.#chosen.setAttribute("d", this.#outlineOf(this.#spots.find((spot) => spot.place?.label === chosen)));
  }

  /** Outlines a country, as when another map's is pointed at. */
  highlight(iso3: string | null): void {
    this.#outline.setAttribute("d", this.#outlineOf(iso3 === null ? undefined : this.#byCode.get(iso3)));
  }

  /** Whether a country code has a shape here. */
  draws(iso3: string): boolean {
    return this.#byCode.has(iso3);
  }

  #zoom(within: ReadonlySet<string> | null): void {
    const meant = this.#spots.map((spot) => spot.shape).filter(({ iso3 }) => iso3 !== undefined && within?.has(iso3));
    this.#view = within === null ? wholeWorld : viewOf(meant);
    const { x, y, width: across, height: down } = this.#view;
    this.picture.setAttribute("viewBox", `${x.toFixed(1)} ${y.toFixed(1)} ${across.toFixed(1)} ${down.toFixed(1)}`);
    this.picture.classList.toggle("zoomed", this.#view !== wholeWorld);
    // A dot keeps its size on the screen, so that a closer look parts it from its neighbours.
    for (const dot of this.picture.querySelectorAll(".dot, circle.thin")) dot.setAttribute("r", String(this.#radius));
  }

  get #radius(): number {
    return (dotRadius * this.#view.width) / width;
  }

  #add(shape: Shape, land: SVGGElement, dots: SVGGElement): void {
    const outline = svg("path", { d: shape.path, class: "country" });
    land.append(outline);
    let spot: Spot = { shape, area: outline, fills: [outline], hatch: null, disputed: null, place: undefined };
    if (shape.tiny && shape.iso3 !== undefined && shape.centre.every(Number.isFinite)) {
      const [cx, cy] = shape.centre;
      const dot = svg("circle", { cx, cy, r: dotRadius, class: "dot" });
      const group = svg("g", { class: "spot", hidden: true }, dot);
      dots.append(group);
      spot = { ...spot, area: group, fills: [outline, dot] };
    }
    const name = disputedName(shape);
    if (name !== undefined) {
      const over = svg("path", { d: shape.path, class: "disputed", fill: `url(#${this.#hatchId}-disputed)`, "data-area": name });
      over.setAttribute("hidden", "");
      land.append(over);
      spot.disputed = { name, over };
    }
    this.#spots.push(spot);
    this.#byOutline.set(outline, spot);
    if (shape.iso3 !== undefined) this.#byCode.set(shape.iso3, spot);
  }

  #paint(spot: Spot, given: Place | undefined): void {
    const { area, shape, disputed } = spot;
    const place = given && disputed ? asDisputed(given, disputed.name, this.#disputed) : given;
    spot.place = place;
    disputed?.over.toggleAttribute("hidden", this.#disputed !== "hatched");
    for (const element of spot.fills) {
      if (place?.colour) element.style.fill = place.colour;
      else element.style.removeProperty("fill");
    }
    if (area.classList.contains("spot")) area.toggleAttribute("hidden", !place);
    area.classList.toggle("has-data", place !== undefined);
    if (place) {
      area.setAttribute("role", "button");
      area.setAttribute("aria-label", place.lines.join(". "));
      area.setAttribute("data-country", place.label);
      area.removeAttribute("aria-hidden");
    } else {
      for (const name of ["role", "aria-label", "data-country", "tabindex"]) area.removeAttribute(name);
      area.setAttribute("aria-hidden", "true");
    }
    if (place?.thin && !spot.hatch) {
      spot.hatch = area.classList.contains("spot")
        ? svg("circle", { cx: shape.centre[0], cy: shape.centre[1], r: this.#radius, class: "thin" })
        : svg("path", { d: shape.path, class: "thin" });
      spot.hatch.setAttribute("fill", `url(#${this.#hatchId})`);
      area.after(spot.hatch);
    } else if (!place?.thin && spot.hatch) {
      spot.hatch.remove();
      spot.hatch = null;
    }
  }

  /**
   * The country meant by a place on the map: of the shapes there, or near enough for a finger, the nearest. So the dot of a small country
   * takes what lies nearer to it than to its neighbours, and no more.
   */
  #at(event: MouseEvent): Spot | undefined {
    const matrix = this.picture.getScreenCTM();
    if (!matrix) return undefined;
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    const distanceTo = ({ shape }: Spot) => Math.hypot(point.x - shape.centre[0], point.y - shape.centre[1]);
    const under = this.#byOutline.get(event.target as Element);
    const reach = Math.max(this.#radius, fingerReach / matrix.a);
    let [nearest, distance] = [under, under?.place ? distanceTo(under) : Infinity];
    for (const spot of this.#spots) {
      const away = distanceTo(spot);
      // Over another country a dot takes no more than is drawn of it; over the sea, and where there is nothing to tell, more.
      if (spot.place && spot.area.classList.contains("spot") && away <= (under?.place ? this.#radius : reach) && away < distance)
        [nearest, distance] = [spot, away];
    }
    return nearest;
  }

  #outlineOf(spot: Spot | undefined): string {
    if (!spot) return "";
    const [x, y] = spot.shape.centre;
    return spot.area.classList.contains("spot") ? ring(x, y, this.#radius * 1.6) : spot.shape.path;
  }

  #point(spot: Spot, event: PointerEvent): void {
    const box = this.element.getBoundingClientRect();
    this.#look(spot, event.clientX - box.left, event.clientY - box.top, box);
  }

  #focus(spot: Spot): void {
    const box = this.element.getBoundingClientRect();
    const { x, y, width: across, height: down } = this.#view;
    const [cx, cy] = spot.shape.centre;
    this.#look(spot, ((cx - x) / across) * box.width, ((cy - y) / down) * box.height, box);
  }

  #look(spot: Spot, x: number, y: number, box: DOMRect): void {
    this.#outline.setAttribute("d", this.#outlineOf(spot));
    this.#tooltip.show(spot.place?.lines ?? this.#emptyLines(spot), x, y, box, spot.place?.label);
    this.#events.hover?.(spot.place?.iso3 ?? null);
  }

  #emptyLines({ disputed, shape }: Spot): string[] {
    return [disputed?.name ?? shape.name, "No data in this run.",
      ...(disputed && this.#disputed !== "plain" ? [disputedWords(disputed.name)] : [])];
  }

  #leave(): void {
    this.#outline.setAttribute("d", "");
    this.#tooltip.hide();
    this.#events.hover?.(null);
  }

  #choose(spot: Spot): void {
    if (spot.place) this.#events.select(spot.place.label);
  }

  #key(event: KeyboardEvent): void {
    const index = this.#order.findIndex((spot) => spot.area === event.target);
    const spot = this.#order[index];
    if (!spot) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.#choose(spot);
      return;
    }
    if (event.key === "Escape") this.#leave();
    const next = this.#order[targetOf(event.key, index, this.#order.length) ?? -1];
    if (!next) return;
    event.preventDefault();
    spot.area.setAttribute("tabindex", "-1");
    next.area.setAttribute("tabindex", "0");
    next.area.focus();
  }
}

function asDisputed(place: Place, name: string, look: DisputedLook): Place {
  if (look === "plain") return place;
  const lines = [...place.lines, disputedWords(name)];
  return look === "blank" ? { ...place, lines, colour: null, thin: false } : { ...place, lines };
}

const ring = (x: number, y: number, r: number): string => `M${x - r},${y}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0`;

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
function hatchOf(id: string): SVGDefsElement {
  // Dots for disputed areas: no stripes, which mean thin data.
  const dots = svg("pattern", { id: `${id}-disputed`, width: 3, height: 3, patternUnits: "userSpaceOnUse" },
    svg("circle", { cx: 1.5, cy: 1.5, r: 0.75, fill: "#000", stroke: "#fff", "stroke-width": 0.35 }));
  return svg("defs", {}, dots, svg("pattern",
    { id, width: 4, height: 4, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    svg("rect", { width: 1.2, height: 4, fill: "#fff", "fill-opacity": 0.9 }),
    svg("rect", { x: 1.2, width: 0.6, height: 4, fill: "#000", "fill-opacity": 0.45 })));
}
