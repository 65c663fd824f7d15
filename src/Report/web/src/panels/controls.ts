import { html } from "../dom.ts";
import type { Overview, Run } from "../data/overview.ts";
import { showName, unitName, withoutShows, withoutUnits } from "../measure.ts";
import {
  askedAs, fullNameOf, groupOf, isKnownAnswerer, runGroups, shortHash, shortNames, variantOf, type RunGroup,
} from "../state/names.ts";
import { choose, facetOf, facets, type Facet } from "../state/runs.ts";
import type { MapView, Show, State, Unit } from "../state/state.ts";
import type { Page, Panel } from "./panel.ts";

const facetNames: Record<Facet, string> = { survey: "Survey", model: "Model", asked: "Asked", variant: "Options put", run: "Run" };

let ids = 0;

/** Its key, its text and, where choices are grouped, the heading under which it stands. */
type Choice = [string, string, (string | undefined)?];

/** A labelled choice. */
export function select(
  label: string,
  change: (value: string) => void,
): { element: HTMLElement; fill(options: Choice[], value: string): void } {
  const id = `choice-${++ids}`;
  const list = html("select", { id });
  list.addEventListener("change", () => change(list.value));
  const element = html("div", { class: "field" }, html("label", { for: id }, label), list);
  return {
    element,
    fill(options, value) {
      const option = ([key, text]: Choice) => html("option", { value: key }, text);
      const groups = [...new Set(options.map(([, , group]) => group))];
      list.replaceChildren(...groups.length < 2 ? options.map(option) : groups.flatMap((group) => {
        const own = options.filter((entry) => entry[2] === group).map(option);
        return group === undefined ? own : [html("optgroup", { label: group }, ...own)];
      }));
      list.value = value;
    },
  };
}

/** A few choices side by side; natively a group of radio buttons. */
export function segments<T extends string>(
  legend: string,
  options: readonly (readonly [T, string])[],
  change: (value: T) => void,
): { element: HTMLElement; show(value: T, disabled?: readonly T[], texts?: Partial<Record<T, string>>): void } {
  const name = `choice-${++ids}`;
  const inputs = options.map(([value, text]) => {
    const input = html("input", { type: "radio", name, value, id: `${name}-${value}` });
    input.addEventListener("change", () => change(value));
    return { value, input, label: html("label", { for: `${name}-${value}` }, text) };
  });
  const element = html(
    "fieldset",
    { class: "segments" },
    html("legend", {}, legend),
    html("div", {}, ...inputs.flatMap(({ input, label }) => [input, label])),
  );
  return {
    element,
    show(value, disabled = [], texts = {}) {
      for (const entry of inputs) {
        const text: string | undefined = texts[entry.value];
        if (text !== undefined) entry.label.textContent = text;
        entry.input.checked = entry.value === value;
        entry.input.disabled = disabled.includes(entry.value);
      }
    },
  };
}

/** Which run is shown: its model, what it was asked as, and how the options were put. */
export function runControls(page: Page): Panel {
  const { overview, store } = page;
  const element = html("div", { class: "controls" });
  const said = html("span", { class: "unseen", role: "status" });
  const base = select("Compare with", (value) => store.set({ base: overview.runs.find((run) => String(run.id) === value) ?? null }));
  const fields = facets.map((facet) => ({
    facet,
    field: select(facetNames[facet], (value) => {
      store.set({ run: choose(overview.runs, store.state.run, facet, value) });
      said.textContent = `Now shown: ${fullNameOf(store.state.run)}.`;
    }),
  }));
  element.append(...fields.map(({ field }) => field.element), base.element, said);

  return {
    element,
    reads: ["run", "base"],
    draw({ run, base: before }) {
      // Each facet offers the runs that the facets before it leave.
      let left = overview.runs;
      for (const { facet, field } of fields) {
        const options = distinct(overview, left, facet);
        field.fill(options, facetOf(run, facet));
        field.element.hidden = options.length < 2 && facet !== "model" && facet !== "asked";
        left = left.filter((other) => facetOf(other, facet) === facetOf(run, facet));
      }
      const others = overview.runs.filter((other) => other !== run && other.survey === run.survey);
      const names = others.map((other): Choice => [String(other.id), difference(run, other), groupOf(other)])
        .sort((a, b) => runGroups.indexOf(a[2] as RunGroup) - runGroups.indexOf(b[2] as RunGroup));
      base.fill([["none", "nothing"], ...names], before === null ? "none" : String(before.id));
      base.element.hidden = others.length === 0;
    },
  };
}

