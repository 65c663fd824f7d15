import type { Overview } from "../data/overview.ts";
import type { Shape } from "../map/atlas.ts";
import type { Palette } from "../map/colour.ts";
import type { State, Store } from "../state/state.ts";

/** What every panel is given. */
export interface Page {
  overview: Overview;
  store: Store;
  shapes: readonly Shape[];
  palette(): Palette;
  /** Whether the page is being printed: what is not drawn at once does not reach the paper. */
  onPaper(): boolean;
}

export type Changed = ReadonlySet<keyof State | "palette">;

export interface Panel {
  element: HTMLElement;
  /** Parts of the state whose change alters what is drawn. */
  reads: readonly (keyof State | "palette")[];
  draw(state: State): void;
}

/** Draws a panel when it is near the window, and again when something that it shows has changed. */
export function attach(page: Page, place: HTMLElement, panel: Panel): (changed: Changed) => void {
  let [near, stale] = [false, true];
  const draw = () => {
    if (!stale) return;
    stale = false;
    panel.draw(page.store.state);
  };
  place.replaceChildren(panel.element);
  new IntersectionObserver((entries) => {
    near = entries[entries.length - 1]!.isIntersecting;
    if (near) draw();
  }, { rootMargin: "300px" }).observe(place);
  // On paper there is no scrolling, and no time to unpack: what a panel shows is drawn once while nobody waits.
  if ("requestIdleCallback" in window) requestIdleCallback(draw, { timeout: 5_000 });
  else setTimeout(draw, 1_000);
  addEventListener("beforeprint", draw);
  return (changed) => {
    if (!panel.reads.some((key) => changed.has(key))) return;
    stale = true;
    if (near) draw();
  };
}
