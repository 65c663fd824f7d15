// What is said of a measure under each figure that shows it.
import type { Run } from "./data/overview.ts";
import type { Measure } from "./measure.ts";
import type { Unit } from "./state/state.ts";

const formula: Record<Unit, string> = {
  bits: "1 \u2212 \u221AJSD with base-2 logarithms (bits)",
  nats: "1 \u2212 \u221A(JSD \u00B7 ln 2) (nats)",
  divergence: "1 \u2212 JSD (no square root)",
};

const ends: Record<Unit, string> = {
  bits: "0 = nothing in common, 1 = equal.",
  nats: "0.167 = nothing in common, 1 = equal. Most published figures use it.",
  divergence: "0 = nothing in common, 1 = equal. Not comparable with the other two.",
};

/** The measure's convention in one or two sentences. */
export function convention({ show, unit }: Measure, { adjusted }: Pick<Run, "adjusted">): string {
  switch (show) {
    case "beyond":
      return (
        `Similarity = ${formula[unit]}, as if every country had been asked every question, less that of a random guesser, to whom every `
        + "option is equally likely, on the same questions: 0 = no nearer than guessing."
      );
    case "similarity":
      return (
        `Plain mean of similarity = ${formula[unit]} over the questions that model and country both answered; it depends on which those `
        + `are: ${ends[unit]}`
      );
    case "skill":
      return (
        "Skill = (similarity \u2212 that of the random guesser) / (that of the nearest other country \u2212 that of the random "
        + "guesser), in bits, on the questions that it shares with that country: 0 = no better than knowing nothing, 1 = as close as the "
        + "nearest country."
      );
    case "rank":
      return `Rank among the countries with enough questions, by ${adjusted ? "similarity beyond a random guesser" : "plain mean"}: `
        + "1 = most similar.";
  }
}

/** The convention of a difference of two runs. */
export const pairedConvention =
  `Similarity = ${formula.bits}. The first run\u2019s less the second\u2019s, on the questions that both answered, where the random `
  + "guesser\u2019s part falls away: above 0 the first is nearer.";
