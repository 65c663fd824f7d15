import assert from "node:assert/strict";
import { test } from "node:test";
import { noteOn, type Drawing } from "../src/panels/map.ts";

const drawing = (places: string[], missing: string[]): Drawing =>
  ({ places: places.map((iso3) => ({ iso3, colour: "#000" })), missing, legend: {} }) as unknown as Drawing;

test("a survey of groups alone has no map, and says so", () => {
  assert.match(noteOn(drawing([], [])), /there is no map\. The ranking below has them all/);
  assert.equal(noteOn(drawing(["FRA"], [])), "");
  assert.match(noteOn(drawing(["FRA"], ["Tuvalu"])), /No shape on this map, but in the ranking: Tuvalu/);
});