function distinct({ surveys }: Overview, runs: readonly Run[], facet: Facet): Choice[] {
  const found = new Map<string, Run>();
  for (const run of runs) if (!found.has(facetOf(run, facet))) found.set(facetOf(run, facet), run);
  const names = [...found.values()].map((run) => run.model);
  const text = (run: Run): string => {
    switch (facet) {
      case "survey":
        return surveys[run.survey]!.name;
      case "model":
        return names.filter((name) => name === run.model).length > 1 ? `${run.model} (${shortHash(run.modelSha256)})` : run.model;
      case "asked":
        return askedAs(run);
      case "variant":
        return variantOf(run);
      case "run":
        return `run ${run.id}, ${run.date}`;
    }
  };
  const group = (run: Run): RunGroup | "Models" | undefined =>
    facet === "asked" ? groupOf(run) : facet !== "model" ? undefined : isKnownAnswerer(run) ? "Controls and oracles" : "Models";
  const place = ([, , name]: Choice) => runGroups.indexOf(name as RunGroup);
  const entries = [...found].map(([key, run]): Choice => [key, text(run), group(run)]);
  return facet === "run"
    ? entries
    : entries.sort((a, b) => place(a) - place(b) || Number(b[1] === "as itself") - Number(a[1] === "as itself")
      || (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0));
}

/** What another run has that this one has not. */
function difference(run: Run, other: Run): string {
  const parts = [
    ...(facetOf(run, "model") === facetOf(other, "model") ? [] : [other.model]),
    askedAs(other),
    ...(facetOf(run, "variant") === facetOf(other, "variant") ? [] : [variantOf(other)]),
  ];
  return `${parts.join(", ")} (run ${other.id})`;
}

/** What the map's colours mean. */
export function measureControls(page: Page): Panel {
  const { store } = page;
  const show = segments<Show>(
    "Show",
    [
      ["beyond", showName.beyond],
      ["similarity", showName.similarity],
      ["skill", showName.skill],
      ["rank", showName.rank],
    ],
    (value) => store.set({ show: value }),
  );
  const unit = segments<Unit>(
    "Unit",
    [
      ["bits", unitName.bits],
      ["nats", unitName.nats],
      ["divergence", unitName.divergence],
    ],
    (value) => store.set({ unit: value }),
  );
  const view = segments<MapView>(
    "Shown",
    [
      ["now", ""],
      ["before", ""],
      ["change", "difference"],
    ],
    (value) => store.set({ view: value }),
  );
  const play = html("button", { type: "button", class: "play", "aria-pressed": "false" }, "Animate");
  const units = html("details", { class: "units" }, html("summary", {}, "Details"), unit.element);
  const element = html("div", { class: "toolbar" }, show.element, units, html("div", { class: "change" }, view.element, play));
  let timer: ReturnType<typeof setInterval> | undefined;
  const stop = () => {
    clearInterval(timer);
    timer = undefined;
    play.setAttribute("aria-pressed", "false");
    play.textContent = "Animate";
  };
  const step = () => store.set({ view: store.state.view === "now" ? "before" : "now" }, true);
  play.addEventListener("click", () => {
    if (timer !== undefined) return stop();
    play.setAttribute("aria-pressed", "true");
    play.textContent = "Stop";
    step();
    timer = setInterval(step, 1600);
  });
  view.element.addEventListener("change", stop);

  return {
    element,
    reads: ["run", "show", "unit", "view", "base"],
    draw(state: State) {
      // A difference is always that of similarities in bits, paired by question.
      const change = state.view === "change";
      show.show(state.show, change ? ["beyond", "similarity", "skill", "rank"] : withoutShows(state.run));
      // A unit that is not the usual one is seen.
      if (state.unit !== "bits") units.open = true;
      unit.show(state.unit, change ? ["bits", "nats", "divergence"] : withoutUnits(state.show));
      const [first, second] = state.base === null ? ["", ""] : shortNames(state.run, state.base);
      view.show(state.view, [], { now: first, before: second });
      view.element.parentElement!.hidden = state.base === null;
      if (state.base === null && timer !== undefined) stop();
    },
  };
}
