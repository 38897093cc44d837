import { averageSeeds, gradientOfForks } from '../../analysis/assay/summarise-assay.ts';
import { descentGroups } from '../../analysis/gains/descent-groups.ts';
import { GainsLog } from '../../analysis/gains/gains-log.ts';
import type { PartGain } from '../../analysis/gains/gains-of-step.ts';
import { genomeSpace, type SpaceInterval } from '../../analysis/gains/genome-space.ts';
import { meanCopy } from '../../analysis/gains/subject-copies.ts';
import { populationOf } from '../../analysis/gains/subjects.ts';
import { dot } from '../../analysis/lab/direction.ts';
import { namedStream } from '../../math/streams.ts';
import type { MeasuredInterval, Tasks } from './task-protocol.ts';

/**
 * Measures an interval of the climb that is watched: gains of the population by segment and cause, the steps of its groups, and the picture of all intervals.
 * @returns undefined if none lives at its close
 * @throws {RangeError} for forks of fewer than two seeds
 */
export function measureInterval({
  interval,
  forks,
  horizon,
  segments,
  scales,
  directed,
  seed,
  past,
  founders,
  across,
}: Tasks['interval']['ask']): MeasuredInterval | undefined {
  const { opened, closed } = interval;
  const log = new GainsLog({ horizon, segments, scales, directed, lines: false });
  const climbed = log.add(interval, forks, undefined, namedStream(seed, `climb ${opened.tick}`), [populationOf(interval)]);
  if (!climbed) return undefined;
  const change = climbed.subjects[0].segments[0].parts.find(({ account }) => account === 'change') as PartGain;
  const { gradients, gradient } = gradientOfForks(averageSeeds(forks), opened.ploidy);
  const groups = descentGroups(
    interval,
    founders && past.length > 0 ? { groups: past[past.length - 1].groups, founders } : undefined,
    {
      gradients,
      scales,
      chance: change,
    },
  );
  const steep = gradient.map((b, l) => b * scales[l]);
  const all = (count: number) => Array.from({ length: count }, (_, k) => k);
  const space: SpaceInterval = {
    from: opened.tick,
    to: closed.tick,
    before: meanCopy(opened, all(opened.ids.length)),
    after: meanCopy(closed, all(closed.ids.length)),
    organisms: opened.ids.length,
    gradient,
    horizonGenerations: climbed.horizonGenerations,
    gain: change.gain,
    gainError: change.gainError,
    byChance: Number.isNaN(change.high) ? 0 : Math.abs(change.high) * change.length * Math.sqrt(dot(steep, steep)),
    groups,
  };
  return { climbed, space, picture: genomeSpace([...past, space], scales, across) };
}
