// What may be said of a run before anything else, by the same rules as the command's own table (RankingTable.cs, Verdict.cs).
import { isOffMenu, type Overview, type Row, type Run, type Survey } from "./data/overview.ts";
import { count, listOf, percent } from "./format.ts";
import { countriesIn, countryWords, samplesByCountry } from "./state/countries.ts";
import { answererOf, isKnownAnswerer, languageName, nameOf } from "./state/names.ts";

/** Below so many questions nothing is concluded. */
export const fewestQuestions = 100;
/** A p-value below it, after Holm's correction, is beyond chance. */
export const level = 0.05;
const namesShown = 3;
/** From here on the off-menu mass is a warning. */
const muchOffMenu = 0.1;

const uniform = "a random guesser";

export const rankedOf = (rows: readonly Row[]): Row[] => rows.filter((row) => row.rank !== null).sort((a, b) => a.rank! - b.rank!);

/** Countries among whose places is the first: nobody can say which of them it is. */
export const possiblyFirst = (rows: readonly Row[]): Row[] => rankedOf(rows).filter((row) => row.rankLow === 1);

const isNearer = (row: Row): boolean => row.n >= fewestQuestions && row.beyond > 0 && row.pHolm < level;

/** Ranked countries to which a run is nearer, beyond chance, than the random guesser; none where too few questions were asked. */
export const nearerThanUniform = (run: Run, rows: readonly Row[]): Row[] => (run.adjusted ? rankedOf(rows).filter(isNearer) : []);

/** Why a run ranks nobody. */
export const whyUnranked = (run: Run): string =>
  isOffMenu(run)
    ? `${percent(run.offMenu!)} of its probability is on no option, so that its answers say little.`
    : `none has ${run.thinBelow} questions or more in this run.`;

/** What may be said of a run: why it is nothing, or that countries stand out. */
export interface Verdict {
  /** One sentence that cannot be misquoted. */
  said: string;
  /** Why no number of the run is a finding, to stand on every figure of it; null where countries stand out. */
  refusal: string | null;
  /** Whether the numbers themselves say so little that they are not drawn. */
  hidden: boolean;
}

/** Whether any country stands out beyond chance and beyond a random guesser; only then who may. */
export function judge(run: Run, rows: readonly Row[]): Verdict {
  const ranked = rankedOf(rows);
  const who = answererOf(run);
  const refuse = (said: string, why: string): Verdict => ({ said, refusal: `Not a finding: ${why}`, hidden: false });
  if (ranked.length === 0)
    return {
      said: `No country is ranked by what ${who} answers: ${whyUnranked(run)}`,
      refusal: `${isOffMenu(run) ? "Not a finding" : "No country is ranked"}: ${whyUnranked(run)}`, hidden: isOffMenu(run),
    };
  if (Math.max(...ranked.map((row) => row.n)) < fewestQuestions)
    return refuse(`Too few questions to say whom ${who} resembles: no country has ${fewestQuestions} of them.`,
      `no country has ${fewestQuestions} questions in this run, too few to say whom the model resembles.`);
  if (!run.adjusted)
    return refuse(
      `Not yet said whether any country stands out in what ${who} answers: these results were scored by an earlier version and `
        + "hold plain means alone. Scored anew, they tell what goes beyond a random guesser, and places that hold.",
      "these are plain means of an earlier version, which depend on what each country was asked.");
  if (ranked.every((row) => Number.isNaN(row.pHolm)))
    return refuse(
      `Not said whether any country stands out in what ${who} answers: no intervals were computed, so nothing is known of chance.`,
      "no intervals were computed, so that any of this may be chance.");
  const nearer = nearerThanUniform(run, rows);
  if (nearer.length === 0)
    return refuse(`No country stands out: ${who} is not shown to be nearer to any of ${countryWords(ranked)} than `
      + `${uniform}, on the same questions.`,
      "the model is not shown to be nearer to any country than a random guesser.");
  const first = possiblyFirst(rows);
  const among =
    `nearer by more than chance to ${count(countriesIn(nearer))} of ${countryWords(ranked)} than ${uniform}, `
    + "on the same questions";
  const said = countriesIn(first) === 1 && first.every(isNearer)
    ? `${namesOf(first)[0]!} stands out beyond chance: ${who} is nearest to it, and ${among}.`
    : `No single country stands out: ${who} is ${among}, but ${count(countriesIn(first))} may be first`
      // Whoever is not shown to be nearer than knowing nothing is not named.
      + `${first.every(isNearer) ? `: ${someOf(first)}` : ""}.`;
  return { said, refusal: null, hidden: false };
}

