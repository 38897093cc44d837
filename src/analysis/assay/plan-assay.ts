import type { AssayFork, AssayKind } from './perform-assay-fork.ts';

/** Defaults of an assay. @experimental */
export const usualAssay = {
  /** Ticks after which copies are counted. */
  horizon: 400,
  /** Perturbation of a locus, in standard deviations of its mutation; and of a weight of the policy. */
  size: 1,
  policySize: 2,
} as const;

/** Forks of an assay: perturbed ones in whole pairs, and `replays` of each of the other two kinds. @experimental */
export interface AssayPlan {
  readonly seed: string;
  readonly forks: number;
  readonly replays: number;
}

/**
 * The forks of an assay in the best order of making them: perturbed ones first, as pairs of one seed of which the second is mirrored.
 * Both of a pair share places, bodies and draws, so that their effects on fitness cancel in the mean (Spall 1992, IEEE Trans. Autom. Control 37: 332).
 * @param plan an odd number of perturbed forks is made even
 * @experimental
 */
export function planAssay({ seed, forks, replays }: AssayPlan): Pick<AssayFork, 'kind' | 'seed' | 'mirrored'>[] {
  const of = (kind: AssayKind, count: number) =>
    Array.from({ length: count }, (_, f) => ({ kind, seed: `${seed}/${kind}/${f}`, mirrored: false }));
  const pairs = of('perturbed', Math.ceil(forks / 2)).flatMap((fork) => [fork, { ...fork, mirrored: true }]);
  return [...pairs, ...of('reshuffled', replays), ...of('realised', replays)];
}
