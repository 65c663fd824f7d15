// The measures that the results file stores beside the divergence, by run and country. MeasureBlock.cs writes them.
import { once, type Block } from "./block.ts";
import type { Run } from "./overview.ts";

/** A measure as the results file describes it. */
export interface StoredMeasure {
  name: string;
  title: string;
  unit: string;
  /** Its formula and range. */
  description: string;
  /** Whether a larger value means more alike. */
  moreIsNearer: boolean;
}

/** One run, measure and country. */
export interface Measured {
  /** Index in the survey's countries. */
  country: number;
  ranked: boolean;
  n: number;
  /** Mean over the n questions, 0 to 1. */
  mean: number;
  /** 95 % interval of the mean; NaN where there is none. */
  low: number;
  high: number;
  /** The same for an answerer who finds every option equally likely. */
  uniform: number;
}

export class StoredMeasures {
  readonly #all: StoredMeasure[];
  readonly #block: Block;

  constructor(block: Block) {
    this.#block = block;
    this.#all = (block.values as { measures: StoredMeasure[] }).measures;
  }

  /** Those that are stored of a run. */
  of(run: Run): StoredMeasure[] {
    const measures = this.#block.u8("measure");
    const found = new Set<number>();
    this.#block.u16("run").forEach((index, i) => {
      if (index === run.index) found.add(measures[i]!);
    });
    return this.#all.filter((_, index) => found.has(index));
  }

  rows(run: Run, name: string): Measured[] {
    const wanted = this.#all.findIndex((measure) => measure.name === name);
    const [runs, measures, country] = [this.#block.u16("run"), this.#block.u8("measure"), this.#block.u16("country")];
    const [ranked, n, mean, uniform] = [this.#block.u8("ranked"), this.#block.i32("n"), this.#block.f64("mean"),
      this.#block.f64("uniform")];
    const [low, high] = [this.#block.f64("low"), this.#block.f64("high")];
    const result: Measured[] = [];
    runs.forEach((index, i) => {
      if (index !== run.index || measures[i] !== wanted) return;
      result.push({ country: country[i]!, ranked: ranked[i] === 1, n: n[i]!, mean: mean[i]!, low: low[i]!, high: high[i]!,
        uniform: uniform[i]! });
    });
    return result;
  }
}

export const readMeasures = once("measures", (block) => new StoredMeasures(block));
