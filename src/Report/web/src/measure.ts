// What a number on the map means, and how it is written: every list, tooltip, table and export takes both from here.
import type { Row, Run } from "./data/overview.ts";
import { signed, three } from "./format.ts";
import type { Show, State, Unit } from "./state/state.ts";

export type Measure = Pick<State, "show" | "unit">;

/** Plain means in bits: what single questions, topics and groups are measured in. */
export const plainBits: Measure = { show: "similarity", unit: "bits" };

const nat = Math.sqrt(Math.LN2);

/** Distances in nats are those in bits times sqrt(ln 2); so are their means. */
const inNats = (bits: number): number => 1 - nat * (1 - bits);

export const unitName: Record<Unit, string> = { bits: "bits", nats: "nats", divergence: "1 \u2212 JSD" };

export const showName: Record<Show, string> = { beyond: "Beyond guessing", similarity: "Plain mean", skill: "Skill", rank: "Rank" };

/** What is shown of a run until something else is chosen. */
export const usualShow = (run: Pick<Run, "adjusted">): Show => (run.adjusted ? "beyond" : "similarity");

/** Units that a measure does not have. */
export const withoutUnits = (show: Show): Unit[] =>
  show === "rank" || show === "skill" ? ["bits", "nats", "divergence"] : show === "beyond" ? ["divergence"] : [];

/** Measures that a run does not have. */
export const withoutShows = (run: Pick<Run, "adjusted">): Show[] => (run.adjusted ? [] : ["beyond"]);

/** A plain mean in a unit; there is none of 1 - JSD for other people. */
const plain = (bits: number, unit: Unit, divergence = NaN): number =>
  unit === "bits" ? bits : unit === "nats" ? inNats(bits) : divergence;

/** A difference of similarities in a unit. */
const difference = (bits: number, unit: Unit): number => (unit === "bits" ? bits : unit === "nats" ? nat * bits : NaN);

/** The number shown for a country; NaN where there is none. */
export function valueOf(row: Row, { show, unit }: Measure): number {
  switch (show) {
    case "beyond": return difference(row.beyond, unit);
    case "similarity": return plain(row.bits, unit, row.divergence);
    case "skill": return row.skill;
    case "rank": return row.rank ?? NaN;
  }
}

/** 95 % interval of the number shown; null where the results file has none for it. */
export function intervalOf(row: Row, { show, unit }: Measure): [number, number] | null {
  const ends = (low: number, high: number): [number, number] | null => (Number.isNaN(low + high) ? null : [low, high]);
  switch (show) {
    case "beyond": return ends(difference(row.beyondLow, unit), difference(row.beyondHigh, unit));
    case "similarity": return ends(plain(row.low, unit), plain(row.high, unit));
    case "skill": return null;
    case "rank": return row.rankLow === null || row.rankHigh === null ? null : [row.rankLow, row.rankHigh];
  }
}

/** A mark on the ruler: what an answerer that is known reaches, from the least to the most of the countries shown. */
export interface Line {
  key: "uniform" | "other" | "nearest";
  label: string;
  low: number;
  high: number;
}

/** The random guesser's own number for a country, in the measure shown; NaN where there is none. */
export function uniformOf(row: Row, { show, unit }: Measure): number {
  switch (show) {
    case "beyond":
    case "skill": return 0;
    case "similarity": return plain(row.uniformBits, unit, row.uniformDivergence);
    case "rank": return NaN;
  }
}

/** The marks of the ruler. Plain means have no one line: each country has its own. Other people have no adjusted means. */
export function linesOf(rows: readonly Row[], measure: Measure): Line[] {
  const { show, unit } = measure;
  const line = (key: Line["key"], label: string, of: (row: Row) => number): Line => {
    const values = rows.map(of).filter(Number.isFinite);
    return { key, label, low: Math.min(...values), high: Math.max(...values) };
  };
  const uniform = line("uniform", "random guesser", (row) => uniformOf(row, measure));
  const lines = {
    beyond: [uniform],
    similarity: [
      uniform,
      line("other", "average foreign country", (row) => plain(row.other, unit)),
      line("nearest", "nearest country", (row) => plain(row.nearest, unit)),
    ],
    skill: [uniform, line("nearest", "nearest country", () => 1)],
    rank: [],
  }[show];
  return lines.filter((entry) => Number.isFinite(entry.low));
}

/** A mark in words; one that is each country's own says so. */
export const writeLine = ({ label, low, high }: Line, write: (value: number) => string): string =>
  low === high ? `${label} ${write(low)}` : `${label}, each country\u2019s own: ${write(low)} to ${write(high)}`;

export function write(value: number, { show }: Measure): string {
  if (!Number.isFinite(value)) return "\u2013";
  return show === "rank" ? String(value) : show === "beyond" ? signed(value) : three(value);
}

export function writeInterval(interval: readonly [number, number] | null, measure: Measure): string {
  if (!interval) return "no interval stored";
  return `${write(interval[0], measure)} to ${write(interval[1], measure)}`;
}

/** The places that chance leaves a country; empty where none are stored. */
export const writePlaces = (row: Row): string =>
  row.rankLow === null || row.rankHigh === null ? ""
    : row.rankLow === row.rankHigh ? `${row.rankLow}` : `${row.rankLow} to ${row.rankHigh}`;

/** The measure in one phrase, for a legend. */
export function title({ show, unit }: Measure): string {
  switch (show) {
    case "beyond": return `Similarity beyond a random guesser (${unitName[unit]})`;
    case "similarity": return `Plain mean of similarity (${unitName[unit]})`;
    case "skill": return "Skill (0 = random guesser, 1 = nearest country)";
    case "rank": return "Rank (1 = most similar)";
  }
}

/** Differences of two runs: on the same questions the random guesser's part falls away, so plain and beyond differ by the same. */
export const pairedTitle = "Difference in similarity, on the questions that both answered (bits)";
