import { html } from "../dom.ts";
import { convention, pairedConvention } from "../convention.ts";
import type { Difference } from "../data/extras.ts";
import type { Row, Run } from "../data/overview.ts";
import { readPairing, sameQuestions, type Pairing } from "../data/paired.ts";
import { dotPlot } from "../figures/dots.ts";
import { Figure } from "../figures/figure.ts";
import { Fold } from "../figures/fold.ts";
import { onResize } from "../figures/plot.ts";
import { count, listOf, plural, signed, thousandths } from "../format.ts";
import { disputedRule } from "../map/disputed.ts";
import { disputedKey, drawKeys, drawLegend, keysOf, keyWords } from "../map/legend.ts";
import { WorldMap } from "../map/worldmap.ts";
import { pairedTitle, title, valueOf, write } from "../measure.ts";
import { sampleWords } from "../state/countries.ts";
import { nameOf } from "../state/names.ts";
import type { State } from "../state/state.ts";
import { fewestQuestions, judge, refusalOfPair } from "../verdict.ts";
import { notice, source } from "../words.ts";
import { scaleFor, values } from "./map.ts";
import { pairedDots, pairedKey, pairedTable, type PairedLine } from "./paired.ts";
import type { Page, Panel } from "./panel.ts";

/** Two runs next to each other on one scale, and by how much each country is nearer to the first. */
export function comparePanel(page: Page): Panel {
  const { overview, store } = page;
  const [maps, paired] = [new Figure("the two maps"), new Figure("the differences")];
  const events = { select: (label: string) => store.set({ country: label }), hover: (iso3: string | null) => hover(iso3) };
  const [left, right] = [new WorldMap(page.shapes, events), new WorldMap(page.shapes, { ...events, aside: true })];
  const [leftName, rightName] = [html("p", { class: "map-title" }), html("p", { class: "map-title" })];
  const [legend, linked, verdict, frame, empty] = [
    html("div", { class: "legend" }),
    html("p", { class: "linked", "aria-hidden": "true" }),
    html("p", { class: "of-pair" }),
    html("div", { class: "plot-frame" }),
    html("p", { class: "note" }),
  ];
  const different = html("p", { class: "caveat" });
  maps.body.append(
    html("div", { class: "pair-of-maps" }, html("div", {}, leftName, left.element), html("div", {}, rightName, right.element)),
    linked,
    legend,
    different,
  );
  const fold = new Fold(() => draw(store.state));
  paired.body.append(frame, fold.element);
  const both = html("div", {}, maps.element, verdict, paired.element);
  const element = html("div", {}, empty, both);
  onResize(frame, () => draw(store.state));

  function hover(iso3: string | null): void {
    left.highlight(iso3);
    right.highlight(iso3);
    const { run, base: other } = store.state;
    const find = (of: Run | null) =>
      of && iso3 !== null
        ? overview
            .rows(of)
            .filter((row) => row.iso3 === iso3 && row.national)
            .sort((a, b) => b.n - a.n)[0]
        : undefined;
    const [a, b] = [find(run), find(other)];
    const name = (a ?? b)?.called;
    linked.textContent =
      name === undefined
        ? ""
        : `${name}: ${a ? write(valueOf(a, store.state), store.state) : "\u2013"} left, `
          + `${b ? write(valueOf(b, store.state), store.state) : "\u2013"} right`;
  }

  function draw(state: State): void {
    const { run, base: other } = state;
    both.hidden = other === null;
    // What asks for a click does not go on paper.
    empty.replaceChildren(...other !== null ? []
      : overview.runs.some((entry) => entry !== run && entry.survey === run.survey)
        ? ["This run is compared with no other.", html("span", { class: "hint" },
          " Choose one at the top of the page, and the two stand side by side here.")]
        : ["The results file holds one run of this survey. Run another model, or ask this one in another way, "
          + "and the two stand side by side here."]);
    if (other === null) return;
    drawMaps(state, other);
    void drawPaired(state, other);
  }

  function drawMaps(state: State, other: Run): void {
    const { run } = state;
    const sets = [overview.rows(run), overview.rows(other)];
    // Means over different questions differ by these alone: neither map colours such a country.
    const asked = sets.map((rows) => new Map(rows.map((row) => [row.label, row])));
    const comparable = (row: Row) => asked.every((rows) => {
      const entry = rows.get(row.label);
      return entry === undefined || sameQuestions(entry, row);
    });
    const scale = scaleFor(page, state, [run, other]);
    const drawings = sets.map((rows, index) => values(state, [run, other][index]!, rows, scale, (iso3) => left.draws(iso3), comparable));
    const apart = sets[0]!.filter((row) => row.national && !comparable(row));
    different.textContent = apart.length === 0 ? ""
      : `Not coloured on either map: ${sampleWords(apart)} for which the two runs `
        + "answered different questions, so that their means differ by these alone.";
    [[left, leftName, run], [right, rightName, other]].forEach((entry, index) => {
      const [map, name, of] = entry as [WorldMap, HTMLElement, Run];
      // Without this a run that nothing is said of looks like one without data.
      const refused = judge(of, overview.rows(of)).refusal !== null;
      name.textContent = `${nameOf(of)}${refused ? ": not a finding" : ""}`;
      map.show(`World map. ${title(state)}: ${nameOf(of)}.`, drawings[index]!.places, state.country, null, state.disputed);
    });
    const ruler = drawLegend({ ...drawings[0]!.legend, lines: [] }, maps.body.clientWidth);
    const keys = [...keysOf(run.thinBelow, false), ...disputedKey(state.disputed)];
    legend.replaceChildren(ruler, drawKeys(keys));
    const [mine, theirs] = asked;
    maps.describe({
      title: `${title(state)}: ${nameOf(run)} and ${nameOf(other)}`,
      file: `runs-${run.id}-and-${other.id}`,
      formula: convention(state, run),
      caption: [
        `Left: ${source(overview, run)}`,
        `Right: ${source(overview, other)}`,
        "Both maps share one scale.",
        disputedRule,
        ...(apart.length === 0 ? [] : [different.textContent]),
        ...notice(overview, run),
      ],
      key: [keyWords(keys)],
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
    const pairing = await readPairing(overview, run, other);
    if (store.state.run !== run || store.state.base !== other) return;
    const { dots, kept, few } = pairedDots(page, state, other, pairing, fold);
    const refusal = refusalOfPair(run, other);
    // Without a difference to draw there is but an axis.
    paired.element.hidden = dots.length === 0;
    verdict.textContent = refusal ?? [verdictOf(run, other, kept, pairing), few].join(" ");
    const picture = dotPlot({
      label: `${pairedTitle}: ${nameOf(run)} minus ${nameOf(other)}`,
      axis: "Difference (bits): right = nearer to the first",
      dots,
      reversed: false,
      lines: [{ value: 0, label: "no difference" }],
      width: Math.max(280, frame.clientWidth),
      choose: (name) => store.set({ country: name }),
    });
    frame.replaceChildren(picture);
    paired.describe({
      title: `${pairedTitle}: ${nameOf(run)} minus ${nameOf(other)}`,
      file: `difference-${run.id}-${other.id}`,
      formula: pairedConvention,
      caption: [pairedKey(pairing), `First: ${source(overview, run)}`, `Second: ${source(overview, other)}`,
        ...notice(overview, run)],
      drawings: () => [[picture]],
      table: () => pairedTable(run, other, kept),
    });
  }

  return { element, reads: ["run", "base", "show", "unit", "country", "disputed", "palette"], draw };
}

function verdictOf(run: Run, other: Run, lines: readonly PairedLine[], { overall, stored }: Pairing): string {
  const clear = lines.filter((line) => line.clear);
  const sentences: string[] = [];
  if (overall) sentences.push(overallWords(run, other, overall));
  if (stored && lines.length > 0) {
    const names = clear.slice(0, 3).map((line) => line.called);
    sentences.push(
      clear.length === 0
        ? `For none of ${sampleWords(lines)} can the two be told apart.`
        : `They can be told apart for ${count(clear.length)} of ${sampleWords(lines)}, `
          + `${clear.length > 3 ? "among them " : ""}${listOf(names)} (p below ${thousandths(50)} after Holm\u2019s correction).`,
    );
  }
  return sentences.join(" ");
}

/** Which of the two is nearer to people, where that is shown. */
export function overallWords(run: Run, other: Run, { n, difference, low, high, clear }: Difference): string {
  if (n < fewestQuestions) return `Too few questions to say which of the two is nearer to people: both answered ${plural(n, "question")}.`;
  const by = `${signed(difference / 1000)} bits`
    + `${low === null || high === null ? "" : ` (95 % interval ${signed(low / 1000)} to ${signed(high / 1000)})`}`;
  const start = `Over all countries, ${nameOf(run)} is`;
  return clear ? `${start} ${difference < 0 ? "farther from" : "nearer to"} people than ${nameOf(other)}: ${by}.`
    : `${start} not shown to be nearer to people than ${nameOf(other)}, or farther from them: ${by}.`;
}
