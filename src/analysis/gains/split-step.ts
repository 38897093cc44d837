import { copyChannels } from '../../population/copy-counts.ts';
import { cladeDeviations } from '../assay/clade-deviations.ts';
import { selectionByLocus } from '../assay/selection-by-locus.ts';
import { geneticCovariance } from '../lab/genetic-covariance.ts';
import type { Covariances } from './gains-of-step.ts';
import type { CopiesAt, Interval } from './interval.ts';

/**
 * A part of the displacement of a mean genome. Parts of the account `causes` sum to the change; those of `clades`, of `levels` and of `channels` each
 * sum to selection; `line` is the account of a line of descent.
 * @experimental
 */
export interface StepPart {
  readonly account: 'change' | 'causes' | 'clades' | 'levels' | 'channels' | 'line';
  readonly part: string;
  /** A number a locus; locus units. */
  readonly step: Float64Array;
}

/** Copies that come from organisms that are not of the subject. */
export const fromOutside = 'outside';

/** What changed along a line of descent itself: what all mechanisms wrote, and in diploids which of two haplotypes was passed on. */
export const ownLine = 'own line';

/** Parts of selection by level, where there are two species or more: sorting of species, of clades of one species, and selection within these. */
export const selectionLevels = ['between species', 'clades of a species', 'within clades of a species'] as const;

/** What was written into copies by none of the writers: edits by hand. */
export const otherWrites = 'other';

/**
 * Why the mean of a subject moved in an interval, locus by locus and exactly (Price 1970, Nature 227: 520, with copies as ancestors). A subject is a set
 * of organisms at the opening and a set at the close: a population, a species, a clade, or an organism and its descendant.
 *
 * change = selection (differences in the number of copies at the close that descend from each copy at the opening) + what each mechanism wrote
 * along the lines of copies + the difference between all copies at the close and those that descend from the subject (`outside`: migrants,
 * mates of others, transfer from others).
 * @param before, after places of its organisms in `opened.ids` and in `closed.ids`; at least one each
 * @throws {RangeError} for an empty set
 * @experimental
 */
export function splitStep(
  { opened, closed, origins, written }: Interval,
  before: readonly number[],
  after: readonly number[],
): readonly StepPart[] {
  if (before.length === 0 || after.length === 0) throw new RangeError('a subject needs organisms at both ends of an interval');
  const { loci, ploidy } = opened;
  const start = meanCopy(opened, before);
  const end = meanCopy(closed, after);
  const member = new Uint8Array(opened.ids.length);
  for (const k of before) member[k] = 1;
  // Over the copies at the close that descend from the subject: their number, their values, those of their origins, and what was written.
  const [count, now, then] = [0, 1, 2].map(() => new Float64Array(loci));
  const writes = new Map([...written.keys()].map((writer) => [writer, new Float64Array(loci)]));
  for (const k of after) {
    for (let at = k * ploidy * loci, l = 0, to = at + ploidy * loci; at < to; at++, l = l + 1 === loci ? 0 : l + 1) {
      const copy = origins[at] - 1;
      if (copy < 0 || member[Math.floor(copy / ploidy)] === 0) continue;
      count[l]++;
      now[l] += closed.values[at];
      then[l] += opened.values[copy * loci + l];
      for (const [writer, sums] of writes) sums[l] += (written.get(writer) as Float64Array)[at];
    }
  }
  const at = (of: (l: number) => number) => Float64Array.from({ length: loci }, (_, l) => of(l));
  // A locus without such copies has moved by what came from outside alone.
  const perCopy = (sums: Float64Array) => at((l) => (count[l] > 0 ? sums[l] / count[l] : 0));
  const selection = at((l) => (count[l] > 0 ? then[l] / count[l] - start[l] : 0));
  const outside = at((l) => end[l] - (count[l] > 0 ? now[l] / count[l] : start[l]));
  const byWriter = [...writes].map(([writer, sums]) => ({ writer, step: perCopy(sums) }));
  const change = at((l) => end[l] - start[l]);
  const other = at((l) => {
    let rest = change[l] - selection[l] - outside[l];
    for (const { step } of byWriter) rest -= step[l];
    return rest;
  });
  return [
    { account: 'change', part: 'change', step: change },
    { account: 'causes', part: 'selection', step: selection },
    ...byWriter.map(({ writer, step }): StepPart => ({ account: 'causes', part: writer, step })),
    { account: 'causes', part: fromOutside, step: outside },
    { account: 'causes', part: otherWrites, step: other },
  ];
}

