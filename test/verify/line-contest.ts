import json from '../../scenes/meadow.json';
import { assayedSlots } from '../../src/analysis/assay/prepare-fork.ts';
import { contestOutcome } from '../../src/analysis/tournament/contest.ts';
import {
  transplantContests,
  transplantSeed,
  transplantSegments,
  usualSegments,
} from '../../src/analysis/transplant/transplant.ts';
import { sumGains } from '../../src/experiment/describe-gains.ts';
import { type TransplantOutcome, type TransplantReport, transplantEffects } from '../../src/experiment/describe-transplant.ts';
import { correlation, mean, standardError } from '../../src/math/statistics.ts';
import { namedStream } from '../../src/math/streams.ts';
import type { Population } from '../../src/population/population.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import { followClimb } from '../theory/gains.ts';
import { summarise, summaryTable } from './summary.ts';
import type { Verification } from './verification.ts';
import { sceneWith } from './watch-scene.ts';

const [every, until, horizon, forks] = [1000, 4000, 400, 40];
const [lines, ticks] = [8, 1000];
const segments = ['', 'traits', 'policy'] as const;
/** Where lines begin: with their founders, and at the first assay after these, when clades have been sorted. */
const starts = [0, every] as const;

/**
 * Gains of lines of descent along the gradients of their intervals, against contests of the genomes at both ends of the same lines. Both are log fitness
 * a generation, so that a segment should have the same number twice.
 */
export const lineContest: Verification = {
  name: 'line-contest',
  scenes: ['meadow'],
  title: `Gains of lines of descent of meadow against transplants between their ends, ticks 0 to ${until} (intervals of ${every} ticks, horizon ${horizon}, ${forks} forks; ${lines} lines, contests of ${ticks} ticks)`,
  mostSeeds: 5,
  measure(seed) {
    const scene = sceneWith(json, 'meadow');
    const simulation = createSimulation(scene, String(seed));
    const [population] = simulation.populations;
    const census = Array.from({ length: until / every + 1 }, (_, k) => k * every);
    const plan = { ticks: census, horizon, forks, size: 1, policySize: 2, nulls: false, seed: String(seed), lines: true };
    const log = followClimb(simulation, plan);
    const rates = new Map(log.intervals.map(({ from, horizonGenerations }) => [from, horizonGenerations]));
    const ids = population.table.f64('id').slice(0, population.count).sort();
    // The eldest first, the others evenly spaced in the order of birth.
    const followed = Array.from({ length: lines }, (_, k) => {
      const id = ids[Math.floor((k * ids.length) / lines)];
      return log.line(id, namedStream(String(seed), `line ${id}`)) ?? [];
    });
    const slots = population.layout.loci.map(({ slot }) => slot);
    const chosen = usualSegments(transplantSegments(population.layout, slots));
    const shape = { ploidy: population.ploidy, stride: population.layout.stride, slots };
    const numbers: Record<string, number> = {};
    for (const start of starts) {
      const spans = followed.map((steps) => steps.filter(({ from }) => from >= start));
      const outcomes = spans.flatMap((steps, pair) => {
        const ends = {
          earlier: genomeOf(population, steps[0].opened),
          later: genomeOf(population, steps[steps.length - 1].closed),
        };
        const world = { scene, seed: transplantSeed(String(seed), pair, 0), population: population.name, ticks };
        return transplantContests(ends, chosen, shape).map(({ segment, background, first, second }): TransplantOutcome => {
          const outcome = contestOutcome({ ...world, first, second });
          return { pair, replicate: 0, segment: segment?.name ?? '', background, ...outcome };
        });
      });
      const ofPair = (pair: number): TransplantReport => ({
        population: population.name,
        ticks,
        replicates: 1,
        pairs: [{ earlier: { fossil: 0, tick: start }, later: { fossil: 1, tick: until } }],
        loci: slots.length,
        segments: chosen.map(({ name, loci }) => ({ name, loci: loci.length })),
        outcomes: outcomes.filter((one) => one.pair === pair).map((one) => ({ ...one, pair: 0 })),
      });
      for (const [pair, steps] of spans.entries()) {
        const gains = steps.map(({ from, gains: own }) => ({ gains: own, horizonGenerations: rates.get(from) as number }));
        const effects = transplantEffects(ofPair(pair));
        for (const segment of segments) {
          const { gain, error } = sumGains(gains, segment || 'everything', 'change');
          numbers[`${start}/${segment}/${pair}/gain`] = gain;
          numbers[`${start}/${segment}/${pair}/error`] = error;
          for (const { effect, interval, generations } of effects.filter((one) => one.segment === segment)) {
            numbers[`${start}/${segment}/${pair}/${effect}`] = interval.mean / generations;
          }
        }
      }
      for (const segment of segments) {
        const of = (what: string) => Array.from({ length: lines }, (_, pair) => numbers[`${start}/${segment}/${pair}/${what}`]);
        const contest = of(segment === '' ? 'whole' : 'mean');
        const key = `${start}/${segment}`;
        numbers[`${key}/gain`] = mean(of('gain'));
        numbers[`${key}/gain/lines`] = standardError(of('gain'));
        // Lines share their gradients, so that errors of the forks do not shrink with the number of lines.
        numbers[`${key}/gain/forks`] = mean(of('error'));
        numbers[`${key}/contest`] = mean(contest);
        numbers[`${key}/contest/lines`] = standardError(contest);
        numbers[`${key}/agree`] = of('gain').filter((gain, k) => agree(gain, contest[k])).length;
      }
    }
    simulation.dispose();
    return numbers;
  },
  judge: (results) => ({
    lines: [...contestTable(results), ...agreement(results)],
    // Not asked of policies, whose gains are far from their contests.
    holds: withCorrelations(results).every((one) => one[`${every}/traits/correlation`] > 0.5),
  }),
  tables: (results) => ({ 'line-contest': contestTable(results) }),
};

