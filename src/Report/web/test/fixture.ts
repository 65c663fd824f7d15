import type { Overview, Row, Run, Survey } from "../src/data/overview.ts";

export const row = (label: string, iso3: string | null, n: number, bits: number, more: Partial<Row> = {}): Row => ({
  label, name: label, iso3, sampleKind: "national", region: null, country: 0, national: true, n, families: n, thin: n < 10, rank: n < 10 ? null : 1, rankLow: null, rankHigh: null,
  bits, divergence: 1 - (1 - bits) ** 2, uniformBits: 0.6, uniformDivergence: 0.84, low: NaN, high: NaN, skill: NaN, labelMass: 0.9,
  world: NaN, other: NaN, nearest: NaN, farthest: NaN, nearestLabel: null, farthestLabel: null, ...more,
});

export const run = (id: number, more: Partial<Run> = {}): Run => ({
  index: id - 1, id, model: "tiny", modelSha256: "a".repeat(64), survey: 0, condition: "default", promptedCountry: null, language: null, translation: null, control: "none",
  reading: "labels", origin: "run", template: "faithful", templateVersion: "1", wording: null, ending: "paren", optionOrder: "faithful", exact: false, engineBuild: "b1", device: "cpu",
  date: "2026-01-02", status: "complete", questions: 24, answered: 24, unanswered: 0, offMenu: 0.1, thinBelow: 10, noise: null, detail: true, ...more,
});

const survey: Survey = {
  name: "sample", sha256: "b".repeat(64), notice: null,
  countries: ["France", "Chad"].map((label) => ({ label, name: label, iso3: null, sampleKind: "national", region: null })),
};

export const overview = (runs: Run[], rows: (run: Run) => Row[] = () => []): Overview =>
  ({ runs: runs.map((entry, index) => ({ ...entry, index })), surveys: [survey, survey], unscoredRuns: 0, summarisedRuns: 0, rows });
