import type { Run } from "./data.ts";
import { signed, three } from "./format.ts";
import { html } from "./dom.ts";
import { sortRows, type Row, type SortKey } from "./ranking.ts";

const columns: { key: SortKey; title: string; unit?: string; descendingFirst: boolean }[] = [
  { key: "rank", title: "Rank", descendingFirst: false },
  { key: "label", title: "Country", descendingFirst: false },
  { key: "n", title: "n", unit: "questions", descendingFirst: true },
  { key: "bits", title: "Similarity", unit: "bits", descendingFirst: true },
  { key: "nats", title: "Similarity", unit: "nats", descendingFirst: true },
  { key: "uniformBits", title: "Uniform answerer", unit: "bits", descendingFirst: true },
  { key: "difference", title: "Difference", unit: "bits", descendingFirst: true },
];

/** Every country of the run; a click on a column's head sorts by it, a second click turns the order round. */
export function drawTable(run: Run, rows: readonly Row[]): HTMLElement {
  const body = html("tbody");
  const heads = columns.map((column) => {
    const button = html("button", { type: "button" }, column.title);
    if (column.unit) button.append(html("small", {}, column.unit));
    return { column, button, cell: html("th", { scope: "col", class: column.key }, button) };
  });

  const sortBy = (key: SortKey, descending: boolean) => {
    for (const { column, cell } of heads) {
      if (column.key === key) cell.setAttribute("aria-sort", descending ? "descending" : "ascending");
      else cell.removeAttribute("aria-sort");
    }
    body.replaceChildren(...sortRows(rows, key, descending).map((row) => drawRow(run, row)));
  };
  for (const { column, button, cell } of heads) {
    button.addEventListener("click", () => {
      const sorted = cell.getAttribute("aria-sort");
      sortBy(column.key, sorted === null ? column.descendingFirst : sorted === "ascending");
    });
  }
  sortBy("rank", false);

  const caption = html("caption", {},
    "Similarity = 1 \u2212 the Jensen\u2013Shannon distance between the model\u2019s and the country\u2019s answers, averaged over the n questions "
    + "that both answered: 0 = nothing in common, 1 = equal. In bits the distance is \u221AJSD with base-2 logarithms; in nats it is "
    + "\u221A(JSD \u00B7 ln 2), which most published figures use. The bar shows bits from 0 to 1, its mark the uniform answerer on the same questions. "
    + `Countries with n below ${run.thinBelow} and non-national samples are not ranked.`);
  return html("div", { class: "table", role: "region", "aria-label": "Ranking of countries", tabindex: "0" },
    html("table", {}, caption, html("thead", {}, html("tr", {}, ...heads.map((head) => head.cell))), body));
}

function drawRow(run: Run, row: Row): HTMLTableRowElement {
  const name = html("th", { scope: "row", class: "label" }, row.label);
  if (!row.national) name.append(badge("not national"));
  if (row.thin) name.append(badge(`n < ${run.thinBelow}`));
  const tableRow = html("tr", {},
    html("td", { class: "rank" }, row.rank === null ? "\u2013" : String(row.rank)),
    name,
    html("td", { class: "n" }, String(row.n)),
    html("td", { class: "bits" }, html("span", { class: "measure" }, three(row.bits), bar(row))),
    html("td", { class: "nats" }, three(row.nats)),
    html("td", { class: "uniformBits" }, three(row.uniformBits)),
    html("td", { class: "difference" }, signed(row.difference)));
  if (row.rank === null) tableRow.classList.add("unranked");
  return tableRow;
}

function badge(text: string): HTMLElement {
  return html("span", { class: "badge" }, text);
}

function bar(row: Row): HTMLElement {
  const fill = html("span", { class: "bar-fill" });
  const mark = html("span", { class: "bar-mark" });
  fill.style.width = `${100 * row.bits}%`;
  mark.style.left = `${100 * row.uniformBits}%`;
  return html("span", { class: "bar", "aria-hidden": "true" }, fill, mark);
}