/** A genome with these values at the assayed loci, and otherwise that of an organism: loci that do not mutate are alike in all. */
function genomeOf(population: Population, copies: Float32Array): Float32Array {
  const { ploidy, genomeLength, layout, haplotypes, table } = population;
  const slots = assayedSlots(population);
  const genome = new Float32Array(genomeLength);
  for (let h = 0; h < ploidy; h++) {
    genome.set(table.f32(haplotypes[h]).subarray(0, layout.stride), h * layout.stride);
    for (let l = 0; l < slots.length; l++) genome[h * layout.stride + slots[l]] = copies[h * slots.length + l];
  }
  return genome;
}

/** The same sign, and within a factor of two. */
const agree = (gain: number, contest: number) => contest / gain >= 0.5 && contest / gain <= 2;

function agreement(results: readonly Record<string, number>[]): readonly string[] {
  const { count } = summarise(results);
  return starts.flatMap((start) =>
    segments.map((segment) => {
      const key = `${start}/${segment}`;
      const means = count((one) => agree(one[`${key}/gain`], one[`${key}/contest`]));
      const single = results.reduce((sum, one) => sum + one[`${key}/agree`], 0);
      return `from tick ${start}, ${nameOf(segment)}: same sign and within a factor of two in the mean over lines in ${means} seeds, in ${single} of ${lines * results.length} single lines`;
    }),
  );
}

const nameOf = (segment: string) => (segment === '' ? 'whole genomes' : segment === 'policy' ? 'policy weights' : segment);

const contestTable = (results: readonly Record<string, number>[]): string[] =>
  summaryTable(
    starts.flatMap((start) =>
      segments.flatMap((segment) =>
        [
          { key: 'gain', title: 'gain along lines' },
          { key: 'gain/lines', title: 'its standard error over lines' },
          { key: 'gain/forks', title: 'its standard error over forks' },
          { key: 'contest', title: segment === '' ? 'contest of their ends' : 'contest of their ends, mean of both directions' },
          { key: 'contest/lines', title: 'its standard error over lines' },
          { key: 'correlation', title: 'correlation of the two over lines', digits: 2 },
          { key: 'agree', title: `lines, of ${lines}, with the same sign and within a factor of two`, digits: 1 },
        ].map(({ key, title, digits = 3 }) => ({
          key: `${start}/${segment}/${key}`,
          title: `from tick ${start.toLocaleString('en')}, ${nameOf(segment)}: ${title}`,
          digits,
        })),
      ),
    ),
    withCorrelations(results),
  );

/** With the correlation over lines between gain and contest. */
const withCorrelations = (results: readonly Record<string, number>[]): readonly Record<string, number>[] =>
  results.map((one) => {
    const found = { ...one };
    for (const start of starts) {
      for (const segment of segments) {
        const of = (what: string) => Array.from({ length: lines }, (_, pair) => one[`${start}/${segment}/${pair}/${what}`]);
        found[`${start}/${segment}/correlation`] = correlation(of('gain'), of(segment === '' ? 'whole' : 'mean'));
      }
    }
    return found;
  });
