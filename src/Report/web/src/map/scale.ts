import type { Ramp } from "./colour.ts";

/** A linear colour scale. */
export interface Scale {
  low: number;
  high: number;
  ticks: number[];
  /** Small values at the right end, as for ranks. */
  reversed: boolean;
  /** 0 to 1 along the ruler; values outside the range are held at its ends. */
  position(value: number): number;
  colour(value: number): string;
}

/** Spans the given values, widened to whole hundredths so that its ends can be read. */
export function sequential(values: readonly number[], ramp: Ramp): Scale {
  let [low, high] = [Math.min(...values), Math.max(...values)];
  [low, high] = values.length === 0 ? [0, 1] : [Math.floor(low * 100 + 1e-9) / 100, Math.ceil(high * 100 - 1e-9) / 100];
  if (high - low < 0.015) [low, high] = [low - 0.01, high + 0.01];
  return make(low, high, ticksBetween(low, high), ramp);
}

/** Ranks from 1 to the last; 1 is the most similar and stands at the right. */
export function ranking(last: number, ramp: Ramp): Scale {
  const high = Math.max(2, last);
  const step = [1, 2, 5, 10, 20, 25, 50, 100].find((candidate) => high / candidate <= 6) ?? high;
  const ticks = [
    1,
    ...Array.from({ length: Math.floor(high / step) }, (_, i) => (i + 1) * step).filter((tick) => tick > step / 2 && tick > 1),
  ];
  return make(1, high, ticks, ramp, true);
}

/** As far below 0 as above it, so that the middle colour means no change. */
export function diverging(values: readonly number[], ramp: Ramp, whole: boolean): Scale {
  const largest = Math.max(0, ...values.map(Math.abs));
  const reach = whole ? Math.max(1, Math.ceil(largest)) : Math.max(0.01, Math.ceil(largest * 100 - 1e-9) / 100);
  return make(-reach, reach, ticksBetween(-reach, reach), ramp);
}

function make(low: number, high: number, ticks: number[], ramp: Ramp, reversed = false): Scale {
  const position = (value: number) => {
    const share = Math.min(1, Math.max(0, (value - low) / (high - low)));
    return reversed ? 1 - share : share;
  };
  return { low, high, ticks, reversed, position, colour: (value) => ramp(position(value)) };
}

/** Three to seven round numbers inside [low, high]. */
export function ticksBetween(low: number, high: number): number[] {
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough * 0.999) ?? rough;
  const ticks: number[] = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) ticks.push(Number((i * step).toPrecision(12)));
  return ticks;
}
