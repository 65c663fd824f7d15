// Text reaches the page only as text nodes. Nothing here, or anywhere, parses markup.

type Content = Node | string | null;
type Attributes = Record<string, string | number | boolean | null>;

export function html<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Attributes = {}, ...content: Content[]): HTMLElementTagNameMap[K] {
  return fill(document.createElement(tag), attributes, content);
}

export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K, attributes: Attributes = {}, ...content: Content[]): SVGElementTagNameMap[K] {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, content);
}

/** An element of the template; its absence is a mistake of ours, so it is loud. */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no element #${id}.`);
  return element;
}

export function button(text: string, act: () => void, attributes: Attributes = {}, ...content: Content[]): HTMLButtonElement {
  const element = html("button", { type: "button", ...attributes }, text, ...content);
  element.addEventListener("click", act);
  return element;
}

/** How much larger than usual the page's type is: drawings keep to it, so that their words stay readable on a large screen. */
export const zoom = (): number => parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;

/** true sets an attribute without a value; false and null leave it out. */
function fill<E extends Element>(element: E, attributes: Attributes, content: Content[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...content.filter((entry) => entry !== null));
  return element;
}
