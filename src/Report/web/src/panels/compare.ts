import { html } from "../dom.ts";
import { convention } from "../convention.ts";
import { readComparisons, type Difference } from "../data/extras.ts";
import type { Row, Run } from "../data/overview.ts";
import { dotPlot, type Dot } from "../figures/dots.ts";
import { Figure } from "../figures/figure.ts";
import { Fold } from "../figures/fold.ts";
import { onResize } from "../figures/plot.ts";
import { count, listOf, plural, pNumber, signed, thousandths } from "../format.ts";
import { drawLegend } from "../map/legend.ts";
import * as scales from "../map/scale.ts";
import { WorldMap } from "../map/worldmap.ts";
import { title, valueOf, write } from "../measure.ts";
import { fullNameOf, nameOf } from "../state/names.ts";
import type { State } from "../state/state.ts";
import { notice, source } from "../words.ts";
import { select } from "./controls.ts";
import { values } from "./map.ts";
import type { Page, Panel } from "./panel.ts";

interface Line {
  row: Row;
  difference: number;
  stored: Difference | null;
}

/** Two runs next to each other on one scale, and by how much each country is nearer to the first. */
export function comparePanel(page: Page): Panel {
  const { overview, store } = page;
  const [maps, paired] = [new Figure("the two maps"), new Figure("the differences")];
  const events = { select: (label: string) => store.set({ country: label }), hover: (iso3: string | null) => hover(iso3) };
  const [left, right] = [new WorldMap(page.shapes, events), new WorldMap(page.shapes, events)];
  const [leftName, rightName] = [html("p", { class: "map-title" }), html("p", { class: "map-title" })];
  const [legend, linked, verdict, frame, empty] = [
    html("div", { class: "legend" }),
    html("p", { class: "linked", "aria-hidden": "true" }),
    html("p"),
    html("div", { class: "plot-frame" }),
    html("p", { class: "note" }),
  ];
  const choice = select("Beside it", (id) => store.set({ other: overview.runs.find((run) => String(run.id) === id) ?? null }));
  maps.body.append(
    html("div", { class: "pair-of-maps" }, html("div", {}, leftName, left.element), html("div", {}, rightName, right.element)),
    linked,
    legend,
  );
  const fold = new Fold(() => draw(store.state));
  paired.body.append(verdict, frame, fold.element);
  const both = html("div", {}, maps.element, paired.element);
  const element = html("div", {}, choice.element, empty, both);
  onResize(frame, () => draw(store.state));

  function hover(iso3: string | null): void {
    left.highlight(iso3);
    right.highlight(iso3);
    const { run, other } = store.state;
    const find = (of: Run | null) =>
      of && iso3 !== null
        ? overview
            .rows(of)
            .filter((row) => row.iso3 === iso3 && row.national)
            .sort((a, b) => b.n - a.n)[0]
        : undefined;
    const [a, b] = [find(run), find(other)];
    const name = (a ?? b)?.label;
    linked.textContent =
      name === undefined
        ? ""
        : `${name}: ${a ? write(valueOf(a, store.state), store.state) : "\u2013"} left, `
          + `${b ? write(valueOf(b, store.state), store.state) : "\u2013"} right`;
  }

  function draw(state: State): void {
    const { run, other } = state;
    const others = overview.runs.filter((entry) => entry !== run && entry.survey === run.survey);
    choice.element.hidden = others.length === 0;
    both.hidden = other === null;
    empty.textContent =
      other === null
        ? "The results file holds one run of this survey. Run another model, or ask this one in another way, "
          + "and the two stand side by side here."
        : "";
    if (other === null) return;
    choice.fill(others.map((entry) => [String(entry.id), fullNameOf(entry)]), String(other.id));
    drawMaps(state, other);
    void drawPaired(state, other);
  }

  function drawMaps(state: State, other: Run): void {
    const { run } = state;
    const sets = [overview.rows(run), overview.rows(other)];
    const drawings = sets.map((rows) => values(page, state, rows, sets, (iso3) => left.draws(iso3)));
    [[left, leftName, run], [right, rightName, other]].forEach((entry, index) => {
      const [map, name, of] = entry as [WorldMap, HTMLElement, Run];
      name.textContent = nameOf(of);
      map.show(`World map. ${title(state)}: ${fullNameOf(of)}.`, drawings[index]!.places, state.country);
    });
    const ruler = drawLegend({ ...drawings[0]!.legend, lines: [] }, maps.body.clientWidth);
    legend.replaceChildren(ruler);
    const [mine, theirs] = sets.map((rows) => new Map(rows.map((row) => [row.label, row])));
    maps.describe({
      title: `${title(state)}: ${nameOf(run)} and ${nameOf(other)}`,
      file: `runs-${run.id}-and-${other.id}`,
      caption: [
        convention(state, run),
        `Left: ${source(overview, run)}`,
        `Right: ${source(overview, other)}`,
        "Both maps share one scale.",
        ...notice(overview, run),
      ],
      drawings: () => [[left.picture, right.picture], [ruler]],
      table: () => ({
        caption: `${title(state)}: run ${run.id} and run ${other.id}`,
        columns: [
          { name: "country", title: "Country" },
          { name: "n", title: `n, run ${run.id}`, write: count },
          { name: `run_${run.id}`, title: nameOf(run), write: (value) => write(value, state) },
          { name: "n_other", title: `n, run ${other.id}`, write: count },
          { name: `run_${other.id}`, title: nameOf(other), write: (value) => write(value, state) },
        ],
        rows: [...new Set([...mine!.keys(), ...theirs!.keys()])].sort().map((label) => {
          const [a, b] = [mine!.get(label), theirs!.get(label)];
          return [label, a?.n ?? null, a ? valueOf(a, state) : null, b?.n ?? null, b ? valueOf(b, state) : null];
        }),
      }),
    });
  }

  async function drawPaired(state: State, other: Run): Promise<void> {
    const { run } = state;
    const stored = (await readComparisons())?.of(run, other) ?? [];
    if (store.state.run !== run || store.state.other !== other) return;
    const lines = linesOf(overview.rows(run), overview.rows(other), stored);
    const overall = stored.find((entry) => entry.country === null);
    verdict.textContent = verdictOf(run, other, lines, overall);
    const scale = scales.diverging(lines.map((line) => line.difference), page.palette().diverging, false);
    const dots = fold
      .take(lines, ({ row }) => row.label === state.country)
      .map(({ row, difference, stored: pair }): Dot => ({
        name: row.label,
        value: difference,
        low: pair?.low == null ? null : pair.low / 1000,
        high: pair?.high == null ? null : pair.high / 1000,
        before: null,
        colour: scale.colour(difference),
        faint: pair !== null && !isClear(pair),
        chosen: row.label === state.country,
        words:
          `${row.label}: ${signed(difference)} bits`
          + `${pair?.low == null || pair.high === null ? "" : `, 95 % interval ${signed(pair.low / 1000)} to ${signed(pair.high / 1000)}`}`,
      }));
    const picture = dotPlot({
      label: `Difference in plain means, ${nameOf(run)} minus ${nameOf(other)}, in bits`,
      axis: "Difference in plain means (bits): right = nearer to the first",
      dots,
      reversed: false,
      lines: [{ value: 0, label: "no difference" }],
      width: Math.max(280, frame.clientWidth),
      choose: (name) => store.set({ country: name }),
    });
    frame.replaceChildren(picture);
    paired.describe({
      title: `Difference in plain means: ${nameOf(run)} minus ${nameOf(other)}`,
      file: `difference-${run.id}-${other.id}`,
      caption: [
        "Plain mean of similarity in bits to each country: the first run\u2019s minus the second\u2019s.",
        ...(stored.length > 0
          ? ["Bars: 95 % intervals, paired by question. Pale: not distinguishable from no difference after Holm\u2019s correction."]
          : ["The results file holds no paired intervals for these two runs: the differences may be chance."]),
        `First: ${source(overview, run)}`,
        `Second: ${source(overview, other)}`,
        ...notice(overview, run),
      ],
      drawings: () => [[picture]],
      table: () => ({
        caption: `Plain means in bits: run ${run.id} minus run ${other.id}`,
        columns: [
          { name: "country", title: "Country" },
          { name: "n", title: "n", write: count },
          { name: "difference_bits", title: "Difference, bits", write: signed },
          { name: "low", title: "95 % from", write: signed },
          { name: "high", title: "95 % to", write: signed },
          { name: "p_holm", title: "p (Holm)", write: pNumber },
        ],
        rows: lines.map(({ row, difference, stored: pair }) => [
          row.label,
          pair?.n ?? null,
          difference,
          over(pair?.low),
          over(pair?.high),
          over(pair?.p),
        ]),
      }),
    });
  }

  return { element, reads: ["run", "other", "show", "unit", "country", "palette"], draw };
}

