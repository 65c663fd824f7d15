import { html } from "../dom.ts";
import { factsOf, noiseOf, summaryOf } from "../words.ts";
import type { Page, Panel } from "./panel.ts";

/** The finding in words, above everything else. */
export function headPanel({ overview }: Page): Panel {
  const element = html("p", { class: "lede" });
  return {
    element, reads: ["run"],
    draw({ run }) {
      const [first, ...rest] = summaryOf(run, overview.rows(run));
      element.replaceChildren(html("strong", {}, first ?? ""), ` ${rest.join(" ")} Similarity runs from 0 to 1 (bits).`);
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
