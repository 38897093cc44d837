import { locusSegments } from '../../src/analysis/assay/locus-segments.ts';
import { performAssayFork, stopVariation } from '../../src/analysis/assay/perform-assay-fork.ts';
import { planAssay } from '../../src/analysis/assay/plan-assay.ts';
import { assayedSlots } from '../../src/analysis/assay/prepare-fork.ts';
import { averageSeeds, gradientOfForks } from '../../src/analysis/assay/summarise-assay.ts';
import { dot } from '../../src/analysis/lab/direction.ts';
import { sumGains } from '../../src/experiment/describe-gains.ts';
import { correlation, mean, standardError } from '../../src/math/statistics.ts';
import { implantGenomes } from '../../src/population/implant.ts';
import { rowsById } from '../../src/population/rows-by-id.ts';
import type { Scene } from '../../src/scene/schema.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import { contestEnds, endsOf, followLines, lineDesign } from './follow-lines.ts';
import { summaryTable } from './summary.ts';
import type { Verification } from './verification.ts';

const { until, horizon } = lineDesign;
/** Lines of a seed, and perturbed forks of each world of clones. */
const [lines, forks] = [4, 60];
const segments = ['everything', 'traits', 'policy'] as const;
type Segment = (typeof segments)[number];

const names: Readonly<Record<Segment, string>> = { everything: 'whole genomes', traits: 'traits', policy: 'policy weights' };
const measures = [
  { key: 'population', title: 'gain along the gradients of the population' },
  { key: 'first', title: 'along the gradient among clones of the line’s founder' },
  { key: 'last', title: 'along the gradient among clones of its end' },
  { key: 'both', title: 'along the mean of these two' },
  { key: 'both/forks', title: 'its standard error over forks' },
  { key: 'contest', title: 'contest of the ends' },
] as const;

/**
 * Why policies gain in contests what the gradients of the population do not see: the same displacements along gradients that are assayed in worlds of
 * clones, in which a locus has the other loci of its own line around it. If those agree with the contests, gradients of the population are means over networks that
 * differ; if not even those do, the way from one end to the other is not straight enough for a gradient.
 */
export const lineGradient: Verification = {
  name: 'line-gradient',
  scenes: ['meadow'],
  title: `Lines of descent of meadow, ticks 0 to ${until}, along gradients among clones of their ends (${lines} lines, ${forks} forks, horizon ${horizon}), along those of the population, and in contests`,
  mostSeeds: 5,
  measure(seed) {
    const followed = followLines(seed, lines);
    const { population, scene } = followed;
    const slots = assayedSlots(population);
    const segmentsHere = locusSegments(population.layout, slots);
    const numbers: Record<string, number> = {};
    for (const [pair, steps] of followed.lines.entries()) {
      const { earlier, later } = endsOf(population, steps);
      const change = Float64Array.from(slots, (slot) => later[slot] - earlier[slot]);
      const first = gradientAmongClones(scene, population.name, earlier, `${seed} line ${pair}`);
      const last = gradientAmongClones(scene, population.name, later, `${seed} line ${pair}`);
      const gains = steps.map(({ from, gains: own }) => ({ gains: own, horizonGenerations: followed.rates.get(from) as number }));
      const effects = contestEnds(followed, steps, seed, pair);
      for (const segment of segments) {
        const loci = segmentsHere.find(({ name }) => name === segment)?.loci ?? [];
        const masked = new Float64Array(change.length);
        for (const l of loci) masked[l] = change[l];
        // Of mirrored pairs of forks, one value each.
        const along = ({ gradients, generations }: typeof first) => gradients.map((b) => dot(b, masked) / generations);
        const put = (key: string, value: number) => {
          numbers[`${segment}/${pair}/${key}`] = value;
        };
        put('population', sumGains(gains, segment, 'change').gain);
        put('first', mean(along(first)));
        put('last', mean(along(last)));
        put('both', (mean(along(first)) + mean(along(last))) / 2);
        put('both/forks', Math.sqrt(standardError(along(first)) ** 2 + standardError(along(last)) ** 2) / 2);
        const [name, effect] = segment === 'everything' ? ['', 'whole'] : [segment, 'mean'];
        put('contest', effects.find((one) => one.segment === name && one.effect === effect)?.gain ?? Number.NaN);
      }
    }
    for (const segment of segments) {
      for (const { key } of measures) numbers[`${segment}/${key}`] = mean(ofLines(numbers, segment, key));
      for (const key of ['population', 'both'] as const) {
        numbers[`${segment}/${key}/correlation`] = correlation(
          ofLines(numbers, segment, key),
          ofLines(numbers, segment, 'contest'),
        );
      }
    }
    followed.dispose();
    return numbers;
  },
  judge: (results) => ({
    lines: table(results),
    // Traits, whose loci act alone, are the check of the instrument: sign and size within a factor of two, in every seed.
    holds: results.every((one) => {
      const ratio = one['traits/both'] / one['traits/contest'];
      return ratio > 0.5 && ratio < 2;
    }),
  }),
  tables: (results) => ({ 'line-gradient': table(results) }),
};

const ofLines = (numbers: Readonly<Record<string, number>>, segment: Segment, key: string) =>
  Array.from({ length: lines }, (_, pair) => numbers[`${segment}/${pair}/${key}`]);

const table = (results: readonly Record<string, number>[]): string[] =>
  summaryTable(
    segments.flatMap((segment) => [
      ...measures.map(({ key, title }) => ({ key: `${segment}/${key}`, title: `${names[segment]}: ${title}`, digits: 3 })),
      {
        key: `${segment}/population/correlation`,
        title: `${names[segment]}: correlation of the population’s with contests over lines`,
        digits: 2,
      },
      {
        key: `${segment}/both/correlation`,
        title: `${names[segment]}: correlation of the clones’ with contests over lines`,
        digits: 2,
      },
    ]),
    results,
  );

/** The gradient in a fresh world all of whose organisms have this genome, a vector for each mirrored pair of forks, and the generations of the horizon there. */
function gradientAmongClones(scene: Scene, name: string, genome: Float32Array, seed: string) {
  const world = createSimulation(scene, seed);
  const population = world.populations.find((one) => one.name === name);
  if (!population) throw new RangeError(`there is no population '${name}' in this scene`);
  for (const row of rowsById(population)) implantGenomes(population, [row], genome);
  const snapshot = world.snapshot();
  const question = {
    population: name,
    ticks: horizon,
    size: 1,
    policySize: 2,
    clades: new Uint32Array(population.count),
  };
  const made = planAssay({ seed, forks, replays: 0 }).map((fork) => performAssayFork(snapshot, { ...question, ...fork }));
  stopVariation(world, population);
  world.step(horizon);
  const living = population.table.u32('generation').subarray(0, population.count);
  const generations = living.reduce((sum, one) => sum + one, 0) / living.length;
  const { gradients } = gradientOfForks(averageSeeds(made), population.ploidy);
  world.dispose();
  return { gradients, generations };
}
