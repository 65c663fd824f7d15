import { html } from "../dom.ts";
import { convention } from "../convention.ts";
import type { Row, Run } from "../data/overview.ts";
import { dotPlot, type Dot } from "../figures/dots.ts";
import { Figure } from "../figures/figure.ts";
import { onResize } from "../figures/plot.ts";
import { drawTable, type Table } from "../figures/table.ts";
import { count, listOf, percent, plural } from "../format.ts";
import { intervalOf, title, usualShow, valueOf, write, writeInterval, type Measure } from "../measure.ts";
import { countriesIn, countryWords } from "../state/countries.ts";
import { nameOf } from "../state/names.ts";
import { sameFacets } from "../state/runs.ts";
import type { State } from "../state/state.ts";
import { judge, namesOf, nearerThanUniform, possiblyFirst, rankedOf } from "../verdict.ts";
import { notice, source } from "../words.ts";
import type { Page, Panel } from "./panel.ts";

const namesShown = 5;

/** Models that were asked the same, side by side: what may be said of each, and how near each is to the country chosen. */
export function modelsPanel(page: Page): Panel {
  const { overview, store } = page;
  const figure = new Figure("the models");
  const [table, words, frame] = [html("div", { class: "beside" }), html("p", { class: "caveat" }), html("div", { class: "plot-frame" })];
  figure.body.append(words, frame);
  const empty = html("p", { class: "note" });
  const element = html("div", {}, table, empty, figure.element);
  onResize(frame, () => draw(store.state));

  function draw(state: State): void {
    const { run, country } = state;
    const runs = overview.runs.filter((other) => other === run || sameFacets(other, run, "survey", "asked", "variant"));
    const alone = new Set(runs.map((other) => other.modelSha256)).size < 2;
    empty.textContent = alone ? "The results file holds one model that was asked so. Run another, and they stand side by side here."
      : country === null ? "Choose a country to see how near each model is to it." : "";
    // What asks for a click does not go on paper.
    empty.classList.toggle("hint", !alone);
    table.replaceChildren(...(alone ? [] : [drawTable(verdictTable(runs))]));
    const measure: Measure = { show: usualShow(run), unit: "bits" };
    const silent = runs.filter((of) => judge(of, overview.rows(of)).hidden);
    const spoken = runs.filter((of) => !silent.includes(of));
    const lines = country === null || alone ? []
      : linesTo(spoken, country).sort((a, b) => valueOf(b.row, measure) - valueOf(a.row, measure));
    figure.element.hidden = lines.length === 0;
    if (country === null || lines.length === 0) return;
    const { called } = lines[0]!.row;
    const picture = dotPlot({
      label: `${title(measure)} to ${called}, by model`, axis: title(measure), reversed: false,
      lines: measure.show === "beyond" ? [{ value: 0, label: "random guesser" }] : [],
      width: Math.max(280, frame.clientWidth),
      dots: lines.map(({ of, row }) => dotOf(of, row, measure, of === run)),
      choose: (name) => store.set({ run: runs.find((other) => nameOf(other) === name) ?? run }),
    });
    frame.replaceChildren(picture);
    words.textContent = `How near each model is to ${called}. Bars are 95 % intervals; models that answered other questions may differ `
      + `by these alone. Side by side has their paired differences.${silentWords(silent)}`;
    figure.describe({
      title: `${title(measure)} to ${called}, by model`, file: `models-${country}`,
      formula: convention(measure, run),
      caption: [...lines.map(({ of }) => source(overview, of)), ...notice(overview, run)],
      key: [`Bars: 95 % intervals. Pale: not ranked.${silentWords(silent)}`],
      drawings: () => [[picture]], table: () => countryTable(called, lines, measure),
    });
  }

  function linesTo(runs: readonly Run[], country: string): { of: Run; row: Row }[] {
    return runs.flatMap((of) => {
      const row = overview.rows(of).find((entry) => entry.label === country);
      return row ? [{ of, row }] : [];
    });
  }

  function dotOf(of: Run, row: Row, measure: Measure, chosen: boolean): Dot {
    const interval = intervalOf(row, measure);
    return {
      name: nameOf(of), value: valueOf(row, measure), low: interval?.[0] ?? null, high: interval?.[1] ?? null, before: null,
      colour: page.palette().sequential(0.7), faint: row.rank === null, chosen,
      words: `${nameOf(of)}: ${write(valueOf(row, measure), measure)}, `
        + `${interval ? `95 % interval ${writeInterval(interval, measure)}, ` : ""}n = ${count(row.n)}`
        + `${row.rank === null ? ", not ranked" : ""}`,
    };
  }

  /** What the page would say first of each model. */
  function verdictTable(runs: readonly Run[]): Table {
    return {
      caption: `What may be said of ${plural(runs.length, "run")} that were asked the same`,
      columns: [
        { name: "run", title: "Model" }, { name: "first", title: "May be first" },
        { name: "nearer", title: "Countries nearer than to a random guesser", write: count },
        { name: "ranked", title: "Countries ranked", write: count }, { name: "off_menu", title: "Off-menu mass", write: percent },
        { name: "questions", title: "Questions", write: count },
      ],
      rows: runs.map((of) => {
        const rows = overview.rows(of);
        const [first, nearer] = [possiblyFirst(rows), countriesIn(nearerThanUniform(of, rows))];
        // Who is not shown to be nearer than knowing nothing is not named as first.
        const named = nearer > 0 && countriesIn(first) <= namesShown ? listOf(namesOf(first)) : countryWords(first);
        const may = first.length === 0 ? "not known" : judge(of, rows).refusal !== null ? "not a finding" : named;
        return [nameOf(of), may, nearer, countriesIn(rankedOf(rows)), of.offMenu, of.answered];
      }),
    };
  }

  return { element, reads: ["run", "country", "palette"], draw };
}

/** An order of models would be read as a finding about those whose answers say little. */
const silentWords = (runs: readonly Run[]): string =>
  (runs.length === 0 ? "" : ` Not drawn, since most of the probability is on no option: ${listOf(runs.map(nameOf))}.`);

function countryTable(called: string, lines: readonly { of: Run; row: Row }[], measure: Measure): Table {
  const written = (value: number) => write(value, measure);
  return {
    caption: `${title(measure)} to ${called}, by model`,
    columns: [
      { name: "run", title: "Model" },
      { name: "n", title: "n", write: count },
      { name: "shown", title: title(measure), write: written },
      { name: "low", title: "95 % from", write: written },
      { name: "high", title: "95 % to", write: written },
      { name: "rank", title: "Rank", write: String },
      { name: "rank_low", title: "May be from", write: String },
      { name: "rank_high", title: "May be to", write: String },
    ],
    rows: lines.map(({ of, row }) => {
      const interval = intervalOf(row, measure);
      return [nameOf(of), row.n, valueOf(row, measure), interval?.[0] ?? null, interval?.[1] ?? null, row.rank, row.rankLow, row.rankHigh];
    }),
  };
}
