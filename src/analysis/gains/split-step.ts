import { copyChannels } from '../../population/copy-counts.ts';
import { cladeDeviations } from '../assay/clade-deviations.ts';
import { selectionByLocus } from '../assay/selection-by-locus.ts';
import { geneticCovariance } from '../lab/genetic-covariance.ts';
import type { Covariances } from './gains-of-step.ts';
import type { CopiesAt, Interval } from './interval.ts';

/**
 * A part of the displacement of a mean genome. Parts of the account `causes` sum to the change; those of `clades`, of `levels` and of `channels` each
 * sum to selection; `line` is the account of a line of descent, and parts of `own line` sum to its part of that name. `expressed` is what is added to the change of
 * genomes where marks pass on what was learned.
 * @experimental
 */
export interface StepPart {
  readonly account: 'change' | 'causes' | 'clades' | 'levels' | 'channels' | 'line' | 'own line' | 'expressed';
  readonly part: string;
  /** A number a locus; locus units. */
  readonly step: Float64Array;
}

/** Copies that come from organisms that are not of the subject. */
export const fromOutside = 'outside';

/** What changed along a line of descent itself: what all mechanisms wrote, and in diploids which of two haplotypes was passed on. */
export const ownLine = 'own line';

/** What organisms have acquired beyond their genes, and marks pass on in part. */
export const learning = 'learning';

/** Which of the haplotypes of diploid ancestors were passed on along a line. */
export const segregation = 'segregation';

/** Copies that channels added outside the subject: what they did to it is taken back. */
export const toOthers = 'to others';

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
    ...learningStep({ opened, closed }, before, after),
  ];
}

/**
 * By how much more than genomes what they express has moved, because what organisms acquire is passed on by marks: the change of its mean. Without marks it dies
 * with the bodies, and nothing is returned.
 */
export function learningStep(
  { opened, closed }: Pick<Interval, 'opened' | 'closed'>,
  before: readonly number[],
  after: readonly number[],
): readonly StepPart[] {
  if (!opened.acquired || !closed.acquired) return [];
  const step = new Float64Array(opened.loci);
  const add = ({ acquired, loci }: CopiesAt, places: readonly number[], sign: number) => {
    for (const k of places) {
      for (let l = 0; l < loci; l++) step[l] += (sign * (acquired as Float32Array)[k * loci + l]) / places.length;
    }
  };
  add(closed, after, 1);
  add(opened, before, -1);
  return [{ account: 'expressed', part: learning, step }];
}

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

/** Copies for each locus below which random directions are drawn from the copies themselves. */
const fewCopies = 0.5;

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
  if (!clades) {
    const whole = covariance(rows);
    return copies < fewCopies * loci ? { whole, few: deviationsOf(rows, loci) } : { whole };
  }
  const { whole, within, between, numberOf } = cladeDeviations(rows, clades, loci);
  return { whole: covariance(whole), within: covariance(within), between: covariance(between), clades: numberOf };
}

/** Rows minus their mean. */
function deviationsOf(rows: Float64Array, loci: number): Float64Array {
  const mean = new Float64Array(loci);
  for (let at = 0; at < rows.length; at++) mean[at % loci] += (rows[at] * loci) / rows.length;
  return rows.map((value, at) => value - mean[at % loci]);
}