/**
 * Selection on all copies of a population, split by the clades of the opening (multilevel selection, Price 1972, Ann. Hum. Genet. 35: 485), by species and
 * the clades of each (`selectionLevels`), and by channel: W is 1 plus what the channels added, so the covariance with W is the sum of theirs.
 * @returns without clades in the first interval, and without levels where there is one species; channels that added nothing are left out
 * @experimental
 */
export function splitSelectionStep({ opened, origins, added, clades }: Interval): readonly StepPart[] {
  const { loci, values } = opened;
  const copies = values.length / loci;
  const fitness = new Float64Array(values.length);
  for (let at = 0, l = 0; at < origins.length; at++, l = l + 1 === loci ? 0 : l + 1) {
    if (origins[at] > 0) fitness[(origins[at] - 1) * loci + l]++;
  }
  const [means, totals] = [new Float64Array(loci), new Float64Array(loci)];
  for (let at = 0, l = 0; at < values.length; at++, l = l + 1 === loci ? 0 : l + 1) {
    means[l] += values[at] / copies;
    totals[l] += fitness[at];
  }
  const parts: StepPart[] = [];
  if (clades) {
    const copied = Float64Array.from(values);
    const [{ within, between }] = selectionByLocus([fitness], copied, loci, clades);
    parts.push({ account: 'clades', part: 'within', step: within }, { account: 'clades', part: 'between', step: between });
    const levels = opened.species && splitLevels(fitness, copied, opened, opened.species, clades);
    for (const [level, step] of levels?.entries() ?? []) parts.push({ account: 'levels', part: selectionLevels[level], step });
  }
  for (const channel of copyChannels) {
    const counts = added.get(channel);
    if (!counts) continue;
    const step = new Float64Array(loci);
    for (let at = 0, l = 0; at < values.length; at++, l = l + 1 === loci ? 0 : l + 1) {
      if (totals[l] > 0) step[l] += (counts[at] * (values[at] - means[l])) / totals[l];
    }
    parts.push({ account: 'channels', part: channel, step });
  }
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

/** Mean over the copies of some organisms, a number a locus. */
export function meanCopy({ values, loci, ploidy }: CopiesAt, places: readonly number[]): Float64Array {
  const mean = new Float64Array(loci);
  for (const k of places) {
    for (let at = k * ploidy * loci, to = at + ploidy * loci; at < to; at += loci) {
      for (let l = 0; l < loci; l++) mean[l] += values[at + l];
    }
  }
  return mean.map((sum) => sum / (places.length * ploidy));
}

/**
 * Covariances of the copies of some organisms, which steps are compared with; and the mean number over loci of the clades.
 * @param clades with them, also the covariances within clades and of clades
 */
export function covariancesOfCopies(
  opened: CopiesAt,
  places: readonly number[],
  clades: Uint32Array | undefined,
): Covariances & { readonly clades?: number } {
  const { values, loci, ploidy } = opened;
  const copies = places.length * ploidy;
  const rows = new Float64Array(copies * loci);
  let to = 0;
  for (const k of places) {
    for (let at = k * ploidy * loci, end = at + ploidy * loci; at < end; at++) rows[to++] = values[at];
  }
  const covariance = (of: Float64Array) => geneticCovariance({ values: of, count: copies, stride: loci, dimensions: loci });
  if (!clades) return { whole: covariance(rows) };
  const { whole, within, between, numberOf } = cladeDeviations(rows, clades, loci);
  return { whole: covariance(whole), within: covariance(within), between: covariance(between), clades: numberOf };
}
