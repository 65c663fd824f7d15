import { html } from "../dom.ts";
import { convention, pairedConvention } from "../convention.ts";
import { readGroups, type Group, type Grouping } from "../data/extras.ts";
import { readMeasures } from "../data/measures.ts";
import type { Row, Run } from "../data/overview.ts";
import { readPairing, sameQuestions, type Pairing } from "../data/paired.ts";
import { dotPlot, type Dot } from "../figures/dots.ts";
import { Figure } from "../figures/figure.ts";
import { drawnOf, Fold, withGaps } from "../figures/fold.ts";
import { onResize } from "../figures/plot.ts";
import type { Table } from "../figures/table.ts";
import { count, plural } from "../format.ts";
import * as scales from "../map/scale.ts";
import {
  intervalOf, linesOf, pairedTitle, plainBits, title, uniformOf, usualShow, valueOf, write, writeInterval, writePlaces, type Measure,
} from "../measure.ts";
import { byCountry, countriesIn, sampleWords } from "../state/countries.ts";
import { nameOf } from "../state/names.ts";
import type { Lines, State } from "../state/state.ts";
import { judge, possiblyFirst, refusalOfPair } from "../verdict.ts";
import { captionOf, notice, refused, source } from "../words.ts";
import { segments, select } from "./controls.ts";
import { scaleOf } from "./map.ts";
import { dotsOf, linesOf as measuredLines, measuredTable } from "./measured.ts";
import { pairedDots, pairedKey, pairedTable } from "./paired.ts";
import type { Page, Panel } from "./panel.ts";
import { rankingTable } from "./tables.ts";

const plain = (value: number): string => write(value, plainBits);

const measured = (rows: readonly Row[]) => rows.filter((row) => row.rank !== null);

