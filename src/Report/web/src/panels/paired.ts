// Differences of two runs by country, as dots and as a table: the map's difference, and two runs side by side.
import type { Run } from "../data/overview.ts";
import type { Paired, Pairing } from "../data/paired.ts";
import type { Dot } from "../figures/dots.ts";
import { drawnOf, withGaps, type Fold } from "../figures/fold.ts";
import type { Table } from "../figures/table.ts";
import { count, pNumber, signed } from "../format.ts";
import { sampleWords } from "../state/countries.ts";
import type { State } from "../state/state.ts";
import { refusalOfPair } from "../verdict.ts";
import { changeScale } from "./map.ts";
import type { Page } from "./panel.ts";

export interface PairedLine extends Paired {
  label: string;
  iso3: string | null;
  called: string;
}

export interface PairedDots {
  dots: Dot[];
  /** All that could be drawn. */
  kept: PairedLine[];
  /** What is said of those with too few questions; empty where there are none. */
  few: string;
}

/** National samples with enough questions that both runs answered, by falling difference. */
export function pairedLines(page: Page, { run }: Pick<State, "run">, pairing: Pairing): PairedLine[] {
  return page.overview.rows(run).filter((row) => row.national)
    .flatMap((row) => {
      const pair = pairing.of.get(row.label);
      return pair && !pair.thin ? [{ label: row.label, iso3: row.iso3, called: row.called, ...pair }] : [];
    })
    .sort((a, b) => b.difference - a.difference);
}

export function pairedDots(page: Page, state: State, other: Run, pairing: Pairing, fold: Fold): PairedDots {
  const { colour } = changeScale(page, [pairing]);
  // An order of countries would be read as a finding.
  const refused = refusalOfPair(state.run, other) !== null;
  const kept = refused ? [] : pairedLines(page, state, pairing);
  const lined = fold.take(kept, (line) => line.label === state.country);
  const dots = withGaps(lined, (line): Dot => ({
    name: line.label,
    shown: line.called,
    value: line.difference,
    low: line.low,
    high: line.high,
    before: null,
    colour: colour(line)!,
    faint: false,
    chosen: line.label === state.country,
    words: `${line.called}: ${signed(line.difference)} bits`
      + `${line.low === null || line.high === null ? "" : `, 95 % interval ${signed(line.low)} to ${signed(line.high)}`}`
      + `${line.clear ? "" : ", cannot be told from 0"}, n = ${count(line.n)}`,
  }));
  return { dots, kept, few: refused ? "" : fewOf(page, state, pairing, drawnOf(lined).length === 0) };
}

/** Countries that have no difference, or too few questions for one. */
function fewOf({ overview }: Page, { run }: State, pairing: Pairing, none: boolean): string {
  const national = overview.rows(run).filter((row) => row.national);
  const without = national.filter((row) => pairing.of.get(row.label)?.thin ?? true);
  if (none) return `No country has ${pairing.thinBelow} questions that both runs answered: nothing is said of any difference.`;
  return without.length === 0 ? ""
    : `Left out: ${sampleWords(without)} without ${pairing.thinBelow} questions that both answered.`;
}

export const pairedKey = ({ stored }: Pairing): string => stored
  ? "Bars: 95 % intervals, paired by question. Grey: cannot be told from 0 after Holm\u2019s correction."
  : "The results file holds no paired intervals for these two runs: any of these differences may be chance.";

export const pairedTable = (run: Run, other: Run, lines: readonly PairedLine[]): Table => ({
  caption: `Similarity in bits on the questions that both answered: run ${run.id} minus run ${other.id}`,
  columns: [
    { name: "country", title: "Country" },
    { name: "n", title: "n", write: count },
    { name: "difference_bits", title: "Difference, bits", write: signed },
    { name: "low", title: "95 % from", write: signed },
    { name: "high", title: "95 % to", write: signed },
    { name: "p_holm", title: "p (Holm)", write: pNumber },
  ],
  rows: lines.map(({ label, n, difference, low, high, p }) => [label, n, difference, low, high, p]),
});
