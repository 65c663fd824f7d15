import type { Country, Run } from "../src/data.ts";

export const country = (label: string, iso3: string | null, n: number, bits: number, national = true): Country =>
  ({ label, iso3, national, n, bits, nats: 1 - (1 - bits) * Math.sqrt(Math.LN2), uniformBits: 0.6, uniformNats: 0.667 });

export const run = (countries: Country[]): Run => ({
  id: "1", model: "tiny", modelSha256: "0123456789abcdef", survey: "sample", surveySha256: "fedcba9876543210", notice: null, condition: "default", promptedCountry: null,
  template: "opinion", templateVersion: "1", ending: "paren", optionOrder: "faithful", exact: false, engineBuild: "b1", device: "cpu",
  date: "2026-01-02", status: "complete", questions: 24, answered: 24, unanswered: 0, offMenu: 0.1, thinBelow: 10, noise: null, countries,
});
