// What a study found of a run's orders, controls, wordings and writing, as sentences with their figures.
import type { StudyNumber } from "./data/findings.ts";
import { count, percent, plural, pText, signed, three } from "./format.ts";
import { fewestQuestions } from "./verdict.ts";

type Write = (value: number) => string;

/** How a measure of a study (docs/study.md) begins its sentence, and how its number is written. */
interface Wording {
  says(subject: string | null): string;
  write: Write;
}

const says = (text: string, write: Write = signed): Wording => ({ says: () => text, write });
const points: Write = (value) => `${value < 0 ? "\u2212" : "+"}${(Math.abs(value) * 100).toFixed(1)} points`;

const wordings: Readonly<Record<string, Wording>> = {
  "A-bias": says("Over all orders of the options, the one that stands first gets more or less than its share of the probability", points),
  "position bias": {
    says: (subject) => `${subject === "last" ? "The last option" : `The option at place ${subject}`} gets more or less than its share `
      + "of the probability",
    write: points,
  },
  "share of probability that moves with the order": says("Of the probability, so much moves with the order of the options", percent),
  "mean similarity, survey's order": says("Mean similarity in the survey\u2019s order of the options", three),
  "mean similarity, mean over orders": says("Mean similarity of the mean over all orders", three),
  "mean similarity, label prior divided out": says("Mean similarity with the preference for letters divided out", three),
  "distance from the mean over orders, survey's order": says("Distance of the survey\u2019s order from the mean over all orders", three),
  "distance from the mean over orders, label prior divided out":
    says("Distance from that mean with the preference for letters divided out", three),
  "similarity lost": says("What this control takes away costs so much of the similarity to people"),
  "distance of the answers": says("The answers differ from those to the whole question by a distance of", three),
  "right country less a wrong one": {
    says: (subject) => `Naming ${subject} itself, and not another country in its place, is worth to its people and not to everybody`,
    write: signed,
  },
  "distance between the model's answers for different countries":
    says("Named one after the other, the countries get answers that differ by a distance of", three),
  "distance between these countries' people": says("The peoples of these countries themselves differ by", three),
  "model's distance less the people's": says("The model\u2019s answers for countries differ more or less than the peoples do, by"),
  "change of mean similarity over countries": {
    says: (subject) => `Changed by the rule \u201C${subject}\u201D, which should not matter, the prompt moves the mean similarity by`,
    write: signed,
  },
  "mean similarity over countries": says("Mean similarity over countries in this wording", three),
  "standard deviation over templates": says("Standard deviation of the mean similarity over wordings", three),
  "standard error from the choice of questions": says("Standard error of it from the choice of questions", three),
  "another option than the most probable one": says("Of the texts that name one option, so many name another than the most probable one",
    percent),
  "total variation of texts and probabilities": says("Texts and probabilities differ by a total variation of", three),
  "texts that decline": says("Of the texts, so many decline to answer", percent),
  "texts that name no single option": says("Of the texts, so many name no single option", percent),
};

/** One sentence per number, in the study's order; numbers on too few questions are said to be so, once. */
export function studySentences(numbers: readonly StudyNumber[]): string[] {
  const enough = numbers.filter((number) => number.n >= fewestQuestions && Object.hasOwn(wordings, number.measure));
  const few = numbers.filter((number) => number.n < fewestQuestions && Object.hasOwn(wordings, number.measure));
  return [
    ...enough.map(sentence),
    ...(few.length === 0 ? []
      : [`Too few questions to say what the study\u2019s ${plural(few.length, "other number")} about this run ${few.length === 1 ? "is"
        : "are"} worth: at most ${Math.max(...few.map((number) => number.n))}, fewer than ${fewestQuestions}.`]),
  ];
}

function sentence({ measure, subject, value, low, high, p, verdict, note, n }: StudyNumber): string {
  const { says: begin, write } = wordings[measure]!;
  const interval = low === null || high === null || Number.isNaN(low + high) ? "" : ` (95 % interval ${write(low)} to ${write(high)})`;
  const tested = verdict === null || p === null || Number.isNaN(p) ? "" : `, ${shown(verdict)}, ${pText(p)}`;
  return `${begin(subject)}: ${write(value)}${interval}${tested}, n = ${count(n)}${note === null ? "" : ` (${note})`}.`;
}

/** The study's verdict on whether a number is above 0. */
const shown = (verdict: string): string =>
  verdict === "yes" ? "shown to be above 0" : verdict === "no, the opposite" ? "shown to be below 0"
    : verdict === "not shown" ? "not shown to be other than 0" : verdict;
