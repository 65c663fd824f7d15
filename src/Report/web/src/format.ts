import type { Run } from "./data.ts";

export const three = (value: number): string => value.toFixed(3);

export const signed = (value: number): string => (value < 0 ? "\u2212" : "+") + Math.abs(value).toFixed(3);

export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

export const count = (value: number): string => value.toLocaleString("en");

/** Enough of a SHA-256 to tell files apart by eye. */
export const shortHash = (sha256: string): string => sha256.slice(0, 12);

export const conditionOf = (run: Run): string =>
  run.promptedCountry === null ? run.condition : `${run.condition}: ${run.promptedCountry}`;

/** A difference that is there is never written as 0. */
export const tiny = (value: number): string => value > 0 && value < 0.0005 ? "less than 0.001" : three(value);

/** What tells a run from the others of its file. */
export const nameOf = (run: Run): string =>
  [run.model, conditionOf(run), ...(isFaithful(run) ? [] : [`option order: ${run.optionOrder}`]), run.survey, run.date].join(" \u00B7 ");

export const isFaithful = (run: Run): boolean => run.optionOrder === "faithful";