/** Why nothing is said of the difference of two runs; null where something may be. */
export function refusalOfPair(run: Run, other: Run): string | null {
  const silent = [run, other].find(isOffMenu);
  return silent ? `Not a finding: of ${nameOf(silent)}, ${percent(silent.offMenu!)} of the probability is on no option.` : null;
}

/** Countries by name: with the sample where only one of theirs is meant. */
export const namesOf = (rows: readonly Row[]): string[] =>
  samplesByCountry(rows).map((samples) => (samples.length > 1 ? samples[0]!.name : samples[0]!.called));

function someOf(rows: readonly Row[]): string {
  const names = namesOf(rows);
  const left = names.length - namesShown;
  return listOf(left <= 1 ? names : [...names.slice(0, namesShown), `${count(left)} more`]);
}

export interface Fact {
  name: string;
  value: string;
  warning: boolean;
}

/** What the verdict rests on. */
export function factsBeside({ surveys }: Overview, run: Run, rows: readonly Row[]): Fact[] {
  const [ranked, first] = [rankedOf(rows), countriesIn(possiblyFirst(rows))];
  const fact = (name: string, value: string, warning = false): Fact => ({ name, value, warning });
  return [
    fact("Questions asked", `${count(run.answered + run.unanswered)} of ${count(run.questions)}`
      + `${run.unanswered > 0 ? `, ${count(run.unanswered)} without an answer` : ""}`),
    listedOf(run),
    fact("May be first", first === 0 ? "not known" : judge(run, rows).refusal !== null ? "not a finding"
      : `${count(first)} of ${countryWords(ranked)}`),
    ...(isKnownAnswerer(run) ? [fact("No model", "these answers are made up, to test the method", true)] : []),
    fact("Survey", surveys[run.survey]!.name),
    ...(run.language === null ? [] : [translationOf(run, run.language)]),
    ...(isDemonstration(surveys[run.survey]!) ? [fact("Demonstration", "these are not results: the sample shows how it works", true)] : []),
  ];
}

/** The bundled sample's questions are worded anew; its notice begins by saying so. */
const isDemonstration = ({ notice }: Survey): boolean => notice !== null && /^demonstration only\b/i.test(notice);

const translationOf = ({ translation }: Run, language: string): Fact => ({
  name: "Translation",
  value: `into ${languageName(language)}, `
    + `${translation === "machine" ? "by a machine: its mistakes count as the model\u2019s" : translation ?? "of unknown origin"}`,
  warning: translation === "machine",
});

const answered: ReadonlyMap<string, string> = new Map([["written", "Wrote one option of the list"],
  ["verbalised", "Answered with numbers"]]);

/** How much of what a model would say is an answer. Options' whole texts are always improbable; labels and what is written are not. */
function listedOf({ offMenu, reading }: Run): Fact {
  const text = reading.startsWith("text-");
  const name = text ? "Answered with an option\u2019s words" : answered.get(reading) ?? "Answered with a letter of the list";
  if (offMenu === null) return { name, value: "not known", warning: false };
  if (text) return { name, value: `${percent(1 - offMenu)}; whole texts are always improbable`, warning: false };
  const much = offMenu > muchOffMenu;
  return { name, value: `${percent(1 - offMenu)}${much ? `: the other ${percent(offMenu)} is no answer` : ""}`, warning: much };
}
