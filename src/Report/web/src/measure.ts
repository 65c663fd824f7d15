// What a number on the map means, and how it is written.
import type { Row } from "./data/overview.ts";
import { signed, three } from "./format.ts";
import type { Show, State, Unit } from "./state/state.ts";

export type Measure = Pick<State, "show" | "unit">;

const nat = Math.sqrt(Math.LN2);

/** Distances in nats are those in bits times sqrt(ln 2); so are their means. */
const inNats = (bits: number): number => 1 - nat * (1 - bits);

export const unitName: Record<Unit, string> = { bits: "bits", nats: "nats", divergence: "1 \u2212 JSD" };

export const showName: Record<Show, string> = {
  similarity: "Similarity", difference: "Above the uniform answerer", skill: "Skill", rank: "Rank",
};

const similarity = (row: Row, unit: Unit): number => (unit === "bits" ? row.bits : unit === "nats" ? inNats(row.bits) : row.divergence);

const uniform = (row: Row, unit: Unit): number =>
  unit === "bits" ? row.uniformBits : unit === "nats" ? inNats(row.uniformBits) : row.uniformDivergence;

/** The number shown for a country; NaN where there is none. */
export function valueOf(row: Row, { show, unit }: Measure): number {
  switch (show) {
    case "similarity": return similarity(row, unit);
    case "difference": return similarity(row, unit) - uniform(row, unit);
    case "skill": return row.skill;
    case "rank": return row.rank ?? NaN;
  }
}

/** Now minus before; a rank that falls in number counts as a rise. */
export function changeOf(now: Row, before: Row, measure: Measure): number {
  const change = valueOf(now, measure) - valueOf(before, measure);
  return measure.show === "rank" ? -change : change;
}

/** 95 % interval of the number shown; null where the results file has none for it. */
export function intervalOf(row: Row, { show, unit }: Measure): [number, number] | null {
  if (show === "rank") return row.rankLow === null || row.rankHigh === null ? null : [row.rankLow, row.rankHigh];
  if (show !== "similarity" || unit === "divergence" || Number.isNaN(row.low)) return null;
  return unit === "bits" ? [row.low, row.high] : [inNats(row.low), inNats(row.high)];
}

export interface Line {
  key: "uniform" | "other" | "nearest";
  label: string;
  value: number;
}

/** The human lines of the ruler: means over the given countries, in the measure shown. */
export function linesOf(rows: readonly Row[], { show, unit }: Measure): Line[] {
  if (rows.length === 0 || show === "rank") return [];
  const line = (key: Line["key"], label: string, of: (row: Row) => number): Line => ({ key, label, value: mean(rows.map(of)) });
  const inUnit = (bits: number) => (unit === "bits" ? bits : unit === "nats" ? inNats(bits) : NaN);
  const [flat, other, nearest] = ["uniform answerer", "average foreign country", "nearest country"] as const;
  const lines = {
    similarity: () => [
      line("uniform", flat, (row) => uniform(row, unit)),
      line("other", other, (row) => inUnit(row.other)),
      line("nearest", nearest, (row) => inUnit(row.nearest)),
    ],
    difference: () => [
      line("uniform", flat, () => 0),
      line("other", other, (row) => inUnit(row.other) - uniform(row, unit)),
      line("nearest", nearest, (row) => inUnit(row.nearest) - uniform(row, unit)),
    ],
    skill: () => [line("uniform", flat, () => 0), line("nearest", nearest, () => 1)],
  }[show]();
  return lines.filter((entry) => Number.isFinite(entry.value));
}

export function write(value: number, { show }: Measure): string {
  if (!Number.isFinite(value)) return "\u2013";
  return show === "rank" ? String(value) : show === "difference" ? signed(value) : three(value);
}

export function writeChange(value: number, { show }: Measure): string {
  if (!Number.isFinite(value)) return "\u2013";
  return show === "rank" ? (value === 0 ? "\u00B10" : `${value > 0 ? "+" : "\u2212"}${Math.abs(value)}`) : signed(value);
}

export function writeInterval(interval: readonly [number, number] | null, measure: Measure): string {
  if (!interval) return "no interval stored";
  return `${write(interval[0], measure)} to ${write(interval[1], measure)}`;
}

/** The measure in one phrase, for a legend. */
export function title({ show, unit }: Measure): string {
  switch (show) {
    case "similarity": return `Similarity (${unitName[unit]})`;
    case "difference": return `Similarity above the uniform answerer (${unitName[unit]})`;
    case "skill": return "Skill (0 = uniform answerer, 1 = nearest country)";
    case "rank": return "Rank (1 = most similar)";
  }
}

/** The measure's convention in one sentence. */
export function convention({ show, unit }: Measure): string {
  const of = {
    bits:
      "Similarity = 1 \u2212 \u221AJSD with base-2 logarithms (bits), averaged over the questions that model and country both answered: "
      + "0 = nothing in common, 1 = equal.",
    nats:
      "Similarity = 1 \u2212 \u221A(JSD \u00B7 ln 2) (nats), averaged over the questions that model and country both answered: "
      + "0.167 = nothing in common, 1 = equal. Most published figures use it.",
    divergence:
      "Similarity = 1 \u2212 JSD (no square root), averaged over the questions that model and country both answered: "
      + "0 = nothing in common, 1 = equal. Not comparable with the other two.",
  }[unit];
  switch (show) {
    case "similarity":
      return of;
    case "difference":
      return `${of} Shown: how far that is above an answerer who finds every option equally likely, on the same questions.`;
    case "skill":
      return (
        "Skill = (similarity \u2212 that of the uniform answerer) / (that of the nearest other country \u2212 that of the uniform "
        + "answerer), in bits, on the questions that it shares with that country: 0 = no better than knowing nothing, 1 = as close as the "
        + "nearest country."
      );
    case "rank":
      return `Rank among the countries with enough questions, by similarity in bits: 1 = most similar.`;
  }
}

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

