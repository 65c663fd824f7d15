import type { Country, Run } from "./data.ts";

export interface Row extends Country {
  /** Place among the ranked countries, from 1; null where a rank would mislead (thin or non-national samples). */
  rank: number | null;
  thin: boolean;
  /** Similarity minus that of the uniform answerer on the same questions, in bits. */
  difference: number;
}

export type SortKey = "rank" | "label" | "n" | "bits" | "nats" | "uniformBits" | "difference";

/** All countries of a run: the ranked ones first, each group from most to least similar. */
export function rankCountries(run: Run): Row[] {
  const rows = run.countries.map((country): Row => {
    const thin = country.n < run.thinBelow;
    return { ...country, thin, rank: null, difference: country.bits - country.uniformBits };
  });
  rows.sort((a, b) => b.bits - a.bits || compareText(a.label, b.label));
  const ranked = rows.filter((row) => row.national && !row.thin);
  ranked.forEach((row, index) => (row.rank = index + 1));
  return [...ranked, ...rows.filter((row) => row.rank === null)];
}

/** A sorted copy. Rows without a rank stay last when sorting by rank, in either direction. */
export function sortRows(rows: readonly Row[], key: SortKey, descending: boolean): Row[] {
  const sign = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    if (key === "label") return sign * compareText(a.label, b.label);
    const [x, y] = [a[key], b[key]];
    if (x === null || y === null) return x === y ? b.bits - a.bits : x === null ? 1 : -1;
    return sign * (x - y);
  });
}

export interface MapChoice {
  row: Row;
  /** National labels of the same country that the map leaves out. */
  others: Row[];
}

/** One row per country code: the national label with the most questions. Non-national samples never stand for a nation. */
export function chooseForMap(rows: readonly Row[]): Map<string, MapChoice> {
  const choices = new Map<string, MapChoice>();
  for (const row of [...rows].sort((a, b) => b.n - a.n || compareText(a.label, b.label))) {
    if (!row.national || row.iso3 === null) continue;
    const choice = choices.get(row.iso3);
    if (choice) choice.others.push(row);
    else choices.set(row.iso3, { row, others: [] });
  }
  return choices;
}

export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

// Code units, not the reader's locale: the page says the same on every machine.
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
