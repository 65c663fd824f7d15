import assert from "node:assert/strict";
import { test } from "node:test";
import world from "world-atlas/countries-50m.json";
import { height, shapesOf, width, type Atlas } from "../src/map/atlas.ts";
import { chooseForMap } from "../src/map/choice.ts";
import { iso3Of } from "../src/map/iso.ts";
import { row } from "./fixture.ts";

const shapes = shapesOf(world as unknown as Atlas);

test("codes belong to one shape each, and to the countries that the atlas names", () => {
  const codes = shapes.flatMap((shape) => shape.iso3 ?? []);
  assert.equal(new Set(codes).size, codes.length);
  const names = new Map(shapes.map((shape) => [shape.iso3, shape.name]));
  const expected = {
    USA: "United States of America",
    GBR: "United Kingdom",
    AUS: "Australia",
    AUT: "Austria",
    NER: "Niger",
    NGA: "Nigeria",
    COD: "Dem. Rep. Congo",
    COG: "Congo",
    PSE: "Palestine",
    TWN: "Taiwan",
    XKX: "Kosovo",
    CHN: "China",
    HKG: "Hong Kong",
    SGP: "Singapore",
    PRI: "Puerto Rico",
    MDV: "Maldives",
    SVK: "Slovakia",
    SVN: "Slovenia",
    ATA: undefined,
  };
  for (const [code, name] of Object.entries(expected)) assert.equal(names.get(code), name);
});

test("numbers are read with or without their leading zeros", () => {
  assert.deepEqual([iso3Of("032", "Argentina"), iso3Of(32, "Argentina"), iso3Of("999", "Atlantis")], ["ARG", "ARG", undefined]);
});

test("every shape lies in the picture, and what is too small to hit has a dot", () => {
  for (const { name, path, centre: [x, y] } of shapes) {
    assert.match(path, /^M[-\d.,MLZ]+Z$/, name);
    assert.ok(x > 0 && x < width && y > 0 && y < height, name);
  }
  const tiny = new Set(shapes.filter((shape) => shape.tiny).map((shape) => shape.iso3));
  for (const code of ["SGP", "HKG", "MDV", "MLT"]) assert.ok(tiny.has(code), code);
  for (const code of ["NLD", "ISR", "SVN", "FRA"]) assert.ok(!tiny.has(code), code);
});

test("a country's middle is in its largest part", () => {
  const france = shapes.find((shape) => shape.iso3 === "FRA")!;
  const spain = shapes.find((shape) => shape.iso3 === "ESP")!;
  assert.ok(Math.hypot(france.centre[0] - spain.centre[0], france.centre[1] - spain.centre[1]) < 40);
});

test("the map takes the national label with the most questions and remembers the others", () => {
  const choices = chooseForMap([
    row("Britain", "GBR", 12, 0.7),
    row("Great Britain", "GBR", 20, 0.65),
    row("India (Non-national sample)", "IND", 24, 0.9, { national: false }),
    row("Nowhere", null, 24, 0.5),
  ]);
  assert.deepEqual([...choices.keys()], ["GBR"]);
  assert.equal(choices.get("GBR")!.row.label, "Great Britain");
  assert.deepEqual(choices.get("GBR")!.others.map((other) => other.label), ["Britain"]);
});
