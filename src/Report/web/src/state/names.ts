// How runs are spoken of.
import type { Run } from "../data/overview.ts";

const languages = new Intl.DisplayNames("en", { type: "language", fallback: "code" });

export function languageName(tag: string): string {
  try {
    return languages.of(tag) ?? tag;
  } catch {
    return tag; // not a language tag at all: shown as it is
  }
}

const controls: Record<string, string> = {
  "options-only": "as a control: the options without the question",
  "shuffled-question": "as a control: another question\u2019s text",
  "wrong-country": "as a control: as someone from another country",
  "perturbed": "with the prompt changed by rule",
  "persona": "as one persona of several",
  "uniform": "as a control: every option equally likely",
  "oracle": "as a control: answers copied from a country",
};

/** Whom the prompts name. What a group's members are called stands in the wording alone; the label is what the file calls them. */
function askedFor(country: string, wording: string | null): string {
  return wording === null || wording.includes("someone from ") ? `as someone from ${country}` : `as one of \u201C${country}\u201D`;
}

/** What the model was asked as, as a phrase. */
export function askedAs(run: Run): string {
  const parts: string[] = [];
  if (run.control !== "none") parts.push(controls[run.control] ?? `as a control: ${run.control}`);
  if (run.promptedCountry !== null) parts.push(askedFor(run.promptedCountry, run.wording));
  if (run.language !== null) parts.push(`in ${languageName(run.language)}${run.translation === "machine" ? " (machine translation)" : ""}`);
  if (parts.length === 0) parts.push(run.condition === "default" ? "as itself" : run.condition);
  return parts.join(", ");
}

export const runGroups = ["The model itself", "As someone from a country", "In a language", "Changed prompts and personas",
  "Controls and oracles"] as const;
export type RunGroup = (typeof runGroups)[number];

/** Under which heading a run stands in lists: what tests the method comes behind what is found by it. */
export function groupOf({ control, promptedCountry, language }: Pick<Run, "control" | "promptedCountry" | "language">): RunGroup {
  if (control === "perturbed" || control === "persona") return "Changed prompts and personas";
  if (control !== "none") return "Controls and oracles";
  if (language !== null) return "In a language";
  return promptedCountry === null ? "The model itself" : "As someone from a country";
}

/** Whether nobody was asked: the answers are made up to be known beforehand. */
export const isKnownAnswerer = ({ control }: Pick<Run, "control">): boolean => control === "uniform" || control === "oracle";

/** Who answered, at the beginning of a sentence: nobody takes made-up answers for a model's. */
export const answererOf = (run: Run): string => (isKnownAnswerer(run)
  ? `${run.model} (no model: ${run.control === "oracle" ? "answers copied from a country" : "every option equally likely"}, `
    + "to test the method)"
  : `${run.model}, asked ${askedHow(run)},`);

/** Two runs by what tells them apart, for a switch between them. */
export function shortNames(run: Run, other: Run): [string, string] {
  const parts = (of: Run) => [of.model, askedAs(of), variantOf(of), `run ${of.id}`];
  const [a, b] = [parts(run), parts(other)];
  const apart = a.map((part, index) => part !== b[index]);
  // The run's number alone is said where nothing else tells the two apart.
  const told = apart.slice(0, 3).includes(true) ? apart.map((differs, index) => differs && index < 3) : apart;
  const name = (all: string[]) => all.filter((_, index) => told[index]).join(", ");
  return [name(a), name(b)];
}

const readings: Record<string, string> = {
  "labels": "", "text-sum": "full text, summed", "text-mean": "full text, mean per token",
  "text-bytes": "full text, mean per byte", "text-pmi": "full text, against a neutral prompt",
  "written": "what it writes", "verbalised": "how many of 100 people it says",
};

export function orderOf(run: Run): string {
  if (run.optionOrder === "faithful") return "survey\u2019s order of options";
  if (run.optionOrder === "cyclic") return "mean over all rotations of the options";
  return `order of options: ${run.optionOrder}`;
}

/** How the question was put and the answer read, as a phrase. */
export const variantOf = (run: Run): string => variantParts(run, true).join(", ");

// What goes without saying: the usual, and what made-up or imported answers have none of.
const [usualWords, usualEndings] = [new Set(["faithful", "none"]), new Set(["paren", "none", "unknown"])];

function variantParts(run: Run, withOrder: boolean): string[] {
  const reading = readings[run.reading] ?? run.reading;
  return [
    ...(withOrder ? [orderOf(run)] : []),
    ...(usualWords.has(run.template) ? [] : [run.template === "imported" ? "imported" : `${run.template} template`]),
    ...(usualEndings.has(run.ending) ? [] : [`ending: ${run.ending}`]),
    ...(reading ? [reading] : []),
    ...(run.exact ? ["exact"] : []),
  ];
}

/** What tells a run from the others of its file: the usual way of putting the options goes without saying. */
export const nameOf = (run: Run): string =>
  [plainName(run), ...(run.twin ? [`run ${run.id}`] : [])].join(", ");

const plainName = (run: Run): string => `${run.model}, ${askedHow(run)}`;

/** Says of each run whether another is called the same. */
export function withTwins(runs: readonly Run[]): Run[] {
  const times = new Map<string, number>();
  for (const run of runs) times.set(plainName(run), (times.get(plainName(run)) ?? 0) + 1);
  return runs.map((run) => ({ ...run, twin: times.get(plainName(run))! > 1 }));
}

/** What it was asked as and, where it is not the usual, how. */
export const askedHow = (run: Run): string => [askedAs(run), ...variantParts(run, run.optionOrder !== "faithful")].join(", ");

export const fullNameOf = (run: Run): string => `${run.model}, ${askedAs(run)} \u00B7 ${variantOf(run)} \u00B7 run ${run.id}`;

/** Enough of a SHA-256 to tell files apart by eye. */
export const shortHash = (sha256: string): string => sha256.slice(0, 12);
