import { html } from "../dom.ts";

export type Cell = string | number | null;

export interface Column {
  /** In a CSV file. */
  name: string;
  title: string;
  /** How a number is shown; a CSV file holds all its digits. Left out for text. */
  write?: (value: number) => string;
}

/** The numbers behind a figure. */
export interface Table {
  caption: string;
  columns: Column[];
  rows: Cell[][];
}

/** A click on a column's head sorts by it, a second click turns the order round. */
export function drawTable({ caption, columns, rows }: Table): HTMLElement {
  const body = html("tbody", {}, ...rows.map((row) => drawRow(columns, row)));
  const heads = columns.map((column) => html("th", { scope: "col", class: column.write ? "number" : null }));
  columns.forEach((column, index) => {
    const head = heads[index]!;
    const press = html("button", { type: "button" }, column.title);
    press.addEventListener("click", () => {
      const descending = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      body.replaceChildren(...sortRows(rows, index, descending).map((row) => drawRow(columns, row)));
    });
    head.append(press);
  });
  return html("div", { class: "table", role: "region", "aria-label": caption, tabindex: "0" },
    html("table", {}, html("caption", {}, caption), html("thead", {}, html("tr", {}, ...heads)), body));
}

/** A sorted copy; cells without a value stay last in either direction. */
export function sortRows(rows: readonly Cell[][], column: number, descending: boolean): Cell[][] {
  const sign = descending ? -1 : 1;
  const missing = (cell: Cell | undefined) => cell === null || cell === undefined || cell === "" || Number.isNaN(cell);
  return [...rows].sort((a, b) => {
    const [x, y] = [a[column], b[column]];
    if (missing(x) || missing(y)) return Number(missing(x)) - Number(missing(y));
    return x! < y! ? -sign : x! > y! ? sign : 0;
  });
}

function drawRow(columns: readonly Column[], row: readonly Cell[]): HTMLTableRowElement {
  return html("tr", {}, ...columns.map((column, index) => {
    const cell = row[index] ?? null;
    const text = typeof cell === "number" ? (Number.isNaN(cell) ? "\u2013" : (column.write ?? String)(cell)) : cell ?? "\u2013";
    return index === 0 ? html("th", { scope: "row" }, text) : html("td", { class: column.write ? "number" : null }, text);
  }));
}

/** RFC 4180. A text that a spreadsheet would take for a formula gets an apostrophe before it. */
export function toCsv({ columns, rows }: Table): string {
  const lines = [columns.map((column) => quote(column.name)), ...rows.map((row) => columns.map((_, index) => csvCell(row[index] ?? null)))];
  return lines.map((line) => `${line.join(",")}\r\n`).join("");
}

function csvCell(cell: Cell): string {
  if (cell === null || Number.isNaN(cell)) return "";
  return typeof cell === "number" ? String(cell) : quote(/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);
}

const quote = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
