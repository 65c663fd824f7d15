// By how much one run is nearer to each country than another: always on the questions that both answered.
import { readComparisons, type Difference } from "./extras.ts";
import type { Overview, Row, Run } from "./overview.ts";

/** To one country, in bits. */
export interface Paired {
  difference: number;
  /** Questions that the country and both runs answered. */
  n: number;
  /** 95 % interval and p-value by Holm's correction; null where the results file has none. */
  low: number | null;
  high: number | null;
  p: number | null;
  /** Whether it can be told from 0. */
  clear: boolean;
  /** Too few questions to say anything. */
  thin: boolean;
}

export interface Pairing {
  /** By label. Countries that the two runs answered different questions for are left out, unless the file pairs them. */
  of: ReadonlyMap<string, Paired>;
  /** Over all countries; null where the file has none. */
  overall: Difference | null;
  /** Whether the results file holds this pair of runs with intervals. */
  stored: boolean;
  /** Fewer questions than this are too few. */
  thinBelow: number;
}

/** Differences that the file does not pair are those of means that rest on the same questions. They have no interval. */
export async function readPairing(overview: Overview, run: Run, other: Run): Promise<Pairing> {
  return pairingOf(overview, run, other, (await readComparisons())?.of(run, other) ?? []);
}

export function pairingOf(overview: Overview, run: Run, other: Run, stored: readonly Difference[]): Pairing {
  const thinBelow = Math.max(run.thinBelow, other.thinBelow);
  const pairs = new Map(stored.map((entry) => [entry.country, entry]));
  const theirs = new Map(overview.rows(other).map((row) => [row.label, row]));
  const of = new Map<string, Paired>();
  for (const row of overview.rows(run)) {
    const pair = pairs.get(row.country);
    const before = theirs.get(row.label);
    if (pair) {
      of.set(row.label, {
        difference: pair.difference / 1000, n: pair.n, low: over(pair.low), high: over(pair.high), p: over(pair.p), clear: pair.clear,
        thin: pair.n < thinBelow,
      });
    } else if (before && sameQuestions(row, before)) {
      of.set(row.label, {
        difference: row.bits - before.bits, n: row.n, low: null, high: null, p: null, clear: false, thin: row.n < thinBelow,
      });
    }
  }
  return { of, overall: stored.find((entry) => entry.country === null) ?? null, stored: stored.length > 0, thinBelow };
}

/** Whether two runs' means to a country rest on the same questions: otherwise they differ by these alone. */
export const sameQuestions = (a: Row, b: Row): boolean => a.asked === b.asked;

const over = (value: number | null): number | null => (value === null ? null : value / 1000);
