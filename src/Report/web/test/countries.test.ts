import assert from "node:assert/strict";
import { test } from "node:test";
import { disputedName, disputedRule } from "../src/map/disputed.ts";
import { byCountry, countryWords, sampleWords, withNames } from "../src/state/countries.ts";

const sample = (label: string, name: string, iso3: string | null, sources: [string, number][], more = {}) => ({
  label, name, iso3, sampleKind: "national", region: null, wave: null,
  sources: sources.map(([source, questions]) => ({ source, questions })), ...more,
});

test("a country is called by its whole name, and several samples of it by what each is", () => {
  const named = withNames([
    sample("Czech Rep.", "Czechia", "CZE", [["GAS", 345]]), sample("Czechia", "Czechia", "CZE", [["WVS", 212]], { wave: "2022" }),
    sample("Palest. ter.", "Palestine", "PSE", [["GAS", 394]]),
    sample("India (Old national sample)", "India", "IND", [["GAS", 7]]), sample("India", "India", "IND", [["WVS", 8]]),
    sample("Mali", "Mali", "MLI", [["GAS", 2], ["WVS", 1]]),
    sample("Mali (Non-national sample)", "Mali", "MLI", [["GAS", 9]], { sampleKind: "non-national" }), sample("Voters", "Voters", null, []),
  ]);
  assert.deepEqual(named.map(({ called }) => called), ["Czechia (Czech Rep., Pew)", "Czechia (WVS, 2022)", "Palestine",
    "India (Old national sample, Pew)", "India (WVS)", "Mali",
    "Mali, not a national sample", "Voters"]);
});

test("samples of one country are one entry, led by the one with the most questions; cities and groups stand alone", () => {
  const row = (label: string, iso3: string | null, n: number, national = true) => ({ label, iso3, n, national });
  const entries = byCountry([row("Great Britain", "GBR", 5), row("Britain", "GBR", 9), row("A", null, 1), row("B", null, 2),
    row("Cities", "GBR", 30, false)]);
  assert.deepEqual(entries.map(([first, others]) => [first.label, others.map(({ label }) => label)]),
    [["Britain", ["Great Britain"]], ["A", []], ["B", []], ["Cities", []]]);
});

test("samples are counted, and countries once each", () => {
  const of = (...codes: (string | null)[]) => codes.map((iso3, index) => ({ label: `label ${index}`, iso3 }));
  assert.equal(sampleWords(of("GBR", "FRA", null, null)), "4 countries");
  assert.equal(sampleWords(of("GBR", "FRA", "GBR")), "3 samples of 2 countries");
  assert.equal(countryWords(of("GBR", "GBR")), "1 country");
});

test("disputed areas go by code or, without one, by the atlas\u2019s name, and the rule names them all", () => {
  assert.equal(disputedName({ iso3: "TWN", name: "Taiwan" }), "Taiwan");
  assert.equal(disputedName({ name: "N. Cyprus" }), "Northern Cyprus");
  assert.equal(disputedName({ iso3: "CYP", name: "Cyprus" }), undefined);
  assert.equal(disputedName({ name: "constructor" }) === undefined, true);
  for (const name of ["Falkland Islands (Malvinas)", "Kosovo", "Northern Cyprus", "Palestine", "Siachen Glacier", "Somaliland", "Taiwan",
    "Western Sahara"]) assert.ok(disputedRule.includes(name), name);
});
