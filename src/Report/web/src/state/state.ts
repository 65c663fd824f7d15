// Everything the reader has chosen. The address holds all of it, so that a link opens the same view again.
import type { Overview, Run } from "../data/overview.ts";
import { disputedLooks, type DisputedLook } from "../map/disputed.ts";
import { usualShow, withoutShows, withoutUnits } from "../measure.ts";
import { usualBase } from "./runs.ts";

/** `similarity`: the plain mean. */
export type Show = "beyond" | "similarity" | "skill" | "rank";
export type Unit = "bits" | "nats" | "divergence";
export type MapView = "now" | "before" | "change";
export type Order = "survey" | "agree" | "disagree" | "alone" | "off-menu";
export type Lines = "country" | "region" | "topic" | "source";

export interface State {
  run: Run;
  /** What the run is compared with, on the map, side by side and in the study's picture; null for nothing. */
  base: Run | null;
  show: Show;
  unit: Unit;
  view: MapView;
  /** A country label of the run's survey. */
  country: string | null;
  /** A row of the survey file. */
  question: number | null;
  search: string;
  source: string | null;
  topic: string | null;
  order: Order;
  /** The part of the world that the map is zoomed to; null for all of it. */
  region: string | null;
  /** How disputed areas are drawn. */
  disputed: DisputedLook;
  /** What the ranking has a line for. */
  lines: Lines;
  /** A stored measure that the ranking goes by; empty for what the map shows. */
  by: string;
  /** The stored measure of what later studies report. */
  reported: string;
}

const shows: readonly Show[] = ["beyond", "similarity", "skill", "rank"];
const units: readonly Unit[] = ["bits", "nats", "divergence"];
const views: readonly MapView[] = ["now", "before", "change"];
const lines: readonly Lines[] = ["country", "region", "topic", "source"];
const usualReported = "js_divergence";
const orders: readonly Order[] = ["survey", "agree", "disagree", "alone", "off-menu"];

/** The state that an address names; what it names wrongly or not at all takes its default. */
export function parseState(overview: Overview, address: string): State {
  const given = new URLSearchParams(address.replace(/^#/, ""));
  const runOf = (key: string) => runNamed(overview, given.get(key));
  const oneOf = <T extends string>(key: string, values: readonly T[], usual = values[0]!) =>
    values.find((value) => value === given.get(key)) ?? usual;
  const run = runOf("run") ?? overview.runs[overview.opened]!;
  const sameSurvey = (candidate: Run | undefined) =>
    candidate && candidate.survey === run.survey && candidate !== run ? candidate : undefined;
  const base = given.get("base") === "none" ? null : sameSurvey(runOf("base")) ?? usualBase(overview, run);
  const country = given.get("country");
  const question = given.get("question");
  return measurable({
    run, base,
    show: oneOf("show", shows, usualShow(run)),
    unit: oneOf("unit", units),
    view: base === null ? "now" : oneOf("view", views),
    country: overview.surveys[run.survey]!.countries.some((entry) => entry.label === country) ? country : null,
    question: question !== null && /^\d{1,9}$/.test(question) ? Number(question) : null,
    search: given.get("search") ?? "",
    source: given.get("source"),
    topic: given.get("topic"),
    order: oneOf("order", orders),
    region: given.get("region"),
    disputed: oneOf("disputed", disputedLooks),
    lines: oneOf("lines", lines),
    by: given.get("by") ?? "",
    reported: given.get("reported") ?? usualReported,
  });
}

/** How many digits of a run's key the address holds: enough to tell all runs of all files apart. */
const keyDigits = 16;

/** Runs go by their keys: their numbers, and which run is the newest, change as runs are stored. */
const runNamed = ({ runs }: Overview, key: string | null): Run | undefined =>
  key !== null && key.length === keyDigits ? runs.find((run) => run.key.startsWith(key)) : undefined;

/** Whether an address names a run that this page does not hold. */
export function namesStranger(overview: Overview, address: string): boolean {
  const given = new URLSearchParams(address.replace(/^#/, ""));
  return ["run", "base"].some((name) => {
    const key = given.get(name);
    return key !== null && key !== "none" && !runNamed(overview, key);
  });
}

/** An address that names this state, whatever else the file holds when it is opened. */
export function addressOf(state: State): string {
  const address = new URLSearchParams();
  const put = (key: string, value: string | null, usual: string | null) => {
    if (value !== usual) address.set(key, value ?? "none");
  };
  const key = (run: Run | null) => run?.key.slice(0, keyDigits) ?? "none";
  address.set("run", key(state.run));
  address.set("base", key(state.base));
  address.set("show", state.show);
  put("unit", state.unit, units[0]!);
  put("view", state.view, views[0]!);
  put("country", state.country, null);
  put("question", state.question === null ? null : String(state.question), null);
  put("search", state.search, "");
  put("source", state.source, null);
  put("topic", state.topic, null);
  put("order", state.order, orders[0]!);
  put("region", state.region, null);
  put("disputed", state.disputed, disputedLooks[0]);
  put("lines", state.lines, lines[0]!);
  put("by", state.by, "");
  put("reported", state.reported, usualReported);
  return `#${address}`;
}

type Listener = (state: State, changed: ReadonlySet<keyof State>, passing: boolean) => void;

/** Holds the state, and tells those who draw it which parts of it changed. */
export class Store {
  readonly #overview: Overview;
  readonly #listeners: Listener[] = [];
  #state: State;

  constructor(overview: Overview, state: State) {
    this.#overview = overview;
    this.#state = state;
  }

  get state(): State {
    return this.#state;
  }

  listen(listener: Listener): void {
    this.#listeners.push(listener);
  }

  /** @param passing A step on the way, as a letter typed: Back does not come to it. */
  set(change: Partial<State>, passing = false): void {
    const next = complete(this.#overview, this.#state, change);
    const changed = new Set((Object.keys(next) as (keyof State)[]).filter((key) => next[key] !== this.#state[key]));
    this.#state = next;
    if (changed.size > 0) for (const listener of this.#listeners) listener(next, changed, passing);
  }
}

/** Another run brings another run to compare with, unless one is chosen too. */
function complete(overview: Overview, state: State, change: Partial<State>): State {
  const next = { ...state, ...change };
  if (next.run !== state.run) {
    if (next.run.survey !== state.run.survey) Object.assign(next, { country: null, question: null, source: null, topic: null });
    if (!("base" in change)) next.base = usualBase(overview, next.run);
    if (!("show" in change) && next.show === usualShow(state.run)) next.show = usualShow(next.run);
  }
  if (next.base === null) next.view = "now";
  return measurable(next);
}

/** A measure that the run does not have, or a unit that the measure does not have, gives way to the usual one. */
function measurable(state: State): State {
  const show = withoutShows(state.run).includes(state.show) ? usualShow(state.run) : state.show;
  const unit = show === "beyond" && withoutUnits(show).includes(state.unit) ? units[0]! : state.unit;
  return { ...state, show, unit };
}
