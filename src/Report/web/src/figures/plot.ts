import * as Plot from "@observablehq/plot";
import { zoom } from "../dom.ts";

// Plot writes a style element into its drawing. Its text depends on the class name alone, so the page's policy can allow
// exactly that text by its hash: see build.mjs.
export const plotClass = "plot";

export type PlotElement = SVGSVGElement & Plot.Plot;

/** Observable Plot, always as a bare SVG in the page's own type. The width is that of the frame, in pixels. */
export function draw(width: number, options: Plot.PlotOptions): PlotElement {
  const scale = zoom();
  const picture = Plot.plot({
    ...options,
    width: width / scale,
    className: plotClass,
    style: { fontFamily: "inherit", fontSize: "12px", overflow: "visible" },
  }) as PlotElement;
  for (const side of ["width", "height"]) picture.setAttribute(side, String(Number(picture.getAttribute(side)) * scale));
  // Plot names its groups for people who hear the page, but a group without a role cannot have a name.
  for (const group of picture.querySelectorAll("g[aria-label]")) {
    group.setAttribute("data-part", group.getAttribute("aria-label") ?? "");
    group.removeAttribute("aria-label");
  }
  return picture;
}

/** A drawing as wide as its frame, drawn anew when that changes. */
export function onResize(frame: HTMLElement, redraw: () => void): void {
  let width = 0;
  new ResizeObserver(() => {
    const now = Math.round(frame.clientWidth);
    if (now === width || now === 0) return;
    const first = width === 0;
    width = now;
    if (!first) requestAnimationFrame(redraw);
  }).observe(frame);
}
