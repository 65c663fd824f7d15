import assert from "node:assert/strict";
import { test } from "node:test";
import { height, shapes, width } from "../src/atlas.ts";
import { iso3Of } from "../src/iso.ts";

const world = shapes();

test("every country of the atlas has its own code, but for two areas that have none", () => {
  assert.deepEqual(world.filter((shape) => !shape.iso3).map((shape) => shape.name).sort(), ["N. Cyprus", "Somaliland"]);
  const codes = world.flatMap((shape) => shape.iso3 ?? []);
  assert.equal(new Set(codes).size, codes.length);
});

test("codes belong to the countries that the atlas names", () => {
  const names = new Map(world.map((shape) => [shape.iso3, shape.name]));
  const expected = {
    USA: "United States of America", GBR: "United Kingdom", DEU: "Germany", KOR: "South Korea", PRK: "North Korea", AUS: "Australia",
    AUT: "Austria", NER: "Niger", NGA: "Nigeria", COD: "Dem. Rep. Congo", COG: "Congo", PSE: "Palestine", TWN: "Taiwan", XKX: "Kosovo",
    CHN: "China", IND: "India", RUS: "Russia", BRA: "Brazil", ZAF: "South Africa", SVK: "Slovakia", SVN: "Slovenia",
  };
  for (const [code, name] of Object.entries(expected)) assert.equal(names.get(code), name);
});

test("numbers are read with or without their leading zeros", () => {
  assert.equal(iso3Of("032", "Argentina"), "ARG");
  assert.equal(iso3Of(32, "Argentina"), "ARG");
  assert.equal(iso3Of("999", "Atlantis"), undefined);
});

test("every shape has a path inside the picture", () => {
  for (const { name, path, centre: [x, y] } of world) {
    assert.match(path, /^M[-\d.,MLZ]+Z$/, name);
    assert.ok(x > 0 && x < width && y > 0 && y < height, name);
  }
});