const over = (value: number | null | undefined): number | null => (value == null ? null : value / 1000);

const isClear = (pair: Difference): boolean => pair.p !== null && pair.p < 50;

/** National samples with enough questions in both runs, by falling difference. */
function linesOf(first: readonly Row[], second: readonly Row[], stored: readonly Difference[]): Line[] {
  const theirs = new Map(second.map((row) => [row.label, row]));
  const pairs = new Map(stored.map((entry) => [entry.country, entry]));
  return first.filter((row) => row.rank !== null && theirs.get(row.label)?.rank != null).map((row) => {
    const pair = pairs.get(row.country) ?? null;
    return { row, stored: pair, difference: pair ? pair.difference / 1000 : row.bits - theirs.get(row.label)!.bits };
  }).sort((a, b) => b.difference - a.difference);
}

function verdictOf(run: Run, other: Run, lines: readonly Line[], overall: Difference | undefined): string {
  const clear = lines.filter((line) => line.stored && isClear(line.stored));
  const sentences: string[] = [];
  if (overall) {
    sentences.push(
      `Over all countries, ${nameOf(run)} is ${thousandths(Math.abs(overall.difference))} bits `
        + `${overall.difference < 0 ? "less" : "more"} similar to people than ${nameOf(other)}`
        + `${overall.low === null || overall.high === null
          ? "" : ` (95 % interval ${signed(overall.low / 1000)} to ${signed(overall.high / 1000)})`}.`,
    );
  }
  if (lines.some((line) => line.stored)) {
    const names = clear.slice(0, 3).map((line) => line.row.label);
    sentences.push(
      clear.length === 0
        ? `For none of ${plural(lines.length, "country", "countries")} can the two be told apart.`
        : `They can be told apart for ${count(clear.length)} of ${plural(lines.length, "country", "countries")}, `
          + `${clear.length > 3 ? "among them " : ""}${listOf(names)} (p below ${thousandths(50)} after Holm\u2019s correction).`,
    );
  }
  return sentences.join(" ");
}
