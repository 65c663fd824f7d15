import type { Run } from "../data/overview.ts";
import { html } from "../dom.ts";
import { languageName } from "../state/names.ts";
import { promptOf } from "../state/prompt.ts";

/**
 * The prompt as it was sent; where options were put in several orders, the survey's own.
 * @param sent The prompt as the results file holds it; null where only the wording is stored.
 */
export function promptDetails(run: Run, text: string, options: readonly string[], sent: string | null = null, open = false): HTMLElement {
  const details = html("details", { class: "prompt", open }, html("summary", {}, "The prompt as sent"));
  if (sent !== null)
    details.append(html("p", { class: "note" }, "As the results file holds it, from the texts that were generated."),
      html("pre", {}, sent));
  else if (run.language !== null)
    details.append(
      html("p", { class: "note" }, `Sent in ${languageName(run.language)}; this page holds the survey\u2019s own wording alone.`),
    );
  else if (run.control !== "none" || run.reading !== "labels")
    details.append(html("p", { class: "note" }, "This run changes the prompt from question to question; the page does not hold it."));
  else if (run.wording === null) details.append(html("p", { class: "note" }, "The results file does not hold this run\u2019s wording."));
  else {
    if (run.optionOrder !== "faithful")
      details.append(html("p", { class: "note" }, `One of several prompts: the options were put in these orders: ${run.optionOrder}.`));
    details.append(html("pre", {}, promptOf(run.wording, text, options)));
  }
  return details;
}
