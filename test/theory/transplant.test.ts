import { describe, expect, it } from 'vitest';
import { contestOutcome } from '../../src/analysis/tournament/contest.ts';
import { transplantContests, transplantSeed } from '../../src/analysis/transplant/transplant.ts';
import { mean, standardError } from '../../src/math/statistics.ts';
import { parseScene } from '../../src/scene/parse.ts';
import { createSimulation } from '../../src/simulation/create.ts';

const [dimensions, slope, ticks, worlds] = [8, 0.4, 10, 20];
/** The slope is that of the landscape along its steepest line; every locus has the same share of it. */
const perLocus = slope / Math.sqrt(dimensions);

// On a linear landscape log fitness is a sum over loci: T generations of selection turn a difference of d in a segment of n loci into a log
// ratio of a n d T, whatever the rest of the genome is (Crow & Kimura 1970, section 5.2: the logit of a frequency rises by s a generation).
describe.each([1, 2] as const)('on a linear landscape of ploidy %i', (ploidy) => {
  it('a segment adds what its loci differ by, in earlier and in later genomes, and segments add up to the whole', () => {
    const scene = parseScene(
      {
        version: 1,
        name: 'slope',
        title: 'Slope',
        habitat: { kind: 'landscape', form: 'linear', dimensions, forms: { linear: { slope } }, model: 'wright-fisher' },
        populations: { line: { founders: 2000, genome: { ploidy }, mechanisms: { mutation: { on: true } } } },
      },
      'test',
    );
    const simulation = createSimulation(scene, 'layout');
    const [{ layout, genomeLength }] = simulation.populations;
    simulation.dispose();
    const slots = layout.loci.map(({ slot }) => slot);
    const segments = [
      { name: 'left', loci: [0, 1, 2, 3], difference: 0.05 },
      { name: 'right', loci: [4, 5, 6, 7], difference: -0.02 },
    ];
    const [earlier, later] = [new Float32Array(genomeLength), new Float32Array(genomeLength)];
    for (const { loci, difference } of segments)
      for (const l of loci) for (let h = 0; h < ploidy; h++) later[h * layout.stride + slots[l]] = difference;
    const contests = transplantContests({ earlier, later }, segments, { ploidy, stride: layout.stride, slots });
    const margins = contests.map(({ first, second }) =>
      Array.from({ length: worlds }, (_, w) => {
        const { margin, generations } = contestOutcome({
          scene,
          seed: transplantSeed('1', 0, w),
          population: 'line',
          first,
          second,
          ticks,
        });
        expect(generations).toBe(ticks);
        return margin;
      }),
    );
    const gain = (k: number) => perLocus * segments[k].loci.length * segments[k].difference * ticks;
    const expected = [gain(0) + gain(1), gain(0), gain(0), gain(1), gain(1)];
    expect(contests.map(({ segment, background }) => `${segment?.name} ${background}`)).toEqual([
      'undefined undefined',
      ...['left earlier', 'left later', 'right earlier', 'right later'],
    ]);
    for (const [c, values] of margins.entries()) {
      expect(Math.abs(mean(values) - expected[c])).toBeLessThan(4 * standardError(values));
    }
    const interaction = margins[2].map((margin, w) => margin - margins[1][w]);
    // In the same worlds equal differences of log fitness have the same descendants, but for rounding.
    expect(Math.abs(mean(interaction))).toBeLessThan(0.05 * standardError(margins[1]));
  });
});