/** The list for those who would rather read one than a map: a dot with its interval per country, region, topic or study. */
export function rankingPanel(page: Page): Panel {
  const { overview, store } = page;
  const figure = new Figure("the ranking");
  const caveat = html("p", { class: "caveat" });
  const frame = html("div", { class: "plot-frame" });
  let turn = 0;
  const choice = segments<Lines>(
    "One line per",
    [
      ["country", "country"],
      ["region", "region"],
      ["topic", "topic"],
      ["source", "study"],
    ],
    (value) => store.set({ lines: value }),
  );
  const measures = select("By", (value) => store.set({ by: value }));
  measures.element.hidden = true;
  const fold = new Fold(() => draw(store.state));
  figure.body.append(html("div", { class: "controls" }, choice.element, measures.element), caveat, frame, fold.element);
  onResize(frame, () => draw(store.state));

  function draw(state: State): void {
    choice.show(state.lines);
    void offer(state);
    if (state.lines !== "country") void groups(state, state.lines);
    else if (state.by === "") void countries(state);
    else void byMeasure(state);
  }

  async function offer({ run, lines, by }: State): Promise<void> {
    const stored = (await readMeasures())?.of(run) ?? [];
    if (store.state.run !== run) return;
    measures.element.hidden = stored.length === 0 || lines !== "country";
    measures.fill([["", "what the map shows"], ...stored.map(({ name, title: words }): [string, string] => [name, words])], by);
  }

  async function byMeasure(state: State): Promise<void> {
    const stored = await readMeasures();
    const { run, country, by } = state;
    if (store.state.lines !== "country" || store.state.by !== by || store.state.run !== run) return;
    const measure = stored?.of(run).find(({ name }) => name === by);
    if (!stored || !measure) {
      store.set({ by: "" }, true);
      return;
    }
    const found = measuredLines(overview.surveys[run.survey]!.countries, stored.rows(run, measure.name), measure);
    const [ranked, unranked] = [found.filter((line) => line.ranked), found.filter((line) => !line.ranked)];
    const folded = fold.take(ranked, (line) => line.label === country);
    const kept = [...folded, ...unranked.filter((line) => folded.length === ranked.length || line.label === country)];
    const colours = dotsOf(found, measure, page.palette().sequential, country);
    const axis = `${measure.title} (${measure.unit})`;
    const picture = dotPlot({
      label: `${axis} of ${nameOf(run)} to ${sampleWords(drawnOf(kept))}`, axis,
      dots: withGaps(kept, (line) => colours[found.indexOf(line)]!),
      reversed: !measure.moreIsNearer, lines: [], width: Math.max(280, frame.clientWidth), choose: (name) => store.set({ country: name }),
    });
    const { refusal, hidden } = judge(run, overview.rows(run));
    const key = hidden ? [] : ["Nearer is at the right. Upright stroke: the random guesser on the same questions. "
      + "Bars are 95 % intervals; countries were asked different questions, so neighbours may differ by these alone."];
    frame.replaceChildren(...(hidden ? [] : [picture]));
    caveat.textContent = [...refused(refusal), ...key].join(" ");
    figure.describe({
      title: `${measure.title}: ${nameOf(run)}`, file: `${measure.name}-run-${run.id}`,
      formula: `${measure.title}: ${measure.description}`,
      caption: [...refused(refusal), "Mean over the questions that model and country both answered and that the measure applies to.",
        source(overview, run), ...notice(overview, run)],
      key, drawings: () => (hidden ? [] : [[picture]]), table: () => measuredTable(found, measure),
    });
  }

  async function countries(state: State): Promise<void> {
    const { run, base } = state;
    const mine = ++turn;
    const pairing = base ? await readPairing(overview, run, base) : null;
    if (mine !== turn) return;
    if (state.view === "change" && base && pairing) return differences(state, base, pairing);
    const measure: Measure = state;
    const rows = overview.rows(run);
    const value = (row: Row) => valueOf(row, measure);
    // One country, one line: the sample with the most questions, and the others as rings on it.
    const samples = new Map(byCountry(rows.filter((row) => Number.isFinite(value(row)))));
    const shown = [...samples.keys()];
    shown.sort(
      (a, b) =>
        Number(a.rank === null) - Number(b.rank === null)
        || (measure.show === "rank" ? value(a) - value(b) : value(b) - value(a)),
    );
    const scale = scaleOf(page, state);
    const { hidden } = judge(run, rows);
    const earlier = new Map((base && state.view !== "now" ? overview.rows(base) : []).map((row) => [row.label, row]));
    // Those without a rank follow when all are asked for, or when there is nobody else.
    const [ranked, unranked] = [shown.filter((row) => row.rank !== null), shown.filter((row) => row.rank === null)];
    const kept = fold.take(ranked, (row) => row.label === state.country);
    const whole = drawnOf(kept).length === ranked.length;
    const lined = [...kept, ...unranked.filter((row) => whole || row.label === state.country)];
    // Places belong to a list that goes by them.
    const placed = measure.show === "rank" || measure.show === usualShow(run);
    const own = measure.show === "similarity";
    const dots = withGaps(lined, (row): Dot => {
      const places = placed ? writePlaces(row) : "";
      const interval = intervalOf(row, measure);
      const old = earlier.get(row.label);
      const uniform = uniformOf(row, measure);
      return {
        name: row.label,
        shown: row.called,
        parts: (samples.get(row) ?? []).map((part) => ({ name: part.label, value: value(part), words: `${part.called}: `
          + `${write(value(part), measure)}, n = ${count(part.n)}` })),
        value: value(row),
        low: interval?.[0] ?? null,
        high: interval?.[1] ?? null,
        before: old && sameQuestions(row, old) ? valueOf(old, measure) : null,
        ...(own ? { own: uniform } : {}),
        colour: scale.colour(value(row)),
        faint: row.rank === null,
        chosen: row.label === state.country,
        words:
          `${row.called}: ${write(value(row), measure)}${interval ? `, 95 % interval ${writeInterval(interval, measure)}` : ""}, `
          + `${own ? `random guesser ${write(uniform, measure)}, ` : ""}n = ${count(row.n)}`
          + `${row.rank === null ? ", not ranked" : places === "" ? "" : `, may be ${places}`}`,
        note: places,
      };
    });
    const picture = dotPlot({
      label: `${title(measure)} of ${nameOf(run)} to ${sampleWords(drawnOf(lined))}`,
      axis: title(measure),
      dots,
      reversed: measure.show === "rank",
      lines: measure.show === "beyond" || measure.show === "skill"
        ? linesOf(rows, measure).map(({ label, low }) => ({ label, value: low })) : [],
      notes: "may be",
      width: Math.max(280, frame.clientWidth),
      choose: (name) => store.set({ country: name }),
    });
    // An order of numbers that say nothing would be read as a ranking; the table has them.
    frame.replaceChildren(...(hidden ? [] : [picture]));
    const key = hidden ? [] : [
      ...(own ? ["Upright stroke: the random guesser, each country\u2019s own."] : []),
      ...(shown.some((row) => (samples.get(row) ?? []).length > 0) ? ["Ring: another sample of the same country."] : []),
      ...(earlier.size > 0 ? ["Hollow: the run compared with, where both answered the same questions."] : []),
    ];
    caveat.textContent = [caveatOf(run, rows), ...key].join(" ");
    figure.describe({
      title: `${title(measure)}: ${nameOf(run)}`, file: `ranking-run-${run.id}`, formula: convention(measure, run),
      caption: captionOf(overview, run, rows),
      key: hidden ? [] : ["Bars: 95 % intervals. Pale: not ranked.", ...key],
      drawings: () => (hidden ? [] : [[picture]]), table: () => rankingTable(overview, run, base, pairing, measure),
    });
  }

  /** The differences that the map shows, in the map's colours. */
  function differences(state: State, base: Run, pairing: Pairing): void {
    const { run } = state;
    const { dots, kept, few } = pairedDots(page, state, base, pairing, fold);
    const picture = dotPlot({
      label: `${pairedTitle}: ${nameOf(run)} minus ${nameOf(base)}`, axis: pairedTitle, dots, reversed: false,
      lines: [{ value: 0, label: "no difference" }], width: Math.max(280, frame.clientWidth),
      choose: (name) => store.set({ country: name }),
    });
    const refusal = refusalOfPair(run, base);
    // Without a difference to draw there is but an axis.
    const pictures = dots.length === 0 ? [] : [picture];
    frame.replaceChildren(...pictures);
    caveat.textContent = [...refused(refusal), `${nameOf(run)}, minus ${nameOf(base)}.`, pairedKey(pairing), few]
      .join(" ");
    figure.describe({
      title: `${pairedTitle}: ${nameOf(run)} minus ${nameOf(base)}`, file: `ranking-difference-${run.id}-${base.id}`,
      formula: pairedConvention,
      caption: [...refused(refusal), `First: ${source(overview, run)}`, `Second: ${source(overview, base)}`, ...notice(overview, run)],
      key: [pairedKey(pairing), few], drawings: () => pictures.map((one) => [one]), table: () => pairedTable(run, base, kept),
    });
  }

  async function groups(state: State, grouping: Grouping): Promise<void> {
    const stored = await readGroups();
    if (store.state.lines !== grouping || store.state.run !== state.run) return;
    const { run } = state;
    fold.element.hidden = true;
    const found = (stored?.of(run, grouping) ?? []).sort((a, b) => b.bits - a.bits);
    if (found.length === 0) {
      caveat.textContent =
        `This results file holds no means by ${grouping === "source" ? "study" : grouping} for this run; scoring it anew computes them.`;
      frame.replaceChildren();
      figure.describe({ title: `No means by ${grouping}: ${nameOf(run)}`, file: "groups", formula: "", caption: [source(overview, run)],
        drawings: () => [], table: () => groupTable([]) });
      return;
    }
    const scale = scales.sequential(found.map((group) => group.bits), page.palette().sequential);
    const dots = found.map((group): Dot => ({
      name: group.name,
      value: group.bits,
      low: Number.isNaN(group.low) ? null : group.low,
      high: Number.isNaN(group.high) ? null : group.high,
      before: null,
      own: group.uniformBits,
      colour: scale.colour(group.bits),
      faint: false,
      chosen: false,
      words: `${group.name}: ${plain(group.bits)} bits, random guesser ${plain(group.uniformBits)}, n = ${count(group.n)}`,
    }));
    const picture = dotPlot({
      label: `${title(plainBits)} of ${nameOf(run)} by ${grouping}`,
      axis: title(plainBits),
      dots,
      reversed: false,
      lines: [],
      width: Math.max(280, frame.clientWidth),
      choose: null,
    });
    const { refusal, hidden } = judge(run, overview.rows(run));
    const key = hidden ? [] : ["Upright stroke: the random guesser on the same questions. Regions and topics hold different questions, "
      + "so compare each dot with its own stroke."];
    frame.replaceChildren(...(hidden ? [] : [picture]));
    caveat.textContent = [...refused(refusal), ...key].join(" ");
    figure.describe({
      title: `${title(plainBits)} by ${grouping}: ${nameOf(run)}`,
      file: `${grouping}-run-${run.id}`,
      formula: convention(plainBits, run),
      caption: [
        ...refused(refusal),
        "Mean over questions of the mean over samples; samples that are not national are left out.",
        source(overview, run),
        ...notice(overview, run),
      ],
      key,
      drawings: () => (hidden ? [] : [[picture]]),
      table: () => groupTable(found),
    });
  }

  return { element: figure.element, reads: ["run", "base", "show", "unit", "view", "country", "lines", "by", "palette"], draw };
}

