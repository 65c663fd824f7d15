// The drawings of reported.ts, each with its words and its numbers.
import type { Run } from "../data/overview.ts";
import type { Evenness, ModelPair, Reported, Steering, Stratum, StratumDifference, Yardstick } from "../data/reported.ts";
import type { Dot } from "../figures/dots.ts";
import type { Table } from "../figures/table.ts";
import { count, plural, signed, three } from "../format.ts";
import { nameOf } from "../state/names.ts";
import type { State } from "../state/state.ts";
import { refusalOfPair } from "../verdict.ts";

/** One drawing of the panel, and what is said of it. */
export interface Part {
  title: string;
  words: string;
  axis: string;
  /** None where nothing is drawn: the words say why, and the table has the numbers. */
  dots: Dot[];
  table: Table;
  file: string;
}

const dot = (name: string, value: number, colour: string, rest: Partial<Dot> = {}): Dot => ({
  name, value, low: null, high: null, before: null, colour, faint: false, chosen: false, words: `${name}: ${three(value)}`, ...rest,
});

const interval = (low: number | null, high: number | null, write = three): string =>
  low === null || high === null ? "" : `, 95 % interval ${write(low)} to ${write(high)}`;

/** @param called The name of the country chosen. */
export function worthPart(stored: Reported, { run, country }: State, called: string, colour: string): Part | null {
  const own = country === null ? null : stored.yardstick(run, country);
  const shown = own ?? stored.yardstick(run, null);
  if (!shown) return null;
  const lines: [string, string, (of: Yardstick) => number][] = [
    ["majority", "sure of the world\u2019s choice", (of) => of.majority], ["uniform", "random guesser", (of) => of.uniform],
    ["model", "this run", (of) => of.model], ["world", "average of other countries", (of) => of.world],
    ["nearest", "nearest other country", (of) => of.nearest ?? NaN],
    ["second_sample", "second sample of the people", (of) => of.secondSample], ["perfect", "perfect model", (of) => of.perfect],
  ];
  const where = shown.country === null ? "over all countries" : `to ${called}`;
  return {
    title: `What a plain mean ${where} is worth`, file: "yardsticks", axis: "Plain mean of similarity (bits)",
    words: `The same number on the same ${plural(shown.n, shown.country === null ? "pair of question and sample"
      : "question", shown.country === null ? "pairs of question and sample" : "questions")}. Peoples\u2019 answers are samples: `
      + "a model that knew what they all think would not reach 1. Surveys that do not say how many were asked are taken to have "
      + "asked 1,000.",
    dots: lines.map(([name, title, of]) => dot(title, of(shown), colour, { chosen: name === "model", faint: name !== "model" })),
    table: {
      caption: "Plain means of similarity, bits",
      columns: [{ name: "country", title: "Country" }, { name: "n", title: "n", write: count },
        ...lines.map(([name, title]) => ({ name, title, write: three }))],
      rows: [stored.yardstick(run, null), own].filter((entry): entry is Yardstick => entry !== null)
        .map((entry) => [entry.country ?? "all", entry.n, ...lines.map(([, , of]) => of(entry))]),
    },
  };
}

const fifth = ({ from, to }: Pick<Stratum, "from" | "to">): string =>
  (from === null || to === null ? "all" : `${from.toFixed(1)} to ${to.toFixed(1)}`);

export function strataPart(strata: readonly Stratum[], run: Run, colour: string): Part | null {
  if (strata.length === 0) return null;
  return {
    title: `Where people agree, and where they do not: ${strata[0]!.title}`, file: `strata-${strata[0]!.measure}`,
    axis: "Nearness, 1 for alike, by people\u2019s normalised entropy (0: all of one mind)",
    words: "Means over pairs of question and national sample, by how evenly people\u2019s answers are spread; hollow: the random "
      + "guesser. SimBench\u2019s score in the table: 0 is the random guesser, 100 perfect.",
    dots: strata.map((entry) => dot(fifth(entry), entry.nearness, colour, {
      low: entry.low, high: entry.high, before: entry.uniform, faint: entry.from === null,
      words: `${fifth(entry)}: ${three(entry.nearness)}${interval(entry.low, entry.high)}, random guesser ${three(entry.uniform)}, `
        + `n = ${count(entry.pairs)}`,
    })),
    table: {
      caption: `Nearness by people\u2019s normalised entropy, ${nameOf(run)}`,
      columns: [{ name: "entropy", title: "Entropy" }, { name: "pairs", title: "Pairs", write: count },
        { name: "nearness", title: "Nearness", write: three }, { name: "low", title: "95 % from", write: three },
        { name: "high", title: "95 % to", write: three }, { name: "uniform", title: "Random guesser", write: three },
        { name: "score", title: "Score", write: one }, { name: "score_low", title: "Score, 95 % from", write: one },
        { name: "score_high", title: "Score, 95 % to", write: one }],
      rows: strata.map((entry) => [fifth(entry), entry.pairs, entry.nearness, entry.low, entry.high, entry.uniform,
        hundred(entry.skill), hundred(entry.skillLow), hundred(entry.skillHigh)]),
    },
  };
}

