import { copyChannels } from '../../population/copy-counts.ts';
import { selectionByLocus } from '../assay/selection-by-locus.ts';
import type { CopiesAt, Interval } from './interval.ts';
import { type StepPart, selectionLevels, toOthers } from './step-part.ts';
import { meanCopy } from './subject-copies.ts';

/**
 * Selection on the copies of a subject by channel, and of a whole population also by the clades of the opening (multilevel selection, Price 1972, Ann. Hum.
 * Genet. 35: 485), and where there are two species or more by species and the clades of each (`selectionLevels`). A copy has 1 plus what the channels added, less what of it is outside the subject at the close; so the covariance with the number of
 * its copies within the subject is the sum of theirs.
 * @param before, after places of its organisms, as for `splitStep`
 * @returns without clades in the first interval and for other subjects than the population; channels that added nothing are left out
 * @experimental
 */
export function splitSelectionStep(
  { opened, closed, origins, added, clades }: Interval,
  before: readonly number[],
  after: readonly number[],
): readonly StepPart[] {
  const { loci, ploidy, values } = opened;
  const means = meanCopy(opened, before);
  // By copy at the opening: those at the close within the subject, and outside it.
  const [within, outside] = [new Float64Array(values.length), new Float64Array(values.length)];
  const stays = new Uint8Array(closed.ids.length);
  for (const k of after) stays[k] = 1;
  for (let at = 0, l = 0; at < origins.length; at++, l = l + 1 === loci ? 0 : l + 1) {
    if (origins[at] === 0) continue;
    (stays[Math.floor(at / (ploidy * loci))] === 1 ? within : outside)[(origins[at] - 1) * loci + l]++;
  }
  const totals = new Float64Array(loci);
  const each = (visit: (at: number, l: number) => void) => {
    for (const k of before) {
      for (let at = k * ploidy * loci, l = 0, to = at + ploidy * loci; at < to; at++, l = l + 1 === loci ? 0 : l + 1)
        visit(at, l);
    }
  };
  each((at, l) => {
    totals[l] += within[at];
  });
  const covariance = (counts: ArrayLike<number>, sign: number) => {
    const step = new Float64Array(loci);
    each((at, l) => {
      if (totals[l] > 0) step[l] += (sign * counts[at] * (values[at] - means[l])) / totals[l];
    });
    return step;
  };
  const parts: StepPart[] = [];
  if (clades && before.length === opened.ids.length && after.length === closed.ids.length) {
    const copied = Float64Array.from(values);
    const [split] = selectionByLocus([within], copied, loci, clades);
    parts.push(
      { account: 'clades', part: 'within', step: split.within },
      { account: 'clades', part: 'between', step: split.between },
    );
    const levels = opened.species && splitLevels(within, copied, opened, opened.species, clades);
    for (const [level, step] of levels?.entries() ?? []) parts.push({ account: 'levels', part: selectionLevels[level], step });
  }
  for (const channel of copyChannels) {
    const counts = added.get(channel);
    if (counts) parts.push({ account: 'channels', part: channel, step: covariance(counts, 1) });
  }
  const left = covariance(outside, -1);
  if (left.some((value) => value !== 0)) parts.push({ account: 'channels', part: toOthers, step: left });
  return parts;
}

/** Steps in the order of `selectionLevels`; undefined for one species. */
function splitLevels(
  fitness: Float64Array,
  values: Float64Array,
  { loci, ploidy }: CopiesAt,
  species: Int32Array,
  clades: Uint32Array,
): readonly Float64Array[] | undefined {
  const numbers = new Map([...new Set(species)].map((one, k) => [one, k]));
  if (numbers.size < 2) return undefined;
  const place = Array.from(species, (one) => numbers.get(one) as number);
  const each = ploidy * loci;
  const own = Uint32Array.from(clades, (_, at) => place[Math.floor(at / each)]);
  // A clade that has members in two species counts as one in each.
  const both = own.map((one, at) => one + numbers.size * clades[at]);
  const [{ between }] = selectionByLocus([fitness], values, loci, own);
  const [inner] = selectionByLocus([fitness], values, loci, both);
  return [between, inner.between.map((step, l) => step - between[l]), inner.within];
}
