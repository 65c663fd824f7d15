import { button, html } from "../dom.ts";
import { save, svgText, toPng, type Picture } from "./export.ts";
import { drawTable, toCsv, type Table } from "./table.ts";

export interface Contents {
  /** Title of an exported picture. */
  title: string;
  /** What the numbers are, with their unit: said under Details, and in a picture. */
  formula: string;
  /** n, run, model file, date: one sentence or more each. */
  caption: string[];
  /** What a picture must say that the page says beside it. */
  key?: string[];
  drawings: () => SVGSVGElement[][];
  table: () => Table;
  /** Stem of a saved file's name. */
  file: string;
}

/** A drawing with its words: the caption below it, its numbers as a table behind it, and ways to take it along. */
export class Figure {
  readonly element: HTMLElement;
  readonly body = html("div", { class: "drawing" });
  readonly #caption = html("figcaption");
  readonly #numbers = html("details", { class: "numbers" });
  readonly #said = html("span", { class: "said", role: "status" });
  #contents: Contents | null = null;

  constructor(name: string) {
    const act = (work: (contents: Contents) => Promise<string> | string) => () => void this.#act(work);
    const menu = html("details", { class: "menu" },
      html("summary", { "aria-label": `Export ${name}` }, "Export"),
      html("div", { class: "menu-items" },
        button("Save PNG", act(async (it) => this.#save(it, "png", await toPng(pictureOf(it))))),
        button("Save SVG", act((it) => this.#save(it, "svg", new Blob([svgText(pictureOf(it))], { type: "image/svg+xml" })))),
        button("Save CSV", act((it) => this.#save(it, "csv", new Blob([toCsv(it.table())], { type: "text/csv" })))),
        button("Copy PNG", act((it) => copy("image/png", toPng(pictureOf(it))))),
        button("Copy SVG", act((it) => copyText(svgText(pictureOf(it))))),
        button("Copy CSV", act((it) => copyText(toCsv(it.table()))))));
    this.#numbers.append(html("summary", {}, "The numbers as a table"));
    this.#numbers.addEventListener("toggle", () => this.#fill());
    this.element = html(
      "figure",
      {},
      this.body,
      html("div", { class: "below" }, this.#caption, html("div", { class: "tools" }, this.#said, menu)),
      this.#numbers,
    );
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") menu.open = false;
    });
    document.addEventListener("pointerdown", (event) => {
      if (!menu.contains(event.target as Node)) menu.open = false;
    });
  }

  /** Says what the body, drawn anew, shows. */
  describe(contents: Contents): void {
    this.#contents = contents;
    const [details, { formula, caption }] = [this.#caption.querySelector("details"), contents];
    this.#caption.replaceChildren(...caption.map((sentence) => html("span", {}, `${sentence} `)),
      ...(formula === "" ? [] : [html("details", { open: details?.open ?? false }, html("summary", {}, "Details: the formula and its unit"),
        html("span", {}, formula))]));
    this.#said.textContent = "";
    this.#fill();
  }

  /** Draws the table anew, where it is open, after numbers that it shows have come. */
  refresh(): void {
    this.#fill();
  }

  #fill(): void {
    const [summary, old] = this.#numbers.children;
    if (this.#numbers.open && this.#contents) this.#numbers.replaceChildren(summary!, drawTable(this.#contents.table()));
    else old?.remove();
  }

  #save(contents: Contents, kind: string, blob: Blob): string {
    save(`${contents.file.replace(/[^A-Za-z0-9-]+/g, "-")}.${kind}`, blob);
    return `Saved as ${kind.toUpperCase()}.`;
  }

  async #act(work: (contents: Contents) => Promise<string> | string): Promise<void> {
    if (!this.#contents) return;
    try {
      this.#said.textContent = await work(this.#contents);
    } catch (error) {
      this.#said.textContent = `The browser refused: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
}

const pictureOf = ({ title, drawings, formula, caption, key = [] }: Contents): Picture => ({
  title,
  drawings: drawings(),
  caption: [...key, ...(formula === "" ? [] : [formula]), ...caption],
});

async function copy(type: string, blob: Promise<Blob>): Promise<string> {
  await navigator.clipboard.write([new ClipboardItem({ [type]: blob })]);
  return "Copied.";
}

async function copyText(text: string): Promise<string> {
  await navigator.clipboard.writeText(text);
  return "Copied.";
}
