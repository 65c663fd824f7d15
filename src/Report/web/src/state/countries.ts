// What the samples of a survey are called, and which of them are of one country.
import type { Country } from "../data/overview.ts";
import { plural } from "../format.ts";

type Sample = Omit<Country, "called">;

const studies: ReadonlyMap<string, { short: string; long: string }> = new Map([
  ["GAS", { short: "Pew", long: "Pew Global Attitudes Surveys" }],
  ["WVS", { short: "WVS", long: "World Values Survey" }],
]);

/** A study's name as the survey file shortens it, spelled out where it is known. */
export const studyName = (source: string): string => studies.get(source)?.long ?? source;

const shortStudy = (source: string): string => studies.get(source)?.short ?? source;

const isNational = ({ sampleKind }: Pick<Sample, "sampleKind">): boolean => sampleKind !== "non-national";

/** Names all samples of a survey: by their country alone where it has one national sample, else with the part that each is. */
export const withNames = (all: readonly Sample[]): Country[] => {
  const samples = new Map<string, Sample[]>();
  for (const sample of all) {
    if (sample.iso3 === null || !isNational(sample)) continue;
    const known = samples.get(sample.iso3);
    if (known) known.push(sample);
    else samples.set(sample.iso3, [sample]);
  }
  return all.map((sample) => ({ ...sample, called: calledOf(sample, samples.get(sample.iso3 ?? "") ?? []) }));
};

function calledOf(sample: Sample, national: readonly Sample[]): string {
  if (sample.iso3 === null) return sample.label;
  if (!isNational(sample)) return `${sample.name}, not a national sample`;
  const part = partOf(sample);
  return national.length < 2 || part === "" ? sample.name : `${sample.name} (${part})`;
}

/** What a sample is among several of one country: its label where that is not the name, the studies that asked it and when. */
const partOf = ({ label, name, sources, wave }: Sample): string =>
  [
    label === name ? "" : label.startsWith(`${name} (`) && label.endsWith(")") ? label.slice(name.length + 2, -1) : label,
    sources.map(({ source }) => shortStudy(source)).join(" and "), wave ?? "",
  ]
    .filter((part) => part !== "").join(", ");

/** Rows by country: of each the sample with the most questions, and the other national ones behind it. Groups stand alone. */
export function byCountry<T extends Pick<Country, "label" | "iso3"> & { national: boolean; n: number }>(rows: readonly T[]): [T, T[]][] {
  return together(rows, (row) => (row.national ? row.iso3 : null)).map((samples) => {
    const [first, ...others] = [...samples].sort((a, b) => b.n - a.n || (a.label < b.label ? -1 : 1));
    return [first!, others];
  });
}

type Labelled = Pick<Country, "label" | "iso3">;

/** Samples of one country, by what tells it from others; a group that is no country is its own. */
export const samplesByCountry = <T extends Labelled>(samples: readonly T[]): T[][] => together(samples, ({ iso3 }) => iso3);

/** In the order in which they come; a sample without a country stands alone. */
function together<T extends Labelled>(samples: readonly T[], countryOf: (sample: T) => string | null): T[][] {
  const of = new Map<string, T[]>();
  for (const sample of samples) {
    const key = countryOf(sample) ?? `label ${sample.label}`;
    const known = of.get(key);
    if (known) known.push(sample);
    else of.set(key, [sample]);
  }
  return [...of.values()];
}

/** How many countries samples are of: one that was asked by several surveys, or in split samples, counts once. */
export const countriesIn = (samples: readonly Labelled[]): number => samplesByCountry(samples).length;

export const countryWords = (samples: readonly Labelled[]): string => plural(countriesIn(samples), "country", "countries");

/** How many they are: "38 countries" or, where some were asked more than once, "40 samples of 38 countries". */
export const sampleWords = (samples: readonly Labelled[]): string =>
  countriesIn(samples) === samples.length ? countryWords(samples) : `${plural(samples.length, "sample")} of ${countryWords(samples)}`;
