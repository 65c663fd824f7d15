import { html } from "../dom.ts";
import { convention, pairedConvention } from "../convention.ts";
import type { Row, Run } from "../data/overview.ts";
import { readPairing, type Paired, type Pairing } from "../data/paired.ts";
import { Figure } from "../figures/figure.ts";
import { count, listOf, plural, signed } from "../format.ts";
import { chooseForMap, type Choice } from "../map/choice.ts";
import { disputedLooks, disputedRule, type DisputedLook } from "../map/disputed.ts";
import { disputedKey, drawKeys, drawLegend, keysOf, keyWords, type Legend } from "../map/legend.ts";
import * as scales from "../map/scale.ts";
import { WorldMap, type Place } from "../map/worldmap.ts";
import {
  intervalOf, linesOf, pairedTitle, title, valueOf, write, writeInterval, writePlaces, type Measure,
} from "../measure.ts";
import { nameOf } from "../state/names.ts";
import type { State } from "../state/state.ts";
import { judge, refusalOfPair } from "../verdict.ts";
import { captionOf, notice, source } from "../words.ts";
import { select } from "./controls.ts";
import type { Page, Panel } from "./panel.ts";
import { rankingTable } from "./tables.ts";

export interface Drawing {
  places: Place[];
  legend: Legend;
  /** National labels that the map has no shape for. */
  missing: string[];
}

/** What a map of one run, or of the difference of two, shows. */
export function drawingOf(page: Page, state: State, pairing: Pairing | null, draws: (iso3: string) => boolean): Drawing {
  const { overview } = page;
  if (state.view === "change" && pairing && state.base) return changes(page, state.run, state.base, pairing, draws);
  const shown = state.view === "before" && state.base ? state.base : state.run;
  return values(state, shown, overview.rows(shown), scaleOf(page, state), draws);
}

/** One run on its own. A country that is not comparable, or a run that says too little, is not coloured, and says why. */
export function values(measure: Measure, run: Run, rows: readonly Row[], scale: scales.Scale, draws: (iso3: string) => boolean,
  comparable: (row: Row) => boolean = () => true): Drawing {
  const choices = chooseForMap(rows);
  const lines = linesOf(solid([...choices.values()].map((choice) => choice.row)), measure);
  const { refusal, hidden } = judge(run, rows);
  const places = [...choices].map(([iso3, choice]): Place => {
    const place = placeOf(iso3, choice, measure, scale);
    const lines = refusal === null ? place.lines : [...place.lines, refusal];
    const bare = { ...place, colour: null, thin: false };
    if (!comparable(choice.row)) return { ...bare, lines: [...lines, "Not coloured: the two runs answered different questions here."] };
    return hidden ? { ...bare, lines } : { ...place, lines };
  });
  return {
    places,
    missing: missingOf(choices, draws),
    legend: { title: title(measure), scale, lines, write: (value) => write(value, measure), tick: tickOf(measure) },
  };
}

/**
 * The one colour scale of a state: map and ranking share it, so that a country has one colour. Both ends of an animated change do too, so
 * that a colour keeps its meaning.
 */
export function scaleOf(page: Page, state: Pick<State, "run" | "base" | "show" | "unit">): scales.Scale {
  return scaleFor(page, state, state.base ? [state.run, state.base] : [state.run]);
}

/** The scale on which several runs are drawn: by rank, around 0, or from the least to the most. */
export function scaleFor({ overview, palette }: Page, measure: Measure, runs: readonly Run[]): scales.Scale {
  const rows = runs.flatMap((run) => solid(overview.rows(run).filter((row) => row.national)));
  if (measure.show === "rank") return scales.ranking(Math.max(1, ...rows.map((row) => row.rank ?? 1)), palette().sequential);
  const ends = linesOf(rows, measure).flatMap((line) => [line.low, line.high]);
  const known = [...rows.map((row) => valueOf(row, measure)), ...ends].filter(Number.isFinite);
  return measure.show === "beyond" ? scales.diverging(known, palette().diverging, false) : scales.sequential(known, palette().sequential);
}

export interface ChangeScale {
  scale: scales.Scale;
  colour(pair: Paired | undefined): string | null;
}

