// What later studies report of a run, and what its mean is worth. ReportedBlock.cs writes it.
import { once } from "./block.ts";
import type { Run } from "./overview.ts";

/** A 95 % interval; null where there is none. */
interface Interval {
  low: number | null;
  high: number | null;
}

/** The plain mean of a run beside that of answerers that are known, on the same questions, in bits. */
export interface Yardstick {
  run: number;
  /** Null for all pairs of question and country. */
  country: string | null;
  n: number;
  uniform: number;
  majority: number;
  model: number;
  world: number;
  /** The nearest other country, on the questions in common with it; null where there is none. */
  nearest: number | null;
  secondSample: number;
  perfect: number;
}

/** A fifth of the scale of people's normalised entropy. */
export interface Stratum extends Interval {
  run: number;
  measure: string;
  title: string;
  /** Null for all pairs. */
  from: number | null;
  to: number | null;
  pairs: number;
  nearness: number;
  uniform: number;
  /** SimBench's score is 100 times it. */
  skill: number | null;
  skillLow: number | null;
  skillHigh: number | null;
}

export interface Evenness extends Interval {
  run: number;
  measure: string;
  countries: number;
  evenness: number;
  uniform: number | null;
  nearest: string | null;
  topics: number | null;
  consistency: number | null;
  notBehind: number | null;
}

/** How near a model comes to people whom its prompts name, of several wordings the best question by question. */
export interface Steering extends Interval {
  survey: number;
  model: string;
  measure: string;
  country: string;
  n: number;
  wordings: number;
  best: number;
  unsteered: number;
  gain: number;
  gainLow: number | null;
  gainHigh: number | null;
}

/** How alike two models answer in the default condition, in bits. */
export interface ModelPair extends Interval {
  survey: number;
  model: string;
  other: string;
  n: number;
  similarity: number;
}

/** By how much a model's plain run is nearer to people than another model's, in a fifth of people's normalised entropy. */
export interface StratumDifference extends Interval {
  run: number;
  other: number;
  measure: string;
  from: number | null;
  to: number | null;
  pairs: number;
  difference: number;
}

interface Values {
  yardsticks: Yardstick[];
  strata: Stratum[];
  evenness: Evenness[];
  steering: Steering[];
  models: ModelPair[];
  differences: StratumDifference[];
}

export class Reported {
  readonly #values: Values;

  constructor(values: Values) {
    this.#values = values;
  }

  /** Names and titles of the measures that are stored of a run. */
  measures(run: Run): [string, string][] {
    return this.#values.strata.filter((entry) => entry.run === run.index && entry.from === null)
      .map(({ measure, title }) => [measure, title]);
  }

  /** For all pairs, or for a country; null where nothing can be held against it. */
  yardstick(run: Run, country: string | null): Yardstick | null {
    return this.#values.yardsticks.find((entry) => entry.run === run.index && entry.country === country) ?? null;
  }

  /** All pairs first, then the most agreed. */
  strata(run: Run, measure: string): Stratum[] {
    return this.#values.strata.filter((entry) => entry.run === run.index && entry.measure === measure);
  }

  evenness(run: Run, measure: string): Evenness | null {
    return this.#values.evenness.find((entry) => entry.run === run.index && entry.measure === measure) ?? null;
  }

  steering(run: Run, measure: string): Steering[] {
    return this.#values.steering.filter((entry) => entry.survey === run.survey && entry.model === run.model
      && entry.measure === measure);
  }

  /** All pairs first, then the most agreed; empty where the two are not plain runs of two models. */
  differences(run: Run, other: Run | null, measure: string): StratumDifference[] {
    return this.#values.differences.filter((entry) => entry.run === run.index && entry.other === other?.index && entry.measure === measure);
  }

  /** Every ordered pair of models of the run's survey. */
  models(run: Run): ModelPair[] {
    return this.#values.models.filter((entry) => entry.survey === run.survey);
  }
}

export const readReported = once("reported", (block) => new Reported(block.values as Values));
