import { html } from "../dom.ts";
import { findingsOf, readFindings } from "../data/findings.ts";
import type { Run } from "../data/overview.ts";
import { findingSentences } from "../findings.ts";
import { plural } from "../format.ts";
import { factsBeside, judge } from "../verdict.ts";
import { factsOf, noiseOf } from "../words.ts";
import type { Page, Panel } from "./panel.ts";

/** So many findings are read before the facts. */
const foundAtOnce = 3;

/** The verdict, above everything else, and what it rests on. */
export function headPanel({ overview }: Page): Panel {
  const [verdict, facts] = [html("p", { class: "lede" }), html("dl", { class: "facts" })];
  const [found, others] = [html("ul", { class: "found" }), html("ul", { class: "found" })];
  const summary = html("summary");
  const more = html("details", { class: "more-found" }, summary, others);
  let shown: Run | null = null;

  async function fillFound(run: Run): Promise<void> {
    shown = run;
    const findings = await readFindings();
    if (shown !== run) return;
    const sentences = findings ? findingSentences(run, findingsOf(findings, run)) : [];
    const items = sentences.map((sentence) => html("li", {}, sentence));
    found.hidden = items.length === 0;
    found.replaceChildren(...items.slice(0, foundAtOnce));
    more.hidden = items.length <= foundAtOnce;
    summary.textContent = `${plural(items.length - foundAtOnce, "more number")} of the study about this run`;
    others.replaceChildren(...items.slice(foundAtOnce));
  }

  return {
    element: html("div", { class: "verdict" }, verdict, found, more, facts),
    reads: ["run"],
    draw({ run }) {
      const rows = overview.rows(run);
      verdict.textContent = judge(run, rows).said;
      void fillFound(run);
      facts.replaceChildren(...factsBeside(overview, run, rows).map(({ name, value, warning }) =>
        html("div", {}, html("dt", {}, name), html("dd", { class: warning ? "warning" : null }, warning ? `Warning: ${value}` : value))));
    },
  };
}

/** What was run: enough to run it again. */
export function factsPanel({ overview }: Page): Panel {
  const [facts, noise, notice] = [html("dl", { class: "facts" }), html("p"), html("p", { class: "notice" })];
  return {
    element: html("div", {}, facts, html("h3", {}, "Noise floor"), noise, html("h3", {}, "The survey\u2019s notice"), notice),
    reads: ["run"],
    draw({ run }) {
      facts.replaceChildren(...factsOf(overview, run).map(([name, value]) => html("div", {}, html("dt", {}, name), html("dd", {}, value))));
      noise.textContent = noiseOf(run);
      notice.textContent = overview.surveys[run.survey]!.notice ?? "None is stored.";
    },
  };
}