export function againstPart(differences: readonly StratumDifference[], run: Run, other: Run | null, colour: string): Part | null {
  if (differences.length === 0 || other === null) return null;
  const refusal = refusalOfPair(run, other);
  return {
    title: `Difference from ${other.model}, by how much people agree`, file: `against-run-${other.id}`,
    axis: "Difference of nearness, by people\u2019s normalised entropy",
    words: refusal ?? `${run.model} less ${other.model}, the run compared with, on the same pairs of question and national `
      + "sample. For a tuned model and its base: whether tuning helped where people agree, and harmed where they do not.",
    dots: refusal !== null ? [] : differences.map((entry) => dot(fifth(entry), entry.difference, colour, {
      low: entry.low, high: entry.high, faint: entry.from === null,
      words: `${fifth(entry)}: ${signed(entry.difference)}${interval(entry.low, entry.high, signed)}, n = ${count(entry.pairs)}`,
    })),
    table: {
      caption: `Difference of nearness, ${run.model} less ${other.model}`,
      columns: [{ name: "entropy", title: "Entropy" }, { name: "pairs", title: "Pairs", write: count },
        { name: "difference", title: "Difference", write: signed }, { name: "low", title: "95 % from", write: signed },
        { name: "high", title: "95 % to", write: signed }],
      rows: differences.map((entry) => [fifth(entry), entry.pairs, entry.difference, entry.low, entry.high]),
    },
  };
}

const one = (value: number): string => value.toFixed(1).replace("-", "\u2212");
const hundred = (share: number | null): number | null => (share === null ? null : 100 * share);

/** @param named Whether anybody may be put forward: not where the run's numbers are no finding. */
export function evenWords(entry: Evenness | null, named: boolean): string {
  if (!entry) return "";
  const { nearest, topics, consistency, notBehind } = entry;
  const consistent = !named || nearest === null || topics === null || consistency === null || notBehind === null ? ""
    : ` Over all questions ${nearest} comes out nearest, beyond a random guesser (the ranking says whether by more `
      + `than chance); so it does on ${Math.round(consistency * topics)} of ${plural(topics, "topic")}, and on `
      + `${Math.round(notBehind * topics)} no other country is shown to be nearer.`;
  return `Evenness over ${plural(entry.countries, "national sample")} (1 less the coefficient of variation): ${three(entry.evenness)}`
    + `${interval(entry.low, entry.high)}`
    + `${entry.uniform === null ? "" : `; the random guesser\u2019s is ${three(entry.uniform)}`}.${consistent}`;
}

export function steeredPart(steering: readonly Steering[], run: Run, colour: string): Part | null {
  if (steering.length === 0) return null;
  return {
    title: "Steered towards a country", file: `steerability-${steering[0]!.measure}`,
    axis: "Nearness to the people named, 1 for alike",
    words: "Prompts name the country; of several wordings the best one question by question. Hollow: the default prompts on the same "
      + "questions. A rise does not say that it is this country and not everybody: the study\u2019s findings do.",
    dots: steering.map((entry) => dot(entry.country, entry.best, colour, {
      low: entry.low, high: entry.high, before: entry.unsteered,
      words: `${entry.country}: ${three(entry.best)}${interval(entry.low, entry.high)}, default ${three(entry.unsteered)}, `
        + `n = ${count(entry.n)}`,
    })),
    table: {
      caption: `Steerability, ${run.model}`,
      columns: [{ name: "country", title: "Country named" }, { name: "n", title: "n", write: count },
        { name: "wordings", title: "Wordings", write: count }, { name: "best", title: "Best wording", write: three },
        { name: "low", title: "95 % from", write: three }, { name: "high", title: "95 % to", write: three },
        { name: "unsteered", title: "Default", write: three }, { name: "gain", title: "Gain of the mean wording", write: signed },
        { name: "gain_low", title: "Gain, 95 % from", write: signed }, { name: "gain_high", title: "Gain, 95 % to", write: signed }],
      rows: steering.map((entry) => [entry.country, entry.n, entry.wordings, entry.best, entry.low, entry.high, entry.unsteered, entry.gain,
        entry.gainLow, entry.gainHigh]),
    },
  };
}

export function modelsPart(stored: Reported, run: Run, colour: string): Part | null {
  const pairs = stored.models(run);
  const own = pairs.filter((pair) => pair.model === run.model);
  if (own.length === 0) return null;
  const names = [...new Set(pairs.map((pair) => pair.model))];
  const between = (model: string, other: string): ModelPair | undefined =>
    pairs.find((pair) => pair.model === model && pair.other === other);
  return {
    title: `How alike models answer: ${run.model} and the others`, file: "models", axis: "Similarity of their answers (bits)",
    words: "Each model\u2019s default run, question by question, whatever people answer. The table holds every pair.",
    dots: own.map((pair) => dot(pair.other, pair.similarity, colour, {
      low: pair.low, high: pair.high,
      words: `${pair.other}: ${three(pair.similarity)}${interval(pair.low, pair.high)}, n = ${count(pair.n)}`,
    })),
    table: {
      caption: "Mean similarity of models\u2019 answers, bits",
      columns: [{ name: "model", title: "Model" }, ...names.map((name) => ({ name, title: name, write: three }))],
      rows: names.map((model) => [model, ...names.map((other) => between(model, other)?.similarity ?? null)]),
    },
  };
}
