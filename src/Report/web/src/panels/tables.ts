import type { Overview, Run } from "../data/overview.ts";
import type { Table } from "../figures/table.ts";
import type { Pairing } from "../data/paired.ts";
import { count, pNumber, percent, signed } from "../format.ts";
import { intervalOf, plainBits, title, valueOf, write, type Measure } from "../measure.ts";
import { askedHow } from "../state/names.ts";

/** Every country of a run, ranked ones first, with the measure shown, what it rests on and, paired, the difference from another run. */
export function rankingTable(overview: Overview, run: Run, base: Run | null, pairing: Pairing | null, measure: Measure): Table {
  const earlier = new Map((base ? overview.rows(base) : []).map((row) => [row.label, row]));
  const written = (value: number) => write(value, measure);
  const rows = [...overview.rows(run)].sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || b.bits - a.bits);
  const plain = (value: number) => write(value, plainBits);
  return {
    caption: `${title(measure)}, ${run.model}, asked ${askedHow(run)}, run ${run.id}`,
    columns: [
      { name: "country", title: "Country" },
      { name: "name", title: "Name" },
      { name: "iso3", title: "Code" },
      { name: "region", title: "Region" },
      { name: "sample", title: "Sample" },
      { name: "n", title: "n", write: count },
      { name: "rank", title: "Rank", write: String },
      { name: "rank_low", title: "May be from", write: String },
      { name: "rank_high", title: "May be to", write: String },
      { name: "shown", title: title(measure), write: written },
      { name: "interval_low", title: "95 % from", write: written },
      { name: "interval_high", title: "95 % to", write: written },
      ...(run.adjusted
        ? [
            { name: "beyond_bits", title: "Beyond guessing, bits", write: signed },
            { name: "p_holm", title: "p (Holm)", write: pNumber },
          ]
        : []),
      { name: "similarity_bits", title: "Plain mean, bits", write: plain },
      { name: "similarity_nats", title: "Plain mean, nats", write: plain },
      { name: "uniform_similarity_bits", title: "Random guesser, bits", write: plain },
      { name: "average_other_bits", title: "Average foreign country, bits", write: plain },
      { name: "nearest_bits", title: "Nearest country, bits", write: plain },
      { name: "mean_label_mass", title: "Label mass", write: percent },
      ...(base
        ? [
            { name: "compared", title: `Compared, run ${base.id}`, write: written },
            { name: "compared_n", title: `n, run ${base.id}`, write: count },
            { name: "paired_difference_bits", title: "Paired difference, bits", write: signed },
            { name: "paired_low", title: "Difference 95 % from", write: signed },
            { name: "paired_high", title: "Difference 95 % to", write: signed },
            { name: "paired_n", title: "n of both", write: count },
            { name: "paired_p_holm", title: "Difference p (Holm)", write: pNumber },
          ]
        : []),
      { name: "run", title: "Run", write: String },
      { name: "model_sha256", title: "Model file" },
    ],
    rows: rows.map((row) => {
      const [value, interval, old] = [valueOf(row, measure), intervalOf(row, measure), earlier.get(row.label)];
      const pair = pairing?.of.get(row.label);
      return [
        row.label,
        row.called,
        row.iso3,
        row.region,
        row.thin ? `${row.sampleKind}, thin` : row.sampleKind,
        row.n,
        row.rank,
        row.rankLow,
        row.rankHigh,
        value,
        interval?.[0] ?? null,
        interval?.[1] ?? null,
        ...(run.adjusted ? [row.beyond, row.pHolm] : []),
        row.bits,
        valueOf(row, { show: "similarity", unit: "nats" }),
        row.uniformBits,
        row.other,
        row.nearest,
        row.labelMass,
        ...(base ? [old ? valueOf(old, measure) : null, old?.n ?? null, pair?.difference ?? null, pair?.low ?? null, pair?.high ?? null,
          pair?.n ?? null, pair?.p ?? null] : []),
        run.id,
        run.modelSha256,
      ];
    }),
  };
}
