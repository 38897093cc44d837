// Transplants with planted effects: what a segment adds differs between pairs of fossils and with the genome it is in, and worlds are noisy.
import { type TransplantReport, transplantEffects } from '../../../src/experiment/describe-transplant.ts';
import { namedStream } from '../../../src/math/streams.ts';
import { all, type Calibration, within } from './row.ts';

/** The default of the command, and fewer and more. */
const sizes = [
  { pairs: 6, replicates: 4 },
  { pairs: 5, replicates: 2 },
  { pairs: 12, replicates: 6 },
];
const truth = { whole: 0.9, earlier: 0.4, later: 0.2, mean: 0.3, interaction: -0.2 };

function planted(index: number): TransplantReport {
  const { pairs, replicates } = sizes[index % sizes.length];
  const stream = namedStream(String(index), 'transplants');
  const outcomes = Array.from({ length: pairs }, (_, pair) => {
    const own = { '': 0.5 * stream.normal(), earlier: 0.4 * stream.normal(), later: 0.4 * stream.normal() };
    return Array.from({ length: replicates }, (__, replicate) => {
      // All contests of a pair have the same world.
      const world = 0.5 * stream.normal();
      const margin = (of: keyof typeof own) => own[of] + world + 0.4 * stream.normal();
      const one = { pair, replicate, generations: 3 };
      return [
        { ...one, segment: '', background: undefined, margin: truth.whole + margin('') },
        { ...one, segment: 'policy', background: 'earlier' as const, margin: truth.earlier + margin('earlier') },
        { ...one, segment: 'policy', background: 'later' as const, margin: truth.later + margin('later') },
      ];
    });
  }).flat(2);
  const fossil = { fossil: 0, tick: 0 };
  return {
    ...{ population: 'foragers', ticks: 1000, replicates, outcomes, loci: 280 },
    pairs: Array.from({ length: pairs }, () => ({ earlier: fossil, later: fossil })),
    segments: [{ name: 'policy', loci: 269 }],
  };
}

export const effects: Calibration = {
  name: 'effects of a transplant',
  world: '5 to 12 pairs of fossils, 2 to 6 worlds each: whole genomes, a segment in both genomes, mean and difference of these',
  trials: { few: 100, many: 3000 },
  trial(index) {
    return all(
      transplantEffects(planted(index)).map(({ effect, interval }) => within(interval.low, truth[effect], interval.high)),
    );
  },
};
