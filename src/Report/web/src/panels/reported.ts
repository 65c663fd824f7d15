import type { Run } from "../data/overview.ts";
import { readReported } from "../data/reported.ts";
import { html } from "../dom.ts";
import { dotPlot } from "../figures/dots.ts";
import { Figure } from "../figures/figure.ts";
import { onResize } from "../figures/plot.ts";
import { nameOf } from "../state/names.ts";
import type { State } from "../state/state.ts";
import { judge } from "../verdict.ts";
import { notice, refused, source } from "../words.ts";
import { select } from "./controls.ts";
import type { Page, Panel } from "./panel.ts";
import { againstPart, evenWords, modelsPart, steeredPart, strataPart, worthPart, type Part } from "./reportedparts.ts";

/** What a run's mean is worth, and what studies that followed report: by how much people agree, steered, and of models with each other. */
export function reportedPanel(page: Page): Panel {
  const { overview, store } = page;
  const measures = select("Measure", (value) => store.set({ reported: value }));
  const even = html("p");
  const parts = ["what the mean is worth", "how much people agree", "the difference from another model", "steerability",
    "models with each other"].map((name) => {
    const [figure, heading] = [new Figure(name), html("h3")];
    const [words, frame] = [html("p", { class: "caveat" }), html("div", { class: "plot-frame" })];
    figure.body.append(frame);
    return { figure, heading, words, frame, whole: html("div", { hidden: true }, heading, words, figure.element) };
  });
  const [empty, refusedWords] = [html("p", { class: "note" }), html("p", { class: "refusal" })];
  const [worth, strata, against, steered, models] = parts.map((part) => part.whole);
  const element = html("div", {}, empty, refusedWords, worth!, html("div", { class: "controls" }, measures.element), strata!, even,
    against!, steered!, models!);
  // Any part may be hidden, and have no width then.
  onResize(element, () => void draw(store.state));

  async function draw(state: State): Promise<void> {
    const stored = await readReported();
    const { run } = state;
    if (store.state.run !== run) return;
    const known = stored?.measures(run) ?? [];
    empty.textContent = known.length > 0 ? "" : "This run is compared with no national sample, or was scored by an earlier version; "
      + "scored anew, it has here what later studies report.";
    measures.element.hidden = known.length < 2;
    const by = known.some(([name]) => name === state.reported) ? state.reported : known[0]?.[0] ?? state.reported;
    measures.fill(known, by);
    const { refusal } = judge(run, overview.rows(run));
    refusedWords.textContent = refusal ?? "";
    even.textContent = stored ? evenWords(stored.evenness(run, by), refusal === null) : "";
    const called = overview.rows(run).find(({ label }) => label === state.country)?.called ?? "";
    const colour = page.palette().sequential(0.7);
    const drawn = stored ? [worthPart(stored, state, called, colour), strataPart(stored.strata(run, by), run, colour),
      againstPart(stored.differences(run, state.base, by), run, state.base, colour), steeredPart(stored.steering(run, by), run, colour),
      modelsPart(stored, run, colour)] : parts.map(() => null);
    parts.forEach((part, index) => show(part, drawn[index]!, run));
  }

  function show(part: typeof parts[number], drawn: Part | null, run: Run): void {
    part.whole.hidden = drawn === null;
    if (!drawn) return;
    part.heading.textContent = drawn.title;
    part.words.textContent = drawn.words;
    const pictures = drawn.dots.length === 0 ? [] : [dotPlot({ label: `${drawn.title}: ${nameOf(run)}`, axis: drawn.axis, dots: drawn.dots,
      reversed: false, lines: [], width: Math.max(280, part.frame.clientWidth), choose: null })];
    part.frame.replaceChildren(...pictures);
    part.figure.describe({ title: `${drawn.title}: ${nameOf(run)}`, file: `${drawn.file}-run-${run.id}`,
      formula: "",
      caption: [...refused(judge(run, overview.rows(run)).refusal), source(overview, run), ...notice(overview, run)], key: [drawn.words],
      drawings: () => pictures.map((one) => [one]), table: () => drawn.table });
  }

  return { element, reads: ["run", "base", "country", "reported", "palette"], draw: (state) => void draw(state) };
}

