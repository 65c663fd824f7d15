// What the page knows as soon as it opens: the runs, the countries, and one line of numbers per run and country.
// OverviewBlock.cs writes it from the views of the results file.
import { withNames } from "../state/countries.ts";
import { withTwins } from "../state/names.ts";
import { none16, type Block } from "./block.ts";

export interface Run {
  /** Place in the overview. */
  index: number;
  /** Number in the results file. */
  id: number;
  /** SHA-256 of all that can change its answers: what tells it from every run of any file. */
  key: string;
  /** Whether another run of this page is called the same, so that its number has to be said too. */
  twin: boolean;
  model: string;
  modelSha256: string;
  /** Index of the survey. */
  survey: number;
  condition: string;
  promptedCountry: string | null;
  /** The people whom the prompts name: indices of the survey's countries. */
  prompted: readonly number[];
  /** BCP 47; null for the survey's own language. */
  language: string | null;
  translation: string | null;
  control: string;
  reading: string;
  origin: string;
  template: string;
  templateVersion: string;
  /** What its prompts call somebody, or the whole wording with its places; null where the file holds neither. */
  wording: string | null;
  ending: string;
  optionOrder: string;
  exact: boolean;
  engineBuild: string;
  device: string;
  /** Day on which the run began, UTC, as YYYY-MM-DD. */
  date: string;
  /** "complete" when every question was dealt with. */
  status: string;
  /** Questions of the survey; those neither answered nor unanswered were not asked. */
  questions: number;
  answered: number;
  unanswered: number;
  /** Mean share of probability outside the option labels, 0 to 1. */
  offMenu: number | null;
  /** A country with fewer questions than this is thin: hatched on the map and not ranked. */
  thinBelow: number;
  /** Whether adjusted means are stored; files that were scored by an earlier version have none. */
  adjusted: boolean;
  /** Null where it was not measured. */
  noise: Noise | null;
  /** What llama.cpp's rounding for quantised weights is worth beside it; null where it was not measured. */
  rounding: Noise | null;
  /** Whether the page holds the run's answers to single questions. */
  detail: boolean;
}

/** How far arithmetic moves a run's numbers: absolute differences of two ways of computing the same prompts. */
export interface Noise {
  /** Prompts of the sample. */
  prompts: number;
  meanProb: number;
  maxProb: number;
  /** Of the similarity in bits of one question and country; null where it could not be measured. */
  meanSimilarity: number | null;
  maxSimilarity: number | null;
}

export interface Survey {
  name: string;
  sha256: string;
  /** BCP 47 tag of its questions' language. */
  language: string;
  /** What the survey's own licence asks to be said. */
  notice: string | null;
  countries: Country[];
}

export interface Country {
  /** As the survey writes it: the key everywhere. */
  label: string;
  /** The country's usual name. */
  name: string;
  /** What the page calls it: spelled out, with what tells it from other samples of the same people. */
  called: string;
  /** When these people were asked, in the survey's words; null where it does not say. */
  wave: string | null;
  /** The studies that asked them, the one with the most questions first. */
  sources: { source: string; questions: number }[];
  iso3: string | null;
  sampleKind: string;
  region: string | null;
}

/** One run and one country. Numbers are NaN, and ranks null, where the results file has none. */
export interface Row extends Country {
  /** Index in the survey's countries. */
  country: number;
  national: boolean;
  n: number;
  /** Stands for the questions that the means rest on: equal for two runs that answered the same ones. */
  asked: number;
  /** Item families among the n questions: what the interval's resampling draws. */
  families: number | null;
  thin: boolean;
  /** By `beyond`; in a run without adjusted means by `bits`. Null for thin data and whatever else would mislead. */
  rank: number | null;
  /** The places that chance leaves. */
  rankLow: number | null;
  rankHigh: number | null;
  /** Adjusted similarity less the random guesser's, in bits: as if every country had been asked every question. */
  beyond: number;
  /** Its 95 % interval. */
  beyondLow: number;
  beyondHigh: number;
  /** The p-value for `beyond` being 0, by Holm's correction. */
  pHolm: number;
  /** 1 - sqrt(JSD), mean over the n questions: the plain mean. */
  bits: number;
  /** 1 - JSD, mean over the n questions. */
  divergence: number;
  uniformBits: number;
  uniformDivergence: number;
  /** 95 % interval of `bits`. */
  low: number;
  high: number;
  skill: number;
  labelMass: number;
  /**
   * Similarity of other people to this country's, in bits: to the mean of all other countries, to the average one, to the nearest and the
   * farthest.
   */
  world: number;
  other: number;
  nearest: number;
  farthest: number;
  nearestLabel: string | null;
  farthestLabel: string | null;
}

