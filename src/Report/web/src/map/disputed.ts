// Areas whose standing is disputed, by the rule that the page states below the map.
import type { Shape } from "./atlas.ts";

/** How they are drawn: hatched and named; as any other country; without colour. */
export const disputedLooks = ["hatched", "plain", "blank"] as const;
export type DisputedLook = (typeof disputedLooks)[number];

const byCode: ReadonlyMap<string, string> = new Map([["ESH", "Western Sahara"], ["FLK", "Falkland Islands (Malvinas)"],
  ["PSE", "Palestine"], ["TWN", "Taiwan"], ["XKX", "Kosovo"]]);
const byAtlasName: ReadonlyMap<string, string> = new Map([["N. Cyprus", "Northern Cyprus"], ["Somaliland", "Somaliland"],
  ["Siachen Glacier", "Siachen Glacier"]]);

/** What a disputed area is called; undefined for every other shape. */
export const disputedName = ({ iso3, name }: Pick<Shape, "iso3" | "name">): string | undefined =>
  iso3 === undefined ? byAtlasName.get(name) : byCode.get(iso3);

export const disputedWords = (name: string): string =>
  `Disputed area: ${name}. Drawn by who controls it, without any claim.`;

export const disputedRule =
  "Borders: Natural Earth, by who controls an area, without any claim. Marked as disputed: areas that it draws on their own and that are "
  + `no member of the United Nations while a member claims them (${[...byCode.values(), ...byAtlasName.values()].sort().join(", ")}). `
  + "Other disputes, such as those about Crimea and Kashmir, have no shape of their own in this atlas and cannot be marked.";
