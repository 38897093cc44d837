import { locusSegments } from '../../analysis/assay/locus-segments.ts';
import { policyWeights } from '../../genome/layout.ts';
import type { Population } from '../../population/population.ts';
import type { LifeRecord } from '../../record/life-record.ts';
import { type PolicyChange, type StoryCause, storyCauses } from './story.ts';

/** From which organism of a line to which a step of its story leads, by their places; the last one leads to the organism as it is now. */
export interface StorySpan {
  readonly from: number;
  readonly to: number;
}

/** Most of the living of which the deviations of weights are taken. */
const mostSampled = 4000;

type Sums = Record<StoryCause, Float64Array>;

/**
 * How far the policy moved in each span of the line of an organism, part by part. Weights are those that a genome expresses: of diploids the mean of
 * both haplotypes. Weights that do not vary among the living have no scale and are left out.
 * @param spans in order, without overlap, the last up to the end of the line
 * @returns for each span the parts that changed, the largest first; empty for populations without policies
 */
export function policyChanges(
  record: LifeRecord,
  population: Population,
  id: number,
  spans: readonly StorySpan[],
): readonly (readonly PolicyChange[])[] {
  const { layout } = population;
  const slots = layout.loci.filter(({ segment }) => segment === policyWeights).map(({ slot }) => slot);
  if (slots.length === 0 || spans.length === 0) return spans.map(() => []);
  const { stride } = layout;
  const weightsOf = (genome: Float32Array) => {
    const weights = new Float64Array(slots.length);
    const isDiploid = genome.length > stride;
    for (let w = 0; w < weights.length; w++) {
      const slot = slots[w];
      weights[w] = isDiploid ? 0.5 * (genome[slot] + genome[stride + slot]) : genome[slot];
    }
    return weights;
  };
  const sums = spans.map((): Sums => {
    const none = () => new Float64Array(slots.length);
    return { transfer: none(), parents: none(), birth: none() };
  });
  const add = (sum: Float64Array, later: Float64Array, earlier: Float64Array) => {
    for (let w = 0; w < sum.length; w++) sum[w] += later[w] - earlier[w];
  };
  let [at, span] = [0, 0];
  let before: Float64Array | undefined;
  record.visitLine(id, (_, { born, first, gametes }) => {
    const own = weightsOf(born);
    while (span < spans.length && at > spans[span].to) span++;
    if (before && span < spans.length && at > spans[span].from) {
      const passed = first ? weightsOf(first) : own;
      const given = gametes && gametes !== first ? weightsOf(gametes) : passed;
      add(sums[span].transfer, passed, before);
      add(sums[span].parents, given, passed);
      add(sums[span].birth, own, first ? given : own);
    }
    before = own;
    at++;
  });
  const genome = record.genomeOf(id);
  // What the organism has received since its own birth.
  if (genome && before) add(sums[sums.length - 1].transfer, weightsOf(genome), before);

  const scales = deviations(population, slots);
  const segments = locusSegments(layout, slots).filter(({ name }) => name.startsWith('policy: '));
  return sums.map((own) =>
    segments
      .map(({ name, loci }) => {
        const known = loci.filter((w) => scales[w] > 0);
        const size = (values: (w: number) => number) => {
          let square = 0;
          for (const w of known) square += (values(w) / scales[w]) * (values(w) / scales[w]);
          return known.length > 0 ? Math.sqrt(square / known.length) : 0;
        };
        const parts = storyCauses.flatMap((cause) => {
          const amount = size((w) => own[cause][w]);
          return amount > 0 ? [[cause, amount] as const] : [];
        });
        const whole = size((w) => own.transfer[w] + own.parents[w] + own.birth[w]);
        return { segment: name, weights: known.length, size: whole, parts: Object.fromEntries(parts) };
      })
      .filter(({ parts }) => Object.keys(parts).length > 0)
      .sort((a, b) => b.size - a.size || (a.segment < b.segment ? -1 : 1)),
  );
}

/** Standard deviations of weights among the living, row by row, as genomes lie in memory; of this many of them at most. */
function deviations({ table, count }: Population, slots: readonly number[]): Float64Array {
  const genomes = table.f32('genome');
  const width = table.columns.genome.width;
  const every = Math.max(1, Math.ceil(count / mostSampled));
  const rows = Math.floor(count / every);
  const [mean, square] = [new Float64Array(slots.length), new Float64Array(slots.length)];
  for (let k = 0; k < rows; k++) {
    const from = k * every * width;
    for (let w = 0; w < slots.length; w++) mean[w] += genomes[from + slots[w]] / rows;
  }
  for (let k = 0; k < rows; k++) {
    const from = k * every * width;
    for (let w = 0; w < slots.length; w++) {
      const off = genomes[from + slots[w]] - mean[w];
      square[w] += (off * off) / rows;
    }
  }
  return square.map(Math.sqrt);
}