export interface Overview {
  runs: Run[];
  /** Index of the run that the page opens with. */
  opened: number;
  surveys: Survey[];
  /** Runs of the file that hold answers but no similarities yet. */
  unscoredRuns: number;
  rows(run: Run): readonly Row[];
}

interface Values {
  runs: Omit<Run, "index" | "twin">[];
  opened: number;
  surveys: (Omit<Survey, "countries"> & { countries: Omit<Country, "called">[] })[];
  unscoredRuns: number;
}

/** With a larger mean probability outside all labels a run's answers say too little to rank anybody by them. */
const mostOffMenu = 0.5;

export const isOffMenu = (run: Pick<Run, "reading" | "offMenu">): boolean =>
  !run.reading.startsWith("text-") && (run.offMenu ?? 0) > mostOffMenu;

const unplaced = { rank: null, rankLow: null, rankHigh: null };

const or = (value: number | undefined): number | null => (value === undefined || value === none16 ? null : value);

export function readOverview(block: Block): Overview {
  const values = block.values as Values;
  const surveys = values.surveys.map((survey): Survey => ({ ...survey, countries: withNames(survey.countries) }));
  const runs = withTwins(values.runs.map((run, index): Run => ({ ...run, index, twin: false })));
  const [run, country, n, families] = [block.u16("run"), block.u16("country"), block.i32("n"), block.u16("families")];
  const asked = block.i32("asked");
  const [ranked, rank, rankLow, rankHigh] = [block.u8("ranked"), block.u16("rank"), block.u16("rankLow"), block.u16("rankHigh")];
  const [near, far] = [block.u16("nearestCountry"), block.u16("farthestCountry")];
  const numbers = [
    "beyond",
    "beyondLow",
    "beyondHigh",
    "pHolm",
    "bits",
    "divergence",
    "uniformBits",
    "uniformDivergence",
    "low",
    "high",
    "skill",
    "labelMass",
    "world",
    "other",
    "nearest",
    "farthest",
  ] as const;
  const columns = numbers.map((name) => [name, block.f64(name)] as const);
  const starts = new Int32Array(runs.length + 1);
  for (const index of run) starts[index + 1]!++;
  for (let i = 0; i < runs.length; i++) starts[i + 1]! += starts[i]!;

  const placeOf = (i: number) => ({ rank: or(rank[i]), rankLow: or(rankLow[i]), rankHigh: or(rankHigh[i]) });
  const cache = new Map<number, Row[]>();
  const rows = (wanted: Run): Row[] => {
    const known = cache.get(wanted.index);
    if (known) return known;
    const survey = surveys[wanted.survey]!;
    const result: Row[] = [];
    for (let i = starts[wanted.index]!; i < starts[wanted.index + 1]!; i++) {
      const where = survey.countries[country[i]!]!;
      const national = where.sampleKind !== "non-national";
      const row = {
        ...where, country: country[i]!, national, n: n[i]!, asked: asked[i]!, families: or(families[i]),
        thin: national && ranked[i] === 0, ...(isOffMenu(wanted) ? unplaced : placeOf(i)),
        nearestLabel: survey.countries[near[i]!]?.called ?? null, farthestLabel: survey.countries[far[i]!]?.called ?? null,
      } as Row;
      for (const [name, column] of columns) row[name] = column[i]!;
      result.push(row);
    }
    cache.set(wanted.index, result);
    return result;
  };
  return { runs, surveys, opened: values.opened, unscoredRuns: values.unscoredRuns, rows };
}
