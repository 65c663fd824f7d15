import { three } from "./format.ts";
import { html, svg } from "./dom.ts";
import type { Scale } from "./scale.ts";

const left = 20;
const length = 380;
const top = 34;
const thickness = 14;
const steps = 32;

/** The colour scale as a ruler, with the uniform answerer marked on it. */
export function drawLegend(scale: Scale, uniform: number | null, thinBelow: number): HTMLElement {
  const x = (value: number) => left + scale.position(value) * length;
  const label = `Colour scale: similarity in bits from ${scale.low.toFixed(2)} to ${scale.high.toFixed(2)}`
    + (uniform === null ? "" : `; uniform answerer, mean ${three(uniform)}`);
  const ruler = svg("svg", { viewBox: `0 0 ${length + 2 * left} 72`, role: "img", "aria-label": label, class: "ruler" },
    svg("defs", {}, svg("linearGradient", { id: "scale" }, ...gradient(scale))),
    svg("rect", { x: left, y: top, width: length, height: thickness, fill: "url(#scale)" }));
  for (const tick of scale.ticks) {
    ruler.append(
      svg("line", { x1: x(tick), x2: x(tick), y1: top + thickness, y2: top + thickness + 4, class: "tick" }),
      svg("text", { x: x(tick), y: top + thickness + 17, "text-anchor": "middle" }, String(tick)));
  }
  if (uniform !== null) {
    const at = x(uniform);
    const share = scale.position(uniform);
    ruler.append(
      svg("path", { d: `M${at - 5},${top - 8}h10l-5,8z`, class: "mark" }),
      svg("line", { x1: at, x2: at, y1: top, y2: top + thickness, class: "mark-line" }),
      svg("text", { x: at, y: top - 13, "text-anchor": share < 0.25 ? "start" : share > 0.75 ? "end" : "middle" },
        `uniform answerer, mean ${three(uniform)}`));
  }
  return html("div", { class: "legend" },
    html("figure", {}, html("figcaption", {}, "Similarity (bits)"), ruler),
    html("ul", { class: "keys" },
      html("li", {}, html("span", { class: "key key-thin" }), `fewer than ${thinBelow} questions`),
      html("li", {}, html("span", { class: "key key-none" }), "no data")));
}

function gradient(scale: Scale): SVGStopElement[] {
  return Array.from({ length: steps + 1 }, (_, i) => {
    const share = i / steps;
    return svg("stop", { offset: share, "stop-color": scale.colour(scale.low + share * (scale.high - scale.low)) });
  });
}
