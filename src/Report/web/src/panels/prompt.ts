import { sentOf, type Sent } from "../data/prompts.ts";
import type { Run, Survey } from "../data/overview.ts";
import { button, html } from "../dom.ts";
import { count } from "../format.ts";
import { directionOf } from "../state/language.ts";
import { isKnownAnswerer, languageName } from "../state/names.ts";
import { promptOf, saidOf } from "../state/prompt.ts";

/** A question of a survey: its row in the file, its text and its options in the survey's order. */
export interface Asked {
  row: number;
  text: string;
  options: readonly string[];
  /** Whether the run has no answer to it. */
  unanswered?: boolean;
}

/** The language of a run's prompts. */
export const languageOf = (survey: Survey, run: Run): string => run.language ?? survey.language;

/** The prompt as it was sent; of several orders of the options one at a time. */
export function promptDetails(survey: Survey, run: Run, { row, text, options, unanswered = false }: Asked, open = false): HTMLElement {
  const body = html("div");
  void sentOf(run, row, text, options).then((sent) => {
    if (unanswered && typeof sent !== "string")
      body.append(html("p", { class: "note" }, "No answer is stored: if the question was asked, then in these words."));
    if (typeof sent === "string") body.append(html("p", { class: "note" }, whyNone(run, sent)));
    else drawSent(body, languageOf(survey, run), run, sent);
  });
  return html("details", { class: "prompt", open, "data-run": run.id, "data-row": row }, html("summary", {}, "The prompt as sent"), body);
}

function drawSent(into: HTMLElement, language: string, run: Run, { parts, filling, orders }: Sent): void {
  const prompt = html("pre", { lang: language, dir: directionOf(language) });
  const behind = html("pre", { lang: language, dir: directionOf(language), class: "said", hidden: parts.said === null });
  const which = html("p", { class: "note" });
  let shown = 0;
  const show = () => {
    const order = orders[shown]!;
    which.textContent = `One of ${count(orders.length)} prompts, which list the options in different orders: number ${count(shown + 1)}.`;
    prompt.textContent = promptOf(parts, filling, order);
    behind.textContent = saidOf(parts, filling, order).join("");
  };
  const next = button("Next order", () => {
    shown = (shown + 1) % orders.length;
    show();
  }, { class: "link next-order" });
  show();
  into.append(
    ...notes(run).map((note) => html("p", { class: "note" }, note)),
    ...(orders.length > 1 ? [which, next] : []),
    prompt,
    ...(parts.said === null ? [] : [html("p", { class: "note" }, "Behind it, one at a time, what leads on to each option\u2019s number:")]),
    behind,
  );
}

function notes(run: Run): string[] {
  return [
    ...(run.language === null ? [] : [`In ${languageName(run.language)}, translated by ${run.translation === "machine" ? "a machine"
      : "people"}.`]),
    ...(run.template.endsWith("-chat") ? ["In the model\u2019s own chat layout, with its control tokens by name. A start token that the "
      + "model puts first by itself is not written."] : []),
  ];
}

function whyNone(run: Run, why: "not kept" | "left out"): string {
  if (why === "left out") return "This page leaves this prompt out, to stay small; the results file holds what it was made of.";
  if (isKnownAnswerer(run)) return "Nothing was sent: these answers are made up, to be known beforehand.";
  if (run.origin === "import") return "These answers were imported; the results file does not hold what was sent.";
  if (run.template.includes("@personas")) return "Nothing was sent: these answers are the mean of those as each persona.";
  return "This prompt was not kept: the run was made by an earlier version, which kept only prompts in the survey\u2019s own words.";
}
