import { html } from "../dom.ts";
import { perMille } from "../format.ts";

/** Two distributions over a question's options side by side: a table whose cells are bars. Shares are in thousandths. */
export function drawPair(
  options: readonly string[],
  left: { name: string; shares: ArrayLike<number> },
  right: { name: string; shares: ArrayLike<number> },
): HTMLElement {
  const bar = (share: number, side: string) => {
    const fill = html("span", { class: "bar-fill" });
    fill.style.width = `${share / 10}%`;
    return html(
      "td",
      { class: side },
      html("span", { class: "share" }, perMille(share)),
      html("span", { class: "bar", "aria-hidden": "true" }, fill),
    );
  };
  return html(
    "table",
    { class: "pair" },
    html(
      "thead",
      {},
      html(
        "tr",
        {},
        html("th", { scope: "col" }, "Option"),
        html("th", { scope: "col", class: "model" }, left.name),
        html("th", { scope: "col", class: "people" }, right.name),
      ),
    ),
    html(
      "tbody",
      {},
      ...options.map((option, index) =>
        html("tr", {}, html("th", { scope: "row" }, option), bar(left.shares[index]!, "model"), bar(right.shares[index]!, "people")),
      ),
    ),
  );
}
