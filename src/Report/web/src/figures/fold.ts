import { button } from "../dom.ts";
import { count } from "../format.ts";

const [head, tail] = [16, 6];

/** Shortens a long list to its two ends until the reader asks for all of it. */
export class Fold {
  readonly element: HTMLButtonElement;
  #all = false;

  constructor(redraw: () => void) {
    this.element = button("", () => {
      this.#all = !this.#all;
      redraw();
    }, { class: "link more" });
  }

  get all(): boolean {
    return this.#all;
  }

  /** The entries to draw; those to keep are never left out. */
  take<T>(entries: readonly T[], keep: (entry: T) => boolean): T[] {
    const foldable = entries.length > head + tail + 4;
    this.element.hidden = !foldable;
    this.element.textContent = this.#all ? "Show the two ends alone" : `Show all ${count(entries.length)}`;
    return foldable && !this.#all
      ? entries.filter((entry, index) => index < head || index >= entries.length - tail || keep(entry))
      : [...entries];
  }
}
