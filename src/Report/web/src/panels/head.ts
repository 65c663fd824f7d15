import { html } from "../dom.ts";
import { findingsOf, readFindings } from "../data/findings.ts";
import type { Run } from "../data/overview.ts";
import { findingSentences } from "../findings.ts";
import { factsBeside, verdictOf } from "../verdict.ts";
import { factsOf, noiseOf } from "../words.ts";
import type { Page, Panel } from "./panel.ts";

/** The verdict, above everything else, and what it rests on. */
export function headPanel({ overview }: Page): Panel {
  const [verdict, facts] = [html("p", { class: "lede" }), html("dl", { class: "facts" })];
  const found = html("ul", { class: "found" });
  let shown: Run | null = null;

  async function fillFound(run: Run): Promise<void> {
    shown = run;
    const findings = await readFindings();
    if (shown !== run) return;
    const sentences = findings ? findingSentences(run, findingsOf(findings, run)) : [];
    found.hidden = sentences.length === 0;
    found.replaceChildren(...sentences.map((sentence) => html("li", {}, sentence)));
  }

  return {
    element: html("div", { class: "verdict" }, verdict, found, facts),
    reads: ["run"],
    draw({ run }) {
      const rows = overview.rows(run);
      verdict.textContent = verdictOf(run, rows);
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
