// What only some results files hold: paired comparisons of runs, topics, groups of countries and questions, generated texts.
import { none16, once, type Block } from "./block.ts";
import type { Run } from "./overview.ts";

/** A paired difference of two runs' similarities to a country, in thousandths of a bit; null where it is not known. */
export interface Difference {
  /** Index in the survey's countries; null for the mean over countries. */
  country: number | null;
  n: number;
  difference: number;
  low: number | null;
  high: number | null;
  /** By Holm's correction for all countries of the pair. */
  p: number | null;
  /** Whether it can be told from 0: p below 0.05. */
  clear: boolean;
}

export class Comparisons {
  readonly #block: Block;
  readonly #at = new Map<string, [number, number]>();

  constructor(block: Block) {
    this.#block = block;
    const [run, other] = [block.u16("run"), block.u16("other")];
    // The rows of a pair lie together, and there may be half a million of them.
    for (let i = 0, from = 0; i < run.length; i++) {
      if (i + 1 < run.length && run[i + 1] === run[i] && other[i + 1] === other[i]) continue;
      this.#at.set(`${run[from]} ${other[from]}`, [from, i + 1]);
      from = i + 1;
    }
  }

  /** By how much `run` is more similar to each country than `other`; empty where the pair was not compared. */
  of(run: Run, other: Run): Difference[] {
    return this.#read(`${run.index} ${other.index}`, 1) ?? this.#read(`${other.index} ${run.index}`, -1) ?? [];
  }

  #read(key: string, sign: 1 | -1): Difference[] | null {
    const range = this.#at.get(key);
    if (!range) return null;
    const block = this.#block;
    const [country, n, p, clear] = [block.u16("country"), block.i32("n"), block.u16("p"), block.u8("clear")];
    const [difference, below, above] = [block.i32("difference"), block.i32("below"), block.i32("above")];
    const end = (value: number) => (value === missing ? null : value === 0 ? 0 : sign * value);
    const result: Difference[] = [];
    for (let i = range[0]; i < range[1]; i++) {
      const ends = [below[i]!, above[i]!].map((reach) => end(reach === missing ? missing : difference[i]! + reach));
      if (sign < 0) ends.reverse();
      result.push({
        country: country[i] === none16 ? null : country[i]!, n: n[i]!, difference: end(difference[i]!) ?? 0,
        low: ends[0]!, high: ends[1]!, p: p[i] === none16 ? null : p[i]!, clear: clear[i] === 1,
      });
    }
    return result;
  }
}

const missing = -(2 ** 31);

/** One run, topic and country. */
export interface TopicScore {
  topic: string;
  n: number;
  /** In thousandths of a bit. */
  bits: number;
  uniformBits: number;
}

export class Topics {
  readonly #names: string[];
  readonly #block: Block;

  constructor(block: Block) {
    this.#block = block;
    this.#names = (block.values as { topics: string[] }).topics;
  }

  of(run: Run, country: number): TopicScore[] {
    const [runs, countries, topic] = [this.#block.u16("run"), this.#block.u16("country"), this.#block.u8("topic")];
    const [n, bits, uniform] = [this.#block.u16("n"), this.#block.u16("bits"), this.#block.u16("uniformBits")];
    const result: TopicScore[] = [];
    for (let i = runs.indexOf(run.index); i >= 0 && i < runs.length && runs[i] === run.index; i++) {
      if (countries[i] === country) result.push({ topic: this.#names[topic[i]!]!, n: n[i]!, bits: bits[i]!, uniformBits: uniform[i]! });
    }
    return result;
  }
}

export type Grouping = "region" | "topic" | "source";

export interface Group {
  grouping: Grouping;
  name: string;
  n: number;
  countries: number;
  bits: number;
  uniformBits: number;
  /** 95 % interval of `bits`; NaN where there is none. */
  low: number;
  high: number;
}

export class Groups {
  readonly #names: { grouping: Grouping; name: string }[];
  readonly #block: Block;

  constructor(block: Block) {
    this.#block = block;
    this.#names = (block.values as { groups: { grouping: Grouping; name: string }[] }).groups;
  }

  of(run: Run, grouping: Grouping): Group[] {
    const [runs, group, n, countries] = [
      this.#block.u16("run"),
      this.#block.u16("group"),
      this.#block.i32("n"),
      this.#block.i32("countries"),
    ];
    const [bits, uniformBits, low, high] = [
      this.#block.f64("bits"),
      this.#block.f64("uniformBits"),
      this.#block.f64("low"),
      this.#block.f64("high"),
    ];
    const result: Group[] = [];
    runs.forEach((index, i) => {
      const name = this.#names[group[i]!]!;
      if (index === run.index && name.grouping === grouping) {
        result.push({
          ...name,
          n: n[i]!,
          countries: countries[i]!,
          bits: bits[i]!,
          uniformBits: uniformBits[i]!,
          low: low[i]!,
          high: high[i]!,
        });
      }
    });
    return result;
  }
}

/** A text that a run's model wrote in answer to a question. */
export interface Generation {
  run: number;
  sourceRow: number;
  sequence: number;
  seed: string;
  temperature: number;
  topP: number;
  prompt: string;
  text: string;
  finish: string;
  /** Whether the text names the most probable option; null where it names none or several. */
  agrees: boolean | null;
  /** What the rule reads in a text that is an answer: letter, words, refusal, several or none; null for texts that are looked at. */
  ruleClass: string | null;
  /** Place of the option that the rule reads. */
  ruleOption: number | null;
  /** A second model that was asked which option the text gives; null where none was. */
  classifier: string | null;
  /** Place of the option that it says; null where it says none. */
  classOption: number | null;
  /** The probability of what it says, among the letters. */
  probability: number | null;
}

export const readComparisons = once("comparisons", (block) => new Comparisons(block));
export const readTopics = once("topics", (block) => new Topics(block));
export const readGroups = once("groups", (block) => new Groups(block));
export const readGenerations = once("generations", (block) => (block.values as { generations: Generation[] }).generations);
