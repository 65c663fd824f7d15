// Sentences that stay true whatever the numbers are.
import type { Noise, Overview, Row, Run } from "./data/overview.ts";
import { count, percent, plural, tiny } from "./format.ts";
import { sampleWords } from "./state/countries.ts";
import { judge } from "./verdict.ts";
import { askedAs, shortHash, variantOf } from "./state/names.ts";

/** Which run a figure rests on. */
export function source(overview: Overview, run: Run): string {
  return `Run ${run.id}: ${run.model} (file ${shortHash(run.modelSha256)}), asked ${askedAs(run)}, ${variantOf(run)}; `
    + `${overview.surveys[run.survey]!.name}, ${plural(run.answered, "question")} answered; ${run.date}.`;
}

export function notice(overview: Overview, run: Run): string[] {
  const text = overview.surveys[run.survey]!.notice;
  return text === null ? [] : [text];
}

/** Why nothing is said of a run, where that is so: it stands first under every figure. */
export const refused = (refusal: string | null): string[] => (refusal === null ? [] : [refusal]);

/** What a figure about countries says of itself. */
export function captionOf(overview: Overview, run: Run, rows: readonly Row[]): string[] {
  const ranked = rows.filter((row) => row.rank !== null);
  const { refusal } = judge(run, rows);
  return [
    ...refused(refusal),
    ranked.length === 0 ? `Nobody is ranked, of ${plural(rows.length, "label")} of the survey that were compared.`
      : `Ranked: ${sampleWords(ranked)} with ${run.thinBelow} questions or more each; `
        + `${plural(rows.length, "label")} of the survey were compared.`,
    source(overview, run),
    ...notice(overview, run),
  ];
}

/** What the run's own arithmetic does to its numbers, so that nobody reads meaning into less. */
export function noiseOf(run: { noise: Noise | null; rounding: Noise | null; exact: boolean }): string {
  const { noise, rounding } = run;
  const packed = noise === null ? (run.exact ? "None: decoded one prompt at a time in F32." : "Not measured.") :
    `The arithmetic of this run moves ${moved(noise)}; smaller differences mean nothing. `
    + `Measured on ${count(noise.prompts)} of its prompts against decoding one at a time, in F32 or, on a server, without its cache.`;
  return rounding === null ? packed :
    `${packed} Besides, the rounding of activations, which belongs to quantised weights here, moves ${moved(rounding)}; `
    + `measured on ${count(rounding.prompts)} of its prompts against the same weights in F32.`;
}

function moved(noise: Noise): string {
  const similarity = noise.meanSimilarity === null || noise.maxSimilarity === null ? "" :
    ` and the similarity of one question and country by ${tiny(noise.meanSimilarity)} (${tiny(noise.maxSimilarity)} at most)`;
  return `an option\u2019s probability by ${tiny(noise.meanProb)} on average (${tiny(noise.maxProb)} at most)${similarity}`;
}

/** What was run: enough to run it again. */
export function factsOf(overview: Overview, run: Run): [string, string][] {
  const survey = overview.surveys[run.survey]!;
  const notAsked = run.questions - run.answered - run.unanswered;
  return [
    ["Model", run.model],
    ["Model file (SHA-256)", shortHash(run.modelSha256)],
    ["Survey", survey.name],
    ["Survey file (SHA-256)", shortHash(survey.sha256)],
    ["Asked", askedAs(run)],
    ["Options", variantOf(run)],
    ["Template", `${run.template} ${run.templateVersion}, ending: ${run.ending}`],
    ["Answer read from", run.reading === "labels" ? "the next token\u2019s probabilities" : run.reading],
    [
      "Questions",
      `${count(run.answered)} answered, ${count(run.unanswered)} without an answer${notAsked > 0 ? `, ${count(notAsked)} not asked` : ""}`,
    ],
    ...(run.detail ? [] : [["Single answers", "not on this page, to keep it small; the results file holds them"] as [string, string]]),
    ["Mean off-menu mass", run.offMenu === null ? "not known" : percent(run.offMenu)],
    ["Date", run.status === "complete" ? run.date : `${run.date} (${run.status})`],
    ["Engine", run.origin === "import" ? "imported answers" : `${run.engineBuild}, ${run.device}`],
  ];
}
