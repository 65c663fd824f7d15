import type { Run } from "./data.ts";
import { html } from "./dom.ts";
import { conditionOf, count, isFaithful, percent, shortHash, signed, three } from "./format.ts";
import { mean, type Row } from "./ranking.ts";

/** The result in two or three sentences that stay true whatever the numbers are. */
export function drawSummary(run: Run, rows: readonly Row[]): HTMLElement {
  const ranked = rows.filter((row) => row.rank !== null);
  const [first, last] = [ranked[0], ranked[ranked.length - 1]];
  if (!first || !last) {
    return html("p", { class: "summary" },
      `No country is ranked: none has ${run.thinBelow} questions or more in this run. The figures below rest on very little.`);
  }
  const above = ranked.filter((row) => row.difference > 0).length;
  const nearest = ranked.slice(0, 3).map((row) => `${row.label} (${three(row.bits)})`).join(", ");
  const farthest = `, and least to those of ${last.label} (${three(last.bits)})`;
  const difference = mean(ranked.map((row) => row.difference)) ?? 0;
  return html("p", { class: "summary" },
    `The answers of ${run.model}${howAsked(run)} are most similar to those of ${nearest}${ranked.length > 3 ? farthest : ""}. `
    + `To ${above} of the ${ranked.length} countries ranked it comes closer than an answerer that gives every option the same probability `
    + `would; the mean difference is ${signed(difference)}. Similarities are in bits, from 0 to 1.`);
}

/** What sets this run apart from the question alone in the survey's own order. */
function howAsked(run: Run): string {
  const facts = [
    ...(run.promptedCountry === null ? [] : [`prompted country: ${run.promptedCountry}`]),
    ...(isFaithful(run) ? [] : [`option order: ${run.optionOrder}`]),
  ];
  return facts.length === 0 ? "" : ` (${facts.join("; ")})`;
}

/** What was run: enough to run it again. */
export function drawFacts(run: Run): HTMLElement {
  const facts: [string, string][] = [
    ["Model", run.model],
    ["Model file (SHA-256)", shortHash(run.modelSha256)],
    ["Survey", run.survey],
    ["Survey file (SHA-256)", shortHash(run.surveySha256)],
    ["Condition", conditionOf(run)],
    ["Template", `${run.template} ${run.templateVersion}, ending: ${run.ending}`],
    ["Option order", run.optionOrder],
    ["Date", run.status === "complete" ? run.date : `${run.date} (${run.status})`],
    ["Questions", questionsOf(run)],
    ["Mean off-menu mass", run.offMenu === null ? "not known" : percent(run.offMenu)],
    ["Engine", `${run.engineBuild}, ${run.device}${run.exact ? ", exact" : ""}`],
  ];
  return html("dl", { class: "facts" },
    ...facts.map(([name, value]) => html("div", {}, html("dt", {}, name), html("dd", {}, value))));
}

function questionsOf(run: Run): string {
  const notAsked = run.questions - run.answered - run.unanswered;
  return `${count(run.answered)} answered, ${count(run.unanswered)} without an answer`
    + (notAsked > 0 ? `, ${count(notAsked)} not asked` : "");
}
