import type { Measured, StoredMeasure } from "../data/measures.ts";
import type { Country } from "../data/overview.ts";
import type { Dot } from "../figures/dots.ts";
import type { Table } from "../figures/table.ts";
import { count, three } from "../format.ts";
import type { Ramp } from "../map/colour.ts";
import * as scales from "../map/scale.ts";

/** One line of the list by a stored measure. */
export interface Line extends Measured {
  label: string;
  iso3: string | null;
  called: string;
}

/** The nearest first; those that are not ranked come after all others. */
export function linesOf(countries: readonly Country[], rows: readonly Measured[], { moreIsNearer }: StoredMeasure): Line[] {
  const sign = moreIsNearer ? -1 : 1;
  return rows.map((row) => {
    const { label, iso3, called } = countries[row.country]!;
    return { ...row, label, iso3, called };
  }).sort((a, b) => Number(b.ranked) - Number(a.ranked) || sign * (a.mean - b.mean));
}

/** Dots in the colours of the map: dark is near, whichever way the measure goes. */
export function dotsOf(lines: readonly Line[], { moreIsNearer }: StoredMeasure, ramp: Ramp, chosen: string | null): Dot[] {
  const ranked = lines.filter((line) => line.ranked);
  const scale = scales.sequential((ranked.length > 0 ? ranked : lines).map((line) => line.mean),
    moreIsNearer ? ramp : (share) => ramp(1 - share));
  return lines.map((line) => ({
    name: line.label, shown: line.called, value: line.mean, low: Number.isNaN(line.low) ? null : line.low,
    high: Number.isNaN(line.high) ? null : line.high, before: null, own: line.uniform, colour: scale.colour(line.mean),
    faint: !line.ranked, chosen: line.label === chosen,
    words: `${line.called}: ${three(line.mean)}, random guesser ${three(line.uniform)}, n = ${count(line.n)}`
      + `${line.ranked ? "" : ", not ranked"}`,
  }));
}

export const measuredTable = (lines: readonly Line[], { name, title }: StoredMeasure): Table => ({
  caption: `${title} by country`,
  columns: [{ name: "country", title: "Country" }, { name: "n", title: "n", write: count }, { name, title, write: three },
    { name: "low", title: "95 % from", write: three }, { name: "high", title: "95 % to", write: three },
    { name: "uniform", title: "Random guesser", write: three }],
  rows: lines.map((line) => [line.label, line.n, line.mean, line.low, line.high, line.uniform]),
});
