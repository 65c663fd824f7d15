import type { Run } from "./data.ts";
import { count, tiny } from "./format.ts";

/** What the run's own arithmetic does to its numbers, so that nobody reads meaning into less. */
export function describeNoise(run: Run): string {
  const { noise } = run;
  if (noise === null) {
    return run.exact
      ? "Noise floor: decoded one prompt at a time in F32: no noise floor."
      : "Noise floor: not measured.";
  }
  const similarity = noise.meanSimilarity === null || noise.maxSimilarity === null ? "" :
    ` and the similarity of one question and country by ${tiny(noise.meanSimilarity)} (${tiny(noise.maxSimilarity)} at most)`;
  return `Noise floor: The arithmetic of this run moves an option\u2019s probability by ${tiny(noise.meanProb)} on average `
    + `(${tiny(noise.maxProb)} at most)${similarity}; smaller differences mean nothing. `
    + `Measured on ${count(noise.prompts)} of its prompts against decoding one at a time in F32.`;
}
