import type { Country, Run } from "../src/data.ts";

export const country = (label: string, iso3: string | null, n: number, bits: number, national = true): Country =>
  ({ label, iso3, national, n, bits, nats: 1 - (1 - bits) * Math.sqrt(Math.LN2), uniformBits: 0.6, uniformNats: 0.667 });

export const run = (countries: Country[]): Run => ({
  id: "1", model: "tiny", modelSha256: "0123456789abcdef", survey: "sample", notice: null, condition: "default", promptedCountry: null,
  template: "opinion-v1", ending: "paren", exact: false, engineBuild: "b1", device: "CPU", startedAt: "2026-01-02T03:04:05Z",
  status: "finished", questions: 24, answered: 24, unanswered: 0, offMenu: 0.1, thinBelow: 10, countries,
});