/**
 * The scale of differences, of one pair of runs or of several, and the colour of one: grey where it cannot be told from 0, none where too
 * few questions are paired.
 */
export function changeScale({ palette }: Page, pairings: readonly Pairing[]): ChangeScale {
  const { diverging, unclear } = palette();
  const pairs = pairings.flatMap((pairing) => [...pairing.of.values()]).filter((pair) => !pair.thin);
  const scale = scales.diverging(pairs.map((pair) => pair.difference), diverging, false);
  return { scale, colour: (pair) => (!pair || pair.thin ? null : pair.clear ? scale.colour(pair.difference) : unclear) };
}

/** The difference of two runs. */
export function changes(page: Page, run: Run, base: Run, pairing: Pairing, draws: (iso3: string) => boolean,
  { scale, colour }: ChangeScale = changeScale(page, [pairing])): Drawing {
  const choices = chooseForMap(page.overview.rows(run));
  const refusal = refusalOfPair(run, base);
  const places = [...choices].map(([iso3, { row }]): Place => {
    const pair = pairing.of.get(row.label);
    return {
      iso3,
      label: row.label,
      colour: refusal === null ? colour(pair) : null,
      thin: false,
      order: pair && !pair.thin ? -pair.difference : Infinity,
      lines: [row.called, ...pairedWords(pair, pairing.thinBelow), ...(refusal === null ? [] : [refusal])],
    };
  });
  return {
    places,
    missing: missingOf(choices, draws),
    legend: { title: pairedTitle, scale, lines: [], write: signed, tick: signedTick },
  };
}

/** What is said of a difference, one fact per line. */
export function pairedWords(pair: Paired | undefined, thinBelow: number): string[] {
  if (!pair) return ["The two runs answered different questions here, and the results file does not pair them."];
  if (pair.thin) return [`Both runs answered ${plural(pair.n, "question")} here, fewer than ${thinBelow}: too few to say anything.`];
  return [
    `${pairedTitle}: ${signed(pair.difference)}`,
    pair.low === null || pair.high === null ? "no interval stored" : `95 % interval ${signed(pair.low)} to ${signed(pair.high)}`,
    pair.clear ? "can be told from 0" : "cannot be told from 0",
    `n = ${plural(pair.n, "question")}`,
  ];
}

/** Thin countries are drawn on the others' scale, so that one odd question cannot wash out the rest. */
function solid(rows: Row[]): Row[] {
  const enough = rows.filter((row) => !row.thin);
  return enough.length > 0 ? enough : rows;
}

