import type { CopiesAt, Interval } from './interval.ts';
import { fromOutside, learning, otherWrites, type StepPart } from './step-part.ts';
import { meanCopy } from './subject-copies.ts';

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
