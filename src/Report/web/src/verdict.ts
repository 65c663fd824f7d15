// What may be said of a run before anything else, by the same rules as the command's own table (RankingTable.cs, Verdict.cs).
import { isOffMenu, type Overview, type Row, type Run, type Survey } from "./data/overview.ts";
import { count, listOf, percent, plural } from "./format.ts";
import { askedHow, languageName } from "./state/names.ts";

/** Below so many questions nothing is concluded. */
export const fewestQuestions = 100;
/** A p-value below it, after Holm's correction, is beyond chance. */
export const level = 0.05;
const namesShown = 3;
/** From here on the off-menu mass is a warning. */
const muchOffMenu = 0.1;

const uniform = "an answerer to whom every option is equally likely";

export const rankedOf = (rows: readonly Row[]): Row[] => rows.filter((row) => row.rank !== null).sort((a, b) => a.rank! - b.rank!);

/** Countries among whose places is the first: nobody can say which of them it is. */
export const possiblyFirst = (rows: readonly Row[]): Row[] => rankedOf(rows).filter((row) => row.rankLow === 1);

const isNearer = (row: Row): boolean => row.n >= fewestQuestions && row.beyond > 0 && row.pHolm < level;

/** Ranked countries to which a run is nearer, beyond chance, than the uniform answerer; none where too few questions were asked. */
export const nearerThanUniform = (run: Run, rows: readonly Row[]): Row[] => (run.adjusted ? rankedOf(rows).filter(isNearer) : []);

/** Why a run ranks nobody. */
export const whyUnranked = (run: Run): string =>
  isOffMenu(run)
    ? `${percent(run.offMenu!)} of its probability is on no option, so that its answers say little.`
    : `none has ${run.thinBelow} questions or more in this run.`;

/** Whether any country stands out beyond chance and beyond the uniform answerer; only then who may. One sentence. */
export function verdictOf(run: Run, rows: readonly Row[]): string {
  const ranked = rankedOf(rows);
  const who = `${run.model}, asked ${askedHow(run)},`;
  if (ranked.length === 0) return `No country is ranked by what ${who} answers: ${whyUnranked(run)}`;
  if (Math.max(...ranked.map((row) => row.n)) < fewestQuestions)
    return `Too few questions to say whom ${who} resembles: no country has ${fewestQuestions} of them.`;
  if (!run.adjusted)
    return `Not yet said whether any country stands out in what ${who} answers: these results were scored by an earlier version and `
      + "hold plain means alone; localopinions score gives what goes beyond the uniform answerer, and places that hold.";
  if (ranked.every((row) => Number.isNaN(row.pHolm)))
    return `Not said whether any country stands out in what ${who} answers: no intervals were computed, so nothing is known of chance.`;
  const nearer = nearerThanUniform(run, rows);
  if (nearer.length === 0)
    return `No country stands out: ${who} is not shown to be nearer to any of ${plural(ranked.length, "country", "countries")} than `
      + `${uniform}, on the same questions.`;
  const first = possiblyFirst(rows);
  const among =
    `nearer by more than chance to ${count(nearer.length)} of ${plural(ranked.length, "country", "countries")} than ${uniform}, `
    + "on the same questions";
  return first.length === 1 && isNearer(first[0]!)
    ? `${first[0]!.label} stands out beyond chance: ${who} is nearest to it, and ${among}.`
    : `No single country stands out: ${who} is ${among}, but ${count(first.length)} may be first`
      // Whoever is not shown to be nearer than knowing nothing is not named.
      + `${first.every(isNearer) ? `: ${someOf(first)}` : ""}.`;
}

function someOf(rows: readonly Row[]): string {
  const names = rows.map((row) => row.label);
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
  const [ranked, first] = [rankedOf(rows).length, possiblyFirst(rows).length];
  const fact = (name: string, value: string, warning = false): Fact => ({ name, value, warning });
  return [
    fact("Questions asked", `${count(run.answered + run.unanswered)} of ${count(run.questions)}`
      + `${run.unanswered > 0 ? `, ${count(run.unanswered)} without an answer` : ""}`),
    offMenuOf(run),
    fact("May be first", first === 0 ? "not known" : `${count(first)} of ${plural(ranked, "country", "countries")}`),
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

/** Options' whole texts are always improbable; labels, numbers and what is written are not. */
function offMenuOf({ offMenu, reading }: Run): Fact {
  const name = "Off-menu mass";
  if (offMenu === null) return { name, value: "not known", warning: false };
  if (reading.startsWith("text-")) return { name, value: `${percent(offMenu)}; texts are always improbable`, warning: false };
  const much = offMenu > muchOffMenu;
  return { name, value: `${percent(offMenu)}${much ? ": so much of what it would say is no option" : ""}`, warning: much };
}
