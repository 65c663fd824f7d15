// Runs as the reader thinks of them: a model, what it was asked as, and how the options were put.
import type { Overview, Run } from "../data/overview.ts";
import { isKnownAnswerer } from "./names.ts";

export const facets = ["survey", "model", "asked", "variant", "run"] as const;
export type Facet = (typeof facets)[number];

/** What tells runs apart in one respect. Equal values are equal choices. */
export function facetOf(run: Run, facet: Facet): string {
  switch (facet) {
    case "survey": return String(run.survey);
    case "model": return run.modelSha256;
    case "asked": return JSON.stringify([run.control, run.condition, run.promptedCountry, run.language, run.translation]);
    case "variant": return JSON.stringify([run.template, run.templateVersion, run.ending, run.optionOrder, run.reading, run.exact]);
    case "run": return String(run.id);
  }
}

/**
 * The run that has the chosen value and is otherwise most like the one shown, each facet before the next.
 * Runs come newest first, so the newest wins where several are as like.
 */
export function choose(runs: readonly Run[], current: Run, facet: Facet, value: string): Run {
  const others = facets.filter((other) => other !== facet);
  const likeness = (run: Run) => others.map((other) => (facetOf(run, other) === facetOf(current, other) ? "1" : "0")).join("");
  let best: Run | undefined;
  for (const run of runs) {
    if (facetOf(run, facet) === value && (!best || likeness(run) > likeness(best))) best = run;
  }
  return best ?? current;
}

export const sameFacets = (a: Run, b: Run, ...same: Facet[]): boolean => same.every((facet) => facetOf(a, facet) === facetOf(b, facet));

const plain = (run: Run): boolean => run.condition === "default" && run.control === "none" && run.language === null;

/** What an intervention is measured against: the same model, asked the question alone in the same way. */
export function defaultBase({ runs }: Overview, run: Run): Run | null {
  const candidates = runs.filter((other) => other !== run && plain(other) && sameFacets(other, run, "survey", "model"));
  if (!plain(run)) {
    return (
      candidates.find((other) => sameFacets(other, run, "variant"))
      ?? candidates.find(
        (other) => other.template === run.template && other.optionOrder === run.optionOrder && other.reading === run.reading,
      )
      ?? candidates[0]
      ?? null
    );
  }
  if (run.optionOrder === "faithful") return null;
  return (
    candidates.find((other) => other.optionOrder === "faithful" && other.reading === run.reading && other.template === run.template) ?? null
  );
}

/** What a run is compared with until something else is chosen: an intervention with the model itself, else with another model. */
export const usualBase = (overview: Overview, run: Run): Run | null => defaultBase(overview, run) ?? otherModel(overview, run);

/**
 * Another model that was asked the same, or else any other run of the survey. Answers that are made up are nobody's to compare with, and
 * would stretch the scale that both share: the reader may choose them.
 */
export function otherModel({ runs }: Overview, run: Run): Run | null {
  const others = runs.filter((other) => other !== run && other.survey === run.survey && !isKnownAnswerer(other));
  const models = others.filter((other) => other.modelSha256 !== run.modelSha256);
  return models.find((other) => sameFacets(other, run, "asked", "variant")) ?? models.find((other) => sameFacets(other, run, "asked"))
    ?? models[0] ?? others[0] ?? null;
}
