import { signed, three } from "./format.ts";
import type { MapChoice } from "./ranking.ts";
import { html } from "./dom.ts";

/** What is said of one country: first its name, then one fact per line. */
export function describe(name: string, choice: MapChoice | undefined): string[] {
  if (!choice) return [name, "No data in this run."];
  const { row, others } = choice;
  const lines = [
    row.label,
    `Similarity ${three(row.bits)} (bits), ${three(row.nats)} (nats)`,
    `Uniform answerer ${three(row.uniformBits)}, difference ${signed(row.difference)} (bits)`,
    row.rank === null ? `n = ${row.n} questions: thin data, not ranked` : `n = ${row.n} questions, rank ${row.rank}`,
  ];
  if (others.length > 0) {
    const left = others.map((other) => `${other.label} (n = ${other.n})`).join(", ");
    lines.push(`The national sample with the most questions is shown; also in the table: ${left}.`);
  }
  return lines;
}

/** A note that follows the country being looked at and stays inside its frame. */
export class Tooltip {
  readonly element = html("div", { class: "tooltip", hidden: "", "aria-hidden": "true" });

  show(lines: string[], x: number, y: number, frame: DOMRect): void {
    this.element.replaceChildren(...lines.map((line, index) => html(index === 0 ? "strong" : "span", {}, line)));
    this.element.hidden = false;
    const left = Math.min(Math.max(0, x - this.element.offsetWidth / 2), frame.width - this.element.offsetWidth);
    const below = y + 18;
    const fits = below + this.element.offsetHeight <= frame.height;
    this.element.style.left = `${Math.max(0, left)}px`;
    this.element.style.top = `${fits ? below : Math.max(0, y - this.element.offsetHeight - 12)}px`;
  }

  hide(): void {
    this.element.hidden = true;
  }
}
