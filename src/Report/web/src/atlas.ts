import { geoEqualEarth, geoPath } from "d3-geo";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import world from "world-atlas/countries-110m.json";
import { iso3Of } from "./iso.ts";

export interface Shape {
  iso3: string | undefined;
  name: string;
  /** SVG path data in a width x height box. */
  path: string;
  centre: [number, number];
}

const antarctica = "ATA";
const margin = 6;
export const width = 960;
export const height = 430;

/** The countries of the world, drawn in the Equal Earth projection: a country's area on the page is its share of the land. */
export function shapes(): Shape[] {
  const topology = world as unknown as Topology<{ countries: GeometryCollection<{ name: string }> }>;
  const all = feature(topology, topology.objects.countries);
  const named = all.features.map((country) => ({ country, iso3: iso3Of(country.id, country.properties.name) }));
  const drawn = named.filter((entry) => entry.iso3 !== antarctica);
  const features = drawn.map((entry) => entry.country);
  const projection = geoEqualEarth().fitExtent(
    [[margin, margin], [width - margin, height - margin]], { type: "FeatureCollection", features });
  const path = geoPath(projection).digits(1);
  return drawn.map(({ country, iso3 }) =>
    ({ iso3, name: country.properties.name, path: path(country) ?? "", centre: path.centroid(country) }));
}
