import assert from "node:assert/strict";
import { test } from "node:test";
import { sortRows, toCsv } from "../src/figures/table.ts";

test("CSV quotes what needs quotes, keeps every digit, and disarms what a spreadsheet would run", () => {
  const columns = [{ name: "country", title: "Country" }, { name: "bits", title: "Bits", write: (value: number) => value.toFixed(3) }];
  const rows = [["=HYPERLINK(\"x\")", 0.1 + 0.2], ["a,b", NaN], ["line\nbreak", null], ["@x", -1]];
  assert.equal(
    toCsv({ caption: "", columns, rows }),
    'country,bits\r\n"\'=HYPERLINK(""x"")",0.30000000000000004\r\n"a,b",\r\n"line\nbreak",\r\n\'@x,-1\r\n',
  );
});

test("sorting keeps cells without a value last, in both directions", () => {
  const rows = [["b", 2], ["a", null], ["c", 1], ["d", NaN]];
  assert.deepEqual(sortRows(rows, 1, false).map((row) => row[0]), ["c", "b", "a", "d"]);
  assert.deepEqual(sortRows(rows, 1, true).map((row) => row[0]), ["b", "c", "a", "d"]);
});
