import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { assayedGenomes } from '../../src/analysis/assay/assayed-genomes.ts';
import { assayedSlots } from '../../src/analysis/assay/prepare-fork.ts';
import { rivalsOf } from '../../src/analysis/rivals/choose-rivals.ts';
import { rivalRates } from '../../src/analysis/rivals/rival-rates.ts';
import { rivalDifferences } from '../../src/analysis/rivals/rival-worth.ts';
import { SubcladeWatch } from '../../src/analysis/rivals/subclade-watch.ts';
import { namedStream } from '../../src/math/streams.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import { inPlane } from '../../src/simulation/kinds.ts';
import { everythingOn } from '../fixtures/everything-on.ts';

const scenes = ['islands', 'selfish-genes', 'hawk-dove', 'archipelago', 'annealing', 'arms-race'];

const total = (column: ArrayLike<number>) => Array.from(column).reduce((sum, value) => sum + value, 0);

it.each(scenes)('with everything on, births less deaths are the change in number of every subclade in %s', (name) => {
  const json = JSON.parse(readFileSync(new URL(`../../scenes/${name}.json`, import.meta.url), 'utf8'));
  const simulation = createSimulation(everythingOn(json, name, 120, ['revival']), 'rivals');
  simulation.step(20);
  // From the opening on: those that are revived died since, so that their subclades are known.
  for (const { name: one, parameters } of simulation.populations) {
    if (!parameters.mechanisms.revival || name === 'annealing') continue;
    for (const [key, value] of Object.entries({ rate: 0.5, share: 0.3, on: true })) {
      simulation.set(`populations.${one}.mechanisms.revival.${key}`, value);
    }
  }
  const watches = simulation.populations.map((population) => {
    const watch = new SubcladeWatch(simulation, population);
    simulation.observe(watch);
    return { population, watch, lived: 0, eaten: 0 };
  });
  simulation.observe({
    afterTick() {
      for (const one of watches) {
        const { population } = one;
        one.lived += population.count - simulation.births(population).count + simulation.deaths(population).count;
        if (!population.has('energy')) continue;
        one.eaten += total(population.table.f32('intake').subarray(0, population.count));
      }
    },
  });
  simulation.step(30);
  // Removed by hand between two ticks.
  const [{ population: first }] = watches;
  if (first.count > 0 && inPlane(simulation))
    simulation.set('acts.remove', { population: first.name, ids: [first.table.f64('id')[0]] });
  simulation.step(30);
  for (const { population, watch, lived, eaten } of watches) {
    const account = watch.close(simulation);
    for (const [k, id] of account.ids.entries()) {
      const dead = account.deaths.reduce((sum, column) => sum + column[k], 0);
      expect(account.after[k], `${population.name} ${id}`).toBe(1 + account.births[k] - dead);
      expect(account.members.filter((subclade) => subclade === k).length).toBe(account.after[k]);
    }
    // Nothing came from outside, so all ticks lived and all that was eaten is in some subclade.
    expect(total(account.exposure)).toBe(lived);
    expect(account.members.includes(-1)).toBe(false);
    if (account.food) expect(Math.abs(total(account.food) - eaten)).toBeLessThan(1e-9 * (1 + eaten));
    // Each organism that was observed without offspring is one waiting time, and each first offspring one that ended.
    const first = new Set(account.waiting.filter(({ ended }) => ended));
    expect(account.waiting.length).toBeLessThanOrEqual(account.ids.length + total(account.births));
    expect(first.size).toBeLessThanOrEqual(total(account.births));
    for (const { enter, leave } of account.waiting) expect(leave).toBeGreaterThanOrEqual(enter);
    if (account.ids.length < 4) continue;
    const rivals = rivalsOf(
      'clade',
      account.ids.map((_, k) => k % 2),
      account.after,
    );
    const pair = { winner: rivals[0], loser: rivals[1] };
    const rates = rivalRates(account, pair, namedStream('rivals', name));
    const of = (measure: string) => rates.find((one) => one.measure === measure)?.winner.value as number;
    const causes = rates
      .filter(({ measure }) => measure.startsWith('deaths.'))
      .reduce((sum, { winner }) => sum + winner.value, 0);
    expect(of('growth')).toBeCloseTo(of('births') - of('deaths'), 12);
    expect(causes).toBeCloseTo(of('deaths'), 12);
    const lifetime = rivals[0].subclades.reduce((sum, k) => sum + account.exposure[k], 0);
    expect(of('growth') * lifetime).toBeCloseTo(rivals[0].after - rivals[0].before, 6);
    if (population.count === 0) continue;
    const loci = assayedSlots(population).length;
    const differences = rivalDifferences({ values: assayedGenomes(population), members: account.members }, pair, loci);
    expect(differences.length).toBe(loci);
  }
  simulation.dispose();
});
