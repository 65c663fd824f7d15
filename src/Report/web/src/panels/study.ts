import { convention, pairedConvention } from "../convention.ts";
import type { Run } from "../data/overview.ts";
import { readPairing, type Pairing } from "../data/paired.ts";
import { button, html } from "../dom.ts";
import { Figure } from "../figures/figure.ts";
import { onResize } from "../figures/plot.ts";
import { count, signed } from "../format.ts";
import { drawKeys, drawLegend, keysOf, keyWords, type Key } from "../map/legend.ts";
import { drawSmallMaps, type SmallMap } from "../map/smallmaps.ts";
import { pairedTitle, title, valueOf, write } from "../measure.ts";
import { countryWords } from "../state/countries.ts";
import { askedAs, groupOf, isKnownAnswerer, nameOf, runGroups } from "../state/names.ts";
import { choose, facetOf, sameFacets } from "../state/runs.ts";
import type { State } from "../state/state.ts";
import { judge, refusalOfPair } from "../verdict.ts";
import { notice, source } from "../words.ts";
import { changeScale, changes, scaleFor, values, type Drawing } from "./map.ts";
import type { Page, Panel } from "./panel.ts";

const atOnce = 18;

/** A run of the picture, what it shows and, for differences, from what it is paired. */
interface Condition {
  run: Run;
  drawing: Drawing;
  pairing: Pairing | null;
}

/** The ways in which a model was asked, as small maps on one scale; as differences where the page shows a difference. */
export function studyPanel(page: Page): Panel {
  const { overview, store } = page;
  const figure = new Figure("the study");
  const [words, frame, legend] = [html("p", { class: "caveat" }), html("div", { class: "plot-frame" }), html("div", { class: "legend" })];
  let [all, turn] = [false, 0];
  const more = button("", () => { all = !all; draw(store.state); }, { class: "link more" });
  figure.body.append(words, legend, frame, more);
  const empty = html("p", { class: "note" });
  onResize(frame, () => draw(store.state));

  function draw(state: State): void {
    const runs = conditionsOf(overview.runs, state.run);
    empty.textContent = runs.length > 1 ? ""
      : "This model was asked in one way. Ask it as someone from a country, or in a language, and the ways stand beside each other here.";
    figure.element.hidden = runs.length < 2;
    more.hidden = runs.length <= atOnce;
    more.textContent = all ? "Show fewer" : `Show all ${count(runs.length)}`;
    if (runs.length > 1) void drawMaps(state, all ? runs : runs.slice(0, atOnce));
  }

  async function drawMaps(state: State, runs: Run[]): Promise<void> {
    const mine = ++turn;
    const base = state.view === "change" ? state.base : null;
    const shown = await (base === null ? each(state, runs) : differences(runs, base));
    if (mine !== turn) return;
    const heading = `${base === null ? title(state) : pairedTitle}: ${state.run.model}`;
    words.replaceChildren(...(base === null ? ["One scale for all: a colour means the same on each.", html("span", { class: "hint" },
      " Choose one to see it large; choose \u201Cdifference\u201D above to see what each changes.")]
      : [`Each less ${nameOf(base)}. Grey: cannot be told from 0.`]));
    const maps = shown.map((entry, index) => smallOf(entry, shown[index - 1], state, base));
    const picture = drawSmallMaps(heading, maps, page.shapes, state.disputed, Math.max(260, frame.clientWidth),
      (index) => store.set({ run: shown[index]!.run, ...(base === null ? {} : { base }) }));
    frame.replaceChildren(picture);
    const keys: Key[] = base !== null ? keysOf(state.run.thinBelow, true)
      : [["none", `no data, or thin: fewer than ${state.run.thinBelow} questions`]];
    const ruler = drawLegend({ ...shown[0]!.drawing.legend, lines: [] }, figure.body.clientWidth);
    legend.replaceChildren(ruler, drawKeys(keys));
    figure.describe({
      title: heading, file: `study-run-${state.run.id}`,
      formula: base === null ? convention(state, state.run) : pairedConvention,
      caption: [...shown.map(({ run }) => source(overview, run)),
        ...notice(overview, state.run)],
      key: [keyWords(keys)], drawings: () => [[ruler], [picture]], table: () => tableOf(shown, state, base),
    });
  }

  async function each(state: State, runs: readonly Run[]): Promise<Condition[]> {
    const scale = scaleFor(page, state, runs);
    return runs.map((run) => ({ run, pairing: null, drawing: values(state, run, overview.rows(run), scale, () => true) }));
  }

  async function differences(runs: readonly Run[], base: Run): Promise<Condition[]> {
    const pairs = await Promise.all(runs.filter((run) => run !== base).map(async (run) =>
      ({ run, pairing: await readPairing(overview, run, base) })));
    const scale = changeScale(page, pairs.map(({ pairing }) => pairing));
    return pairs.map(({ run, pairing }) => ({ run, pairing, drawing: changes(page, run, base, pairing, () => true, scale) }));
  }

  function smallOf({ run, drawing, pairing }: Condition, before: Condition | undefined, state: State, base: Run | null): SmallMap {
    const group = groupOf(run);
    const refusal = base === null ? judge(run, overview.rows(run)).refusal : refusalOfPair(run, base);
    const clear = overview.rows(run).filter(({ label }) => pairing?.of.get(label)?.clear && !pairing.of.get(label)!.thin);
    return {
      title: isKnownAnswerer(run) ? run.model : askedAs(run).replace(/^as a control: /, ""), places: drawing.places,
      chosen: run === state.run,
      note: refusal !== null ? "not a finding" : pairing ? `differs for ${countryWords(clear)}` : `run ${run.id}`,
      heading: before && groupOf(before.run) === group ? null : group,
    };
  }

  function tableOf(shown: readonly Condition[], state: State, base: Run | null) {
    const labels = [...new Set(shown.flatMap(({ run }) => overview.rows(run).map((row) => row.label)))].sort();
    const rows = shown.map(({ run }) => new Map(overview.rows(run).map((row) => [row.label, row])));
    const value = (index: number, label: string) => {
      const row = rows[index]!.get(label);
      return base === null ? (row ? valueOf(row, state) : null) : shown[index]!.pairing!.of.get(label)?.difference ?? null;
    };
    return {
      caption: `${base === null ? title(state) : `${pairedTitle}, less run ${base.id}`}`,
      columns: [{ name: "country", title: "Country" }, ...shown.map(({ run }) => ({ name: `run_${run.id}`, title: nameOf(run),
        write: (number: number) => (base === null ? write(number, state) : signed(number)) }))],
      rows: labels.map((label) => [label, ...shown.map((_, index) => value(index, label))]),
    };
  }

  return {
    element: html("div", {}, empty, figure.element), reads: ["run", "base", "show", "unit", "view", "disputed", "palette"], draw,
  };
}

/** A run of each way in which the model was asked, put as the run shown where there is one; what tests the method comes last. */
export function conditionsOf(runs: readonly Run[], run: Run): Run[] {
  const own = runs.filter((other) => sameFacets(other, run, "survey", "model"));
  const ways = new Map(own.map((other) => [facetOf(other, "asked"), other]));
  const known = runs.filter((other) => other.survey === run.survey && isKnownAnswerer(other) && !own.includes(other));
  const place = (other: Run) => runGroups.indexOf(groupOf(other));
  const name = (other: Run) => (isKnownAnswerer(other) ? other.model : askedAs(other));
  return [...[...ways.keys()].map((way) => choose(own, run, "asked", way)), ...known]
    .sort((a, b) => place(a) - place(b) || (name(a) < name(b) ? -1 : 1));
}
