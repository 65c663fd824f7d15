// What a way of asking was found to do, as sentences with their figures.
import type { Findings, LanguageMove, Move } from "./data/findings.ts";
import { isOffMenu, type Run } from "./data/overview.ts";
import { percent, plural, pText, signed } from "./format.ts";
import { studySentences } from "./studyfindings.ts";
import { askedHow, languageName } from "./state/names.ts";
import { fewestQuestions, level } from "./verdict.ts";

/** One sentence per finding about a run; none for a model asked as itself. */
export function findingSentences(run: Run, { moves, languages, study }: Findings): string[] {
  const { offMenu } = run;
  if (moves.length + languages.length + study.length > 0 && isOffMenu(run))
    return [`Nothing is said of what this way of asking does: ${percent(offMenu!)} of the probability is on no option.`];
  const named = moves.filter((move) => move.country !== null);
  const overall = moves.find((move) => move.country === null);
  return [
    ...named.map(namingSentence),
    ...languageSentences(run, languages),
    ...(named.length === 0 && overall ? [overallSentence(run, overall)] : []),
    ...studySentences(study),
  ];
}

function namingSentence({ country, n, own, low, high, p, more, moreLow, moreHigh, moreP }: Move): string {
  if (n < fewestQuestions)
    return `Too few questions to say what naming ${country} does: both runs answered ${plural(n, "question")} there.`;
  // A change that may be chance is no move.
  const moved = p !== null && p < level;
  const by = `${signed(own)} bits${interval(low, high)}`;
  const towards = moved ? `Naming ${country} moved the answers ${direction(own)} people there by ${by}`
    : `Naming ${country} is not shown to have moved the answers towards people there: ${by}`;
  if (more === null) return `${towards}; whether it moved them towards everybody alike is not known.`;
  const beside = `${signed(more)}${interval(moreLow, moreHigh)}${moreP === null ? "" : `, ${pText(moreP)}`}`;
  if (moreP !== null && moreP < level)
    return `${towards}, ${moved ? "and by" : "though"} ${more > 0 ? "more" : "less"} than towards all others: ${beside}.`;
  return `${towards}, ${moved ? "not shown to be" : "nor"} more than towards all others: ${beside}.`;
}

function languageSentences(run: Run, found: readonly LanguageMove[]): string[] {
  const own = found.find((move) => move.measure === "own change");
  const others = found.find((move) => move.measure === "others' change");
  if (!own || !others) return [];
  const language = languageName(run.language ?? own.language);
  if (own.n < fewestQuestions) return [`Too few questions to say what asking in ${language} does: ${plural(own.n, "question")}.`];
  const by = `${signed(own.value)} bits${interval(own.low, own.high)}`;
  const moved = own.verdict === "yes" ? "towards" : own.verdict === "no, the opposite" ? "away from" : null;
  return [
    `Asking in ${language} ${moved !== null ? `moved the answers ${moved} the countries of its speakers by ${by}`
      : `is not shown to have moved the answers towards the countries of its speakers: ${by}`}; towards all others it was `
      + `${signed(others.value)}${interval(others.low, others.high)}.`,
  ];
}

function overallSentence(run: Run, { n, own, low, high, p }: Move): string {
  const asked = `Asked ${askedHow(run)}, the model`;
  if (n < fewestQuestions) return `${asked} answered too few of the questions that it also answered as itself: ${plural(n, "question")}.`;
  const by = `${signed(own)} bits over all countries${interval(low, high)}${p === null ? "" : `, ${pText(p)}`}`;
  return p !== null && p < level ? `${asked} answers ${own > 0 ? "nearer to" : "farther from"} people than as itself: ${by}.`
    : `${asked} is not shown to answer nearer to people, or farther from them, than as itself: ${by}.`;
}

const direction = (value: number): string => (value < 0 ? "away from" : "towards");

const interval = (low: number | null, high: number | null): string =>
  low === null || high === null ? "" : ` (95 % interval ${signed(low)} to ${signed(high)})`;
