import { html } from "../dom.ts";

/** A note that follows the country being looked at and stays inside its frame. */
export class Tooltip {
  readonly element = html("div", { class: "tooltip", hidden: true, "aria-hidden": "true" });

  /** @param country The label of the country that it is about. */
  show(lines: readonly string[], x: number, y: number, frame: DOMRect, country = ""): void {
    this.element.dataset["of"] = country;
    this.element.replaceChildren(...lines.map((line, index) => html(index === 0 ? "strong" : "span", {}, line)));
    this.element.hidden = false;
    const left = Math.min(Math.max(0, x - this.element.offsetWidth / 2), frame.width - this.element.offsetWidth);
    const below = y + 18;
    const fits = below + this.element.offsetHeight <= frame.height;
    this.element.style.left = `${Math.max(0, left)}px`;
    this.element.style.top = `${fits ? below : Math.max(-8, y - this.element.offsetHeight - 12)}px`;
  }

  hide(): void {
    this.element.hidden = true;
  }
}
