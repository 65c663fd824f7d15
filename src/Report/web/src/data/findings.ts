// What a way of asking was found to do. FindingBlock.cs writes it.
import { once } from "./block.ts";
import type { Run } from "./overview.ts";

/** By how much a run is nearer to people than the same model asked as itself, on the questions that both answered, in bits. */
export interface Move {
  run: number;
  base: number;
  /** One of those whom the prompts name; null for the mean over all countries. */
  country: string | null;
  n: number;
  own: number;
  low: number | null;
  high: number | null;
  /** By Holm's correction, as all p-values here. */
  p: number | null;
  /** The same less the mean over all other countries: above 0, nearer to these and not to everybody. Null where there is none. */
  more: number | null;
  moreLow: number | null;
  moreHigh: number | null;
  moreP: number | null;
}

/** A study's number about a language: towards the countries of its speakers, or towards all others. */
export interface LanguageMove {
  model: string;
  language: string;
  measure: "own change" | "others' change";
  n: number;
  value: number;
  low: number | null;
  high: number | null;
  verdict: string | null;
  note: string | null;
}

/** A number of the newest study about a run: what orders, controls, wordings and writing come to. */
export interface StudyNumber {
  run: number;
  topic: "orders" | "controls" | "homogeneity" | "templates" | "written";
  /** The place of an option, the country or the wording that it is about; null for all. */
  subject: string | null;
  measure: string;
  n: number;
  value: number;
  low: number | null;
  high: number | null;
  p: number | null;
  /** Null where nothing is tested. */
  verdict: string | null;
  note: string | null;
}

export interface Findings {
  moves: Move[];
  languages: LanguageMove[];
  study: StudyNumber[];
}

/** Those about a run. */
export const findingsOf = ({ moves, languages, study }: Findings, run: Run): Findings => ({
  moves: moves.filter((move) => move.run === run.index),
  languages: languages.filter((move) => move.model === run.model && move.language === run.language && run.control === "none"),
  study: study.filter((number) => number.run === run.index),
});

export const readFindings = once("findings", (block) => block.values as Findings);
