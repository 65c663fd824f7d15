// Colour scales that are even to the eye: the stops are joined in CIELAB and then spaced so that equal steps of the value
// are equal differences of colour (CIE76). Lightness alone tells the order, for colour-blind readers and in grey print.
import { hcl, interpolateNumber, lab, piecewise, type LabColor } from "d3";

export type Ramp = (share: number) => string;

const samples = 256;

function even(stops: LabColor[]): Ramp {
  const [l, a, b] = (["l", "a", "b"] as const).map((axis) => piecewise(interpolateNumber, stops.map((entry) => entry[axis])));
  const raw = Array.from({ length: samples * 4 + 1 }, (_, i) => lab(l!(i / (samples * 4)), a!(i / (samples * 4)), b!(i / (samples * 4))));
  const along = [0];
  for (let i = 1; i < raw.length; i++) along.push(along[i - 1]! + differenceOf(raw[i - 1]!, raw[i]!));
  const total = along[along.length - 1]!;
  const table: string[] = [];
  for (let i = 0, at = 0; i <= samples; i++) {
    while (at < raw.length - 1 && along[at]! < (total * i) / samples) at++;
    table.push(raw[at]!.formatHex());
  }
  return (share) => table[Math.round(Math.min(1, Math.max(0, share)) * samples)]!;
}

export const differenceOf = (a: LabColor, b: LabColor): number => Math.hypot(a.l - b.l, a.a - b.a, a.b - b.b);

const stop = (hue: number, chroma: number, light: number): LabColor => lab(hcl(hue, chroma, light));

// One for both themes: dark is near on a white page and on a black one, and in every picture taken from either.
const sea = [stop(98, 34, 92), stop(150, 34, 78), stop(205, 34, 62), stop(262, 42, 44), stop(290, 40, 30)];

const warmToCool = [stop(45, 62, 38), stop(60, 48, 62), stop(85, 4, 96), stop(230, 32, 62), stop(262, 44, 34)];
const warmToCoolOnDark = [stop(62, 66, 76), stop(55, 48, 57), stop(270, 3, 38), stop(225, 34, 58), stop(215, 36, 80)];

export interface Palette {
  /** 0 = least, 1 = most similar. */
  sequential: Ramp;
  /** 0 = farthest below, 0.5 = no change, 1 = farthest above. */
  diverging: Ramp;
  /** What cannot be told from 0. */
  unclear: string;
}

const nearness = even(sea);

export const light: Palette = { sequential: nearness, diverging: halves(warmToCool), unclear: "#b9b7b1" };
export const dark: Palette = { sequential: nearness, diverging: halves(warmToCoolOnDark), unclear: "#565d66" };

/** Each side is even in itself, so that 0.5 is the middle stop. */
function halves(stops: LabColor[]): Ramp {
  const [below, above] = [even(stops.slice(0, 3)), even(stops.slice(2))];
  return (share) => (share < 0.5 ? below(share * 2) : above(share * 2 - 1));
}
