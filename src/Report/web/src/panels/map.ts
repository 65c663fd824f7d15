import { html } from "../dom.ts";
import type { Row } from "../data/overview.ts";
import { Figure } from "../figures/figure.ts";
import { listOf, plural } from "../format.ts";
import type { Palette } from "../map/colour.ts";
import { chooseForMap, type Choice } from "../map/choice.ts";
import { drawKeys, drawLegend, type Legend } from "../map/legend.ts";
import * as scales from "../map/scale.ts";
import { WorldMap, type Place } from "../map/worldmap.ts";
import {
  changeOf, intervalOf, linesOf, title, valueOf, write, writeChange, writeInterval, writePlaces, type Line, type Measure,
} from "../measure.ts";
import { askedAs, nameOf } from "../state/names.ts";
import type { State } from "../state/state.ts";
import { captionOf } from "../words.ts";
import type { Page, Panel } from "./panel.ts";
import { rankingTable } from "./tables.ts";

export interface Drawing {
  places: Place[];
  legend: Legend;
  /** National labels that the map has no shape for. */
  missing: string[];
}

/** What a map of one run, or of the difference of two, shows. */
export function drawingOf(page: Page, state: State, draws: (iso3: string) => boolean): Drawing {
  const { overview } = page;
  const measure: Measure = state;
  const before = state.base ? overview.rows(state.base) : [];
  const now = overview.rows(state.run);
  if (state.view === "change" && state.base) return changes(page, measure, now, before, draws);
  const rows = state.view === "before" && state.base ? before : now;
  // Both ends of an animated change share one scale, so that a colour keeps its meaning.
  return values(page, measure, rows, state.base && state.view !== "change" ? [now, before] : [rows], draws);
}

/** One run on its own. */
export function values(
  page: Page,
  measure: Measure,
  rows: readonly Row[],
  scaled: (readonly Row[])[],
  draws: (iso3: string) => boolean,
): Drawing {
  const choices = chooseForMap(rows);
  const onScale = scaled.flatMap((set) => solid([...chooseForMap(set).values()].map((choice) => choice.row)));
  const lines = linesOf(solid([...choices.values()].map((choice) => choice.row)), measure);
  const scale = scaleOf(measure, onScale, lines, page.palette());
  const places = [...choices].map(([iso3, choice]) => placeOf(iso3, choice, measure, scale));
  return {
    places,
    missing: missingOf(choices, draws),
    legend: { title: title(measure), scale, lines, write: (value) => write(value, measure), tick: tickOf(measure) },
  };
}

/** Colours by rank, around 0, or from the least to the most. */
export function scaleOf(measure: Measure, rows: readonly Row[], lines: readonly Line[], palette: Palette): scales.Scale {
  if (measure.show === "rank") return scales.ranking(Math.max(1, ...rows.map((row) => row.rank ?? 1)), palette.sequential);
  const known = [...rows.map((row) => valueOf(row, measure)), ...lines.map((line) => line.value)].filter(Number.isFinite);
  return measure.show === "beyond" ? scales.diverging(known, palette.diverging, false) : scales.sequential(known, palette.sequential);
}

function changes(page: Page, measure: Measure, now: readonly Row[], before: readonly Row[], draws: (iso3: string) => boolean): Drawing {
  const earlier = new Map(before.map((row) => [row.label, row]));
  const choices = new Map([...chooseForMap(now)].filter(([, choice]) => earlier.has(choice.row.label)));
  const changeIn = (row: Row) => changeOf(row, earlier.get(row.label)!, measure);
  const onScale = solid([...choices.values()].map((choice) => choice.row)).map(changeIn).filter(Number.isFinite);
  const scale = scales.diverging(onScale, page.palette().diverging, measure.show === "rank");
  const places = [...choices].map(([iso3, { row }]): Place => {
    const change = changeIn(row);
    const old = earlier.get(row.label)!;
    return {
      iso3,
      label: row.label,
      colour: Number.isFinite(change) ? scale.colour(change) : null,
      thin: row.thin,
      order: -change,
      lines: [
        row.label,
        `${title(measure)}: ${writeChange(change, measure)}`,
        `now ${write(valueOf(row, measure), measure)}, compared ${write(valueOf(old, measure), measure)}`,
        nOf(row),
      ],
    };
  });
  return {
    places,
    missing: missingOf(choices, draws),
    legend: {
      title: `Change: ${title(measure)}`,
      scale,
      lines: [],
      write: (value) => writeChange(value, measure),
      tick: (value) => (value > 0 ? `+${value}` : String(value).replace("-", "\u2212")),
    },
  };
}