function placeOf(iso3: string, { row, others }: Choice, measure: Measure, scale: scales.Scale): Place {
  const value = valueOf(row, measure);
  const interval = intervalOf(row, measure);
  const left = others.map((other) => `${other.called}, n = ${count(other.n)}`).join("; ");
  return {
    iso3, label: row.label, colour: Number.isFinite(value) ? scale.colour(value) : null, thin: row.thin,
    order: !Number.isFinite(value) ? Infinity : measure.show === "rank" ? value : -value,
    lines: [
      row.called,
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

const signedTick = (value: number): string => (value > 0 ? `+${value}` : String(value).replace("-", "\u2212"));

const tickOf = (measure: Measure) => (measure.show === "beyond" ? signedTick : (value: number) => String(value).replace("-", "\u2212"));

const missingOf = (choices: ReadonlyMap<string, Choice>, draws: (iso3: string) => boolean): string[] =>
  [...choices].filter(([iso3]) => !draws(iso3)).map(([, choice]) => choice.row.called).sort();

/** What the map cannot show. */
export function noteOn({ places, missing }: Drawing): string {
  if (places.length === 0) return "None of the groups asked here is a country, so there is no map. The ranking below has them all.";
  if (places.every((place) => place.colour === null)) return "No country can be coloured.";
  return missing.length === 0 ? "" : `No shape on this map, but in the ranking: ${listOf(missing)}.`;
}

/** Regions of the countries that a map of these rows colours. */
const regionsOf = (rows: readonly Row[]): string[] =>
  [...new Set(rows.filter((row) => row.national && row.iso3 !== null).flatMap((row) => row.region ?? []))].sort();

function withinOf(rows: readonly Row[], region: string | null): ReadonlySet<string> | null {
  const codes = new Set(rows.filter((row) => row.national && row.region === region && region !== null).flatMap((row) => row.iso3 ?? []));
  return codes.size === 0 ? null : codes;
}

const lookNames: Record<DisputedLook, string> = { hatched: "marked and named", plain: "drawn like others", blank: "without colour" };

/** The map, with its ruler. */
export function mapPanel(page: Page): Panel {
  const { overview, store } = page;
  const figure = new Figure("the map");
  const map = new WorldMap(page.shapes, { select: (label) => store.set({ country: label }) });
  const heading = html("p", { class: "map-title" });
  const refused = html("p", { class: "refusal" });
  const legend = html("div", { class: "legend" });
  const missing = html("p", { class: "note" });
  const part = select("Part of the world", (value) => store.set({ region: value === "" ? null : value }));
  const disputed = select("Disputed areas", (value) => store.set({ disputed: value as DisputedLook }));
  const choices = html("div", { class: "controls map-choices" }, part.element, disputed.element);
  figure.body.append(heading, refused, map.element, legend, choices, missing);

  let turn = 0;

  async function draw(state: State): Promise<void> {
    const mine = ++turn;
    const { run, base, view } = state;
    // Only differences wait for the pairs of the two runs; the table has them as soon as they are unpacked.
    let pairing: Pairing | null = null;
    if (view === "change" && base) pairing = await readPairing(overview, run, base);
    if (mine !== turn) return;
    const drawing = drawingOf(page, state, pairing, (iso3) => map.draws(iso3));
    const shown = view === "before" && base ? base : run;
    const change = view === "change" && base !== null;
    const words = change ? `${nameOf(run)}, minus ${nameOf(base)}` : nameOf(shown);
    const keys = [...keysOf(change ? pairing!.thinBelow : shown.thinBelow, change), ...disputedKey(state.disputed)];
    heading.textContent = words;
    const refusal = change ? refusalOfPair(run, base) : judge(shown, overview.rows(shown)).refusal;
    refused.textContent = refusal ?? "";
    const ruler = drawLegend(drawing.legend, figure.body.clientWidth);
    map.show(
      `World map. ${drawing.legend.title}: ${words}. ${drawing.places.length} countries with data. `
        + `The table below the map holds the same numbers.`,
      drawing.places,
      state.country,
      withinOf(overview.rows(run), state.region),
      state.disputed,
    );
    const regions = regionsOf(overview.rows(run));
    const chosen = regions.find((name) => name === state.region) ?? "";
    part.fill([["", "all of it"], ...regions.map((name): [string, string] => [name, name])], chosen);
    part.element.hidden = regions.length < 2;
    disputed.fill(disputedLooks.map((look) => [look, lookNames[look]]), state.disputed);
    legend.replaceChildren(ruler, drawKeys(keys));
    map.element.hidden = legend.hidden = drawing.places.length === 0;
    missing.textContent = noteOn(drawing);
    figure.describe({
      title: `${drawing.legend.title}: ${words}`, file: `map-run-${shown.id}${change ? `-minus-${base.id}` : ""}`,
      formula: change ? pairedConvention : convention(state, shown),
      caption: [
        ...(change ? [...(refusal === null ? [] : [refusal]), `First: ${source(overview, run)}`, `Second: ${source(overview, base)}`,
          ...notice(overview, run)]
          : captionOf(overview, shown, overview.rows(shown))),
        "Only national samples colour a country.", disputedRule],
      key: [keyWords(keys)],
      drawings: () => [[map.picture], [ruler]],
      table: () => (view === "before" && base ? rankingTable(overview, base, null, null, state)
        : rankingTable(overview, run, base, pairing, state)),
    });
    performance.mark("map-drawn");
    if (base === null || pairing !== null) return;
    pairing = await readPairing(overview, run, base);
    if (mine === turn) figure.refresh();
  }

  return {
    element: figure.element,
    reads: ["run", "base", "show", "unit", "view", "country", "region", "disputed", "palette"],
    draw: (state) => void draw(state),
  };
}
