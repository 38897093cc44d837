import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { locusSegments } from '../../src/analysis/assay/locus-segments.ts';
import { assayedSlots, perturbationSizes } from '../../src/analysis/assay/prepare-fork.ts';
import { gainsOfStep } from '../../src/analysis/gains/gains-of-step.ts';
import type { Interval } from '../../src/analysis/gains/interval.ts';
import { IntervalWatch } from '../../src/analysis/gains/interval-watch.ts';
import { splitSelectionStep } from '../../src/analysis/gains/split-selection-step.ts';
import { splitStep } from '../../src/analysis/gains/split-step.ts';
import { otherWrites, type StepPart } from '../../src/analysis/gains/step-part.ts';
import { covariancesOfCopies } from '../../src/analysis/gains/subject-copies.ts';
import { subjectsOf } from '../../src/analysis/gains/subjects.ts';
import { namedStream } from '../../src/math/streams.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import { everythingOn } from '../fixtures/everything-on.ts';

const scenes = ['islands', 'selfish-genes', 'mutations-in-flight', 'archipelago'];

const sumOf = (parts: readonly StepPart[], l: number) => parts.reduce((sum, { step }) => sum + step[l], 0);

/** That causes sum to the change, and clades and channels to selection, at every locus. */
function expectSums(interval: Interval, parts: readonly StepPart[]): void {
  const of = (account: StepPart['account']) => parts.filter((one) => one.account === account);
  const [change] = of('change');
  const selection = parts.find(({ part }) => part === 'selection') as StepPart;
  const other = parts.find(({ part }) => part === otherWrites) as StepPart;
  for (let l = 0; l < interval.opened.loci; l++) {
    const scale = 1e-9 * (1 + Math.abs(change.step[l]) + Math.abs(selection.step[l]));
    expect(Math.abs(sumOf(of('causes'), l) - change.step[l])).toBeLessThan(scale);
    // Nothing is edited by hand here: every change along a copy is in the ledger of the mechanism that wrote it.
    expect(Math.abs(other.step[l])).toBeLessThan(scale);
    for (const account of ['clades', 'levels', 'channels'] as const) {
      if (of(account).length > 0) expect(Math.abs(sumOf(of(account), l) - selection.step[l])).toBeLessThan(scale);
    }
  }
}

it.each(scenes)('with everything on, the parts of every step sum to it in %s, and so do gains', (name) => {
  const json = JSON.parse(readFileSync(new URL(`../../scenes/${name}.json`, import.meta.url), 'utf8'));
  const simulation = createSimulation(everythingOn(json, name, 120), 'gains');
  const [population] = simulation.populations;
  const watch = new IntervalWatch(simulation, population, { of: (id) => id % 3, splitsAfter: () => [] });
  watch.next();
  let former: Float64Array | undefined;
  let [found, levels] = [0, 0];
  const segments = locusSegments(population.layout, assayedSlots(population));
  const scales = perturbationSizes(population, 1);
  for (let k = 0; k < 3 && population.count > 1; k++) {
    simulation.step(40);
    const interval = watch.next();
    if (!interval || interval.closed.ids.length === 0) break;
    for (const { kind, before, after } of subjectsOf(interval, former)) {
      const own = splitStep(interval, before, after);
      const parts = [...own, ...splitSelectionStep(interval, before, after)];
      expectSums(interval, parts);
      found++;
      if (parts.some(({ account }) => account === 'levels')) levels++;
      if (kind !== 'population') continue;
      const stream = namedStream('gains', String(k));
      const gradients = [0, 1, 2].map(() => scales.map((scale) => stream.normal() / scale));
      const covariances = covariancesOfCopies(interval.opened, before, interval.clades);
      const question = { gradients, scales, segments, covariances, metric: undefined };
      const bySegment = gainsOfStep(parts, question, stream);
      const without = gainsOfStep(parts, { ...question, nulls: false }, namedStream('gains', 'none'));
      for (const [s, { parts: gains }] of bySegment.entries()) {
        // Nulls are beside the gains.
        expect(without[s].parts.map(({ gain, cosine }) => [gain, cosine])).toEqual(
          gains.map(({ gain, cosine }) => [gain, cosine]),
        );
        expect(without[s].parts.every(({ percentile }) => Number.isNaN(percentile))).toBe(true);
        const of = (account: string) => gains.filter((one) => one.account === account).reduce((sum, { gain }) => sum + gain, 0);
        const scale = gains.reduce((sum, { gain }) => sum + Math.abs(gain), 0);
        expect(Math.abs(of('causes') - of('change'))).toBeLessThan(1e-9 * (1 + scale));
      }
    }
    former = interval.ancestors;
  }
  watch.end();
  simulation.dispose();
  expect(found).toBeGreaterThan(2);
  // The species of the test are three, from the second interval on also with clades.
  expect(levels).toBeGreaterThan(0);
});