function caveatOf(run: Run, rows: readonly Row[]): string {
  const [first, unranked] = [countriesIn(possiblyFirst(rows)), rows.length - measured(rows).length];
  const { refusal } = judge(run, rows);
  if (unranked === rows.length) return refusal ?? "";
  const sentences = [
    !rows.some((row) => row.rankLow !== null)
      ? "No intervals are stored for this run, so neighbours may differ by chance alone."
      // Where there is no finding, nobody may be first.
      : refusal !== null ? refusal
      : first > 1
        ? `${count(first)} countries may be first: this survey cannot say which is.`
        : "Bars are 95 % intervals; where they overlap, the order may be chance.",
  ];
  if (unranked > 0)
    sentences.push(`Pale or left out: ${plural(unranked, "label")} not ranked `
      + `(fewer than ${run.thinBelow} questions, or not a national sample).`);
  return sentences.join(" ");
}

const groupTable = (groups: readonly Group[]): Table => ({
  caption: `${title(plainBits)} by group`,
  columns: [
    { name: "group", title: "Group" },
    { name: "n", title: "n questions", write: count },
    { name: "samples", title: "Samples", write: count },
    { name: "similarity_bits", title: "Plain mean, bits", write: plain },
    { name: "low", title: "95 % from", write: plain },
    { name: "high", title: "95 % to", write: plain },
    { name: "uniform_similarity_bits", title: "Random guesser, bits", write: plain },
  ],
  rows: groups.map((group) => [group.name, group.n, group.countries, group.bits, group.low, group.high, group.uniformBits]),
});
