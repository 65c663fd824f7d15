import { button } from "../dom.ts";
import { count } from "../format.ts";
import { gapLine, type Dot } from "./dots.ts";

const [head, tail] = [16, 6];

/** The lines to draw: what is left out is said where it is left out. */
export function withGaps<T>(kept: readonly (T | number)[], draw: (entry: T) => Dot): Dot[] {
  let gaps = 0;
  return kept.map((entry) => (typeof entry === "number" ? gapLine(entry, gaps++) : draw(entry)));
}

export const drawnOf = <T>(kept: readonly (T | number)[]): T[] => kept.filter((entry): entry is T => typeof entry !== "number");

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

  /** The entries to draw, and how many are left out where some are; those to keep are never left out. */
  take<T>(entries: readonly T[], keep: (entry: T) => boolean): (T | number)[] {
    const foldable = entries.length > head + tail + 4;
    this.element.hidden = !foldable;
    this.element.textContent = this.#all ? "Show the two ends alone" : `Show all ${count(entries.length)}`;
    const kept: (T | number)[] = [];
    entries.forEach((entry, index) => {
      const last = kept[kept.length - 1];
      if (!foldable || this.#all || index < head || index >= entries.length - tail || keep(entry)) kept.push(entry);
      else if (typeof last === "number") kept[kept.length - 1] = last + 1;
      else kept.push(1);
    });
    return kept;
  }
}
