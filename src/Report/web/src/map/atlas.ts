import { geoEqualEarth, geoPath } from "d3";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { iso3Of } from "./iso.ts";

export type Atlas = Topology<{ countries: GeometryCollection<{ name: string }> }>;

export interface Shape {
  /** Left out for areas that have none. */
  iso3?: string | undefined;
  name: string;
  /** SVG path data in a width x height box. */
  path: string;
  /** The same in few strokes, for small maps; left out where the coarse atlas has no such country. */
  coarse?: string | undefined;
  centre: [number, number];
  /** Left, top, right and bottom of its largest part. */
  box: [number, number, number, number];
  /** Too small to see or hit: a dot stands for it. */
  tiny: boolean;
}

const antarctica = "ATA";
const margin = 4;
/** In square units of the box; about a 4 x 4 square. */
const tinyBelow = 16;
export const width = 960;
export const height = 442;

/**
 * The countries of the world, drawn in the Equal Earth projection: a country's area on the page is its share of the land.
 * @param small A coarser atlas of the same world, for small maps.
 */
export function shapesOf(topology: Atlas, small: Atlas | null = null): Shape[] {
  const all = feature(topology, topology.objects.countries);
  const named = all.features.map((country) => ({ country, iso3: iso3Of(country.id, country.properties.name) }));
  const drawn = named.filter((entry) => entry.iso3 !== antarctica);
  const features = drawn.map((entry) => entry.country);
  // Turned by 11 degrees, so that the cut runs through the Bering Strait and not through Russia.
  const projection = geoEqualEarth().rotate([-11, 0]).fitExtent(
    [[margin, margin], [width - margin, height - margin]], { type: "FeatureCollection", features });
  const path = geoPath(projection).digits(1);
  const few = geoPath(projection).digits(0);
  const coarse = new Map((small === null ? [] : feature(small, small.objects.countries).features).map((country) =>
    [iso3Of(country.id, country.properties.name) ?? country.properties.name, few(country) ?? ""]));
  const seen = new Set<string>();
  return drawn.map(({ country, iso3 }) => {
    // The atlas lists a few outlying territories under their country's number; the first, the country itself, keeps the code.
    const own = iso3 !== undefined && seen.has(iso3) ? undefined : iso3;
    if (iso3 !== undefined) seen.add(iso3);
    return {
      iso3: own,
      name: country.properties.name,
      path: path(country) ?? "",
      coarse: coarse.get(own ?? country.properties.name),
      ...placeOf(path, country),
      tiny: path.area(country) < tinyBelow,
    };
  });
}

/** Of the largest part: France's middle is in France, not between it and Guyana. */
function placeOf(path: ReturnType<typeof geoPath>, country: GeoJSON.Feature): Pick<Shape, "centre" | "box"> {
  const geometry = country.geometry;
  const parts = geometry.type !== "MultiPolygon" ? [country]
    : geometry.coordinates.map((coordinates): GeoJSON.Polygon => ({ type: "Polygon", coordinates }));
  const largest = parts.reduce((a, b) => (path.area(a) >= path.area(b) ? a : b));
  const [[left, top], [right, bottom]] = path.bounds(largest);
  return { centre: path.centroid(largest), box: [left, top, right, bottom].map((side) => Math.round(side * 10) / 10) as Shape["box"] };
}
