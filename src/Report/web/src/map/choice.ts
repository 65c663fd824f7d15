import type { Row } from "../data/overview.ts";

/** The label that colours a country on the map. */
export interface Choice {
  row: Row;
  /** National labels of the same country that the map leaves out. */
  others: Row[];
}

/** One row per country code: the national label with the most questions. Non-national samples never stand for a nation. */
export function chooseForMap(rows: readonly Row[]): Map<string, Choice> {
  const choices = new Map<string, Choice>();
  for (const row of [...rows].sort((a, b) => b.n - a.n || compareText(a.label, b.label))) {
    if (!row.national || row.iso3 === null) continue;
    const choice = choices.get(row.iso3);
    if (choice) choice.others.push(row);
    else choices.set(row.iso3, { row, others: [] });
  }
  return choices;
}

// Code units, not the reader's locale: the page says the same on every machine.
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