/** Thin countries are drawn on the others' scale, so that one odd question cannot wash out the rest. */
function solid(rows: Row[]): Row[] {
  const enough = rows.filter((row) => !row.thin);
  return enough.length > 0 ? enough : rows;
}

function placeOf(iso3: string, { row, others }: Choice, measure: Measure, scale: scales.Scale): Place {
  const value = valueOf(row, measure);
  const interval = intervalOf(row, measure);
  const left = others.map((other) => `${other.label} (n = ${other.n})`).join(", ");
  return {
    iso3, label: row.label, colour: Number.isFinite(value) ? scale.colour(value) : null, thin: row.thin,
    order: !Number.isFinite(value) ? Infinity : measure.show === "rank" ? value : -value,
    lines: [
      row.label,
      `${title(measure)}: ${write(value, measure)}`,
      ...(interval ? [`95 % interval ${writeInterval(interval, measure)}`] : []),
      nOf(row),
      ...(others.length > 0 ? [`Shown: the national sample with the most questions. Also: ${left}.`] : []),
    ],
  };
}

function nOf(row: Row): string {
  const places = writePlaces(row);
  const rank = row.thin ? ": thin data, not ranked" : row.rank === null ? ", not ranked"
    : `, rank ${row.rank}${places === "" ? "" : ` (may be ${places})`}`;
  return `n = ${plural(row.n, "question")}${rank}`;
}

const tickOf = (measure: Measure) => (value: number): string =>
  measure.show === "beyond" && value > 0 ? `+${value}` : String(value).replace("-", "\u2212");

const missingOf = (choices: ReadonlyMap<string, Choice>, draws: (iso3: string) => boolean): string[] =>
  [...choices].filter(([iso3]) => !draws(iso3)).map(([, choice]) => choice.row.label).sort();

/** What the map cannot show. */
export function noteOn({ places, missing }: Drawing): string {
  if (places.length === 0) return "None of the groups asked here is a country, so there is no map. The ranking below has them all.";
  return missing.length === 0 ? "" : `No shape on this map, but in the ranking: ${listOf(missing)}.`;
}

/** The map, with its ruler. */
export function mapPanel(page: Page): Panel {
  const { overview, store } = page;
  const figure = new Figure("the map");
  const map = new WorldMap(page.shapes, { select: (label) => store.set({ country: label }) });
  const heading = html("p", { class: "map-title" });
  const legend = html("div", { class: "legend" });
  const missing = html("p", { class: "note" });
  figure.body.append(heading, map.element, legend, missing);

  return {
    element: figure.element,
    reads: ["run", "base", "show", "unit", "view", "country", "palette"],
    draw(state) {
      const { run, base, view } = state;
      const drawing = drawingOf(page, state, (iso3) => map.draws(iso3));
      const shown = view === "before" && base ? base : run;
      const rows = overview.rows(shown);
      const words =
        view === "change" && base
          ? `${nameOf(run)}, minus ${base.modelSha256 === run.modelSha256 ? askedAs(base) : nameOf(base)}`
          : nameOf(shown);
      heading.textContent = words;
      const ruler = drawLegend(drawing.legend, figure.body.clientWidth);
      map.show(
        `World map. ${drawing.legend.title}: ${words}. ${drawing.places.length} countries with data. `
          + `The table below the map holds the same numbers.`,
        drawing.places,
        state.country,
      );
      legend.replaceChildren(ruler, drawKeys(run.thinBelow));
      map.element.hidden = legend.hidden = drawing.places.length === 0;
      missing.textContent = noteOn(drawing);
      figure.describe({
        title: `${drawing.legend.title}: ${words}`, file: `map-run-${shown.id}`,
        caption: [...captionOf(overview, shown, rows, state),
          ...(view === "change" && base ? [`Compared with run ${base.id}.`] : []),
          "Only national samples colour a country. Borders: Natural Earth, without any claim."],
        drawings: () => [[map.picture], [ruler]],
        table: () => rankingTable(overview, run, base, state),
      });
      performance.mark("map-drawn");
    },
  };
}
