import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ComponentSteps } from '../../src/analysis/activity/component-steps.ts';
import { evolutionaryActivity } from '../../src/analysis/activity/evolutionary-activity.ts';
import { informativeLoci } from '../../src/analysis/activity/informative-loci.ts';
import { modes } from '../../src/analysis/activity/modes.ts';
import { neutralComponents } from '../../src/analysis/activity/neutral-components.ts';
import { activityOfWindow, speciesOfSteps } from '../../src/experiment/stats/activity-of-run.ts';
import { namedStream } from '../../src/math/streams.ts';
import { randomHistory } from '../unit/formats/random-history.ts';

const counts = fc
  .dictionary(fc.constantFrom('0', '1', '2', '3', '4'), fc.integer({ min: 1, max: 9 }))
  .map((found) => new Map(Object.entries(found).map(([component, n]) => [Number(component), n])));
const someSteps: fc.Arbitrary<ComponentSteps> = fc
  .array(fc.record({ living: counts, persistent: counts, wait: fc.integer({ min: 1, max: 5 }) }), { minLength: 1, maxLength: 6 })
  .map((all) => ({
    ticks: all.map((_, k) => all.slice(0, k + 1).reduce((sum, { wait }) => sum + wait, 0)),
    living: all.map(({ living }) => living),
    persistent: all.slice(1).map(({ persistent }) => persistent),
    lasting: new Int32Array(0),
  }));

const components = [0, 1, 2, 3, 4];
const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);

describe('activity and MODES', () => {
  it('are their definitions, component by component', () => {
    fc.assert(
      fc.property(someSteps, (steps) => {
        const { ticks, living, persistent } = steps;
        const last = living.length - 1;
        const activity = (i: number) => sum(ticks.map((tick, k) => (k > 0 && living[k].has(i) ? tick - ticks[k - 1] : 0)));
        const there = components.filter((i) => living[last].has(i));
        const found = evolutionaryActivity(steps);
        expect(found.diversity).toBe(there.length);
        if (there.length === 0) expect([found.mean, found.fresh]).toEqual([Number.NaN, Number.NaN]);
        else {
          expect(found.mean).toBeCloseTo(sum(there.map(activity)) / there.length, 12);
          const fresh = there.filter((i) => !living[0].has(i));
          expect(found.fresh).toBeCloseTo(sum(fresh.map(activity)) / there.length, 12);
        }
        const { change, novelty, ecology } = modes(steps);
        const between = persistent.slice(1).map((now, k) => {
          const is = components.filter((i) => now.has(i));
          const changed = is.filter((i) => !persistent[k].has(i)).length;
          return [changed, is.filter((i) => persistent.slice(0, k + 1).every((one) => !one.has(i))).length];
        });
        if (between.length === 0) expect([change, novelty]).toEqual([Number.NaN, Number.NaN]);
        else {
          expect(change).toBeCloseTo(sum(between.map(([one]) => one)) / between.length, 12);
          expect(novelty).toBeCloseTo(sum(between.map(([, one]) => one)) / between.length, 12);
        }
        const entropies = persistent
          .filter((one) => one.size > 0)
          .map((one) => {
            const all = sum([...one.values()]);
            return sum([...one.values()].map((n) => -(n / all) * Math.log2(n / all)));
          });
        if (entropies.length === 0) expect(ecology).toBeNaN();
        else expect(ecology).toBeCloseTo(sum(entropies) / entropies.length, 12);
      }),
      { numRuns: 300 },
    );
  });

  it('count species of histories as a look at every organism at each step does', () => {
    for (const seed of [1, 2, 3, 4]) {
      const history = randomHistory({ seed, organisms: 500, living: 40, populations: 2, speciation: 0.03, sexual: 0.3 });
      const { organisms, species, endTick } = history;
      const rows = Array.from({ length: organisms.count }, (_, row) => row);
      for (const window of [
        { from: 0, to: endTick },
        { from: Math.floor(endTick / 3), to: Math.floor(endTick / 3) + 2 },
      ]) {
        const { real, history: lives, rows: bodies } = speciesOfSteps(history, 0, window);
        const livesAt = (row: number, tick: number) =>
          organisms.population[row] === 0 && organisms.birthTick[row] <= tick && !(organisms.deathTick[row] <= tick);
        const speciesAt = (row: number, tick: number) => {
          let at = rows.length > 0 ? species.id.indexOf(organisms.species[row]) : -1;
          while (species.originTick[at] > tick && species.parent[at] >= 0) at = species.parent[at];
          return at;
        };
        const lineAt = (row: number, tick: number): number =>
          row < 0 || organisms.birthTick[row] <= tick ? row : lineAt(organisms.firstParent[row], tick);
        for (const [k, tick] of real.ticks.entries()) {
          const living = rows.filter((row) => livesAt(row, tick));
          const of = living.map((row) => speciesAt(row, tick));
          for (const one of new Set(of)) expect(real.living[k].get(one)).toBe(of.filter((other) => other === one).length);
          expect(sum([...real.living[k].values()])).toBe(living.length);
          if (k + 1 === real.ticks.length) continue;
          const next = rows.filter((row) => livesAt(row, real.ticks[k + 1]));
          const lasting = living.filter((row) => next.some((later) => lineAt(later, tick) === row));
          const kept = lasting.map((row) => speciesAt(row, tick));
          for (const one of new Set(kept)) expect(real.persistent[k].get(one)).toBe(kept.filter((other) => other === one).length);
          expect(sum([...real.persistent[k].values()])).toBe(lasting.length);
        }
        const [until, last] = real.ticks.slice(-2);
        const ends = rows.filter((row) => livesAt(row, last));
        const path = (row: number): number[] => (row < 0 ? [] : [row, ...path(organisms.firstParent[row])]);
        const lines = new Set(ends.flatMap(path).filter((row) => organisms.population[row] === 0));
        const isNew = (row: number) => organisms.birthTick[row] > window.from && organisms.birthTick[row] <= until;
        const lasting = [...lines].filter(isNew).sort((a, b) => a - b);
        expect(Array.from(real.lasting, (body) => bodies[body]).sort((a, b) => a - b)).toEqual(lasting);
        const changed = Float64Array.from(bodies, (row) => (row % 11 === 0 ? Number.NaN : row % 4));
        const mean = (some: readonly number[]) => {
          const known = some.filter((row) => row % 11 > 0);
          return sum(known.map((row) => row % 4)) / known.length;
        };
        const found = informativeLoci(real, lives, changed, 20);
        const naive = 20 * (1 - mean(lasting) / mean(bodies.filter(isNew)));
        if (Number.isNaN(naive)) expect(found).toBeNaN();
        else expect(found).toBeCloseTo(naive, 9);
        const shadow = neutralComponents(lives, namedStream(String(seed), 'shadow'));
        expect(shadow.ticks).toEqual(real.ticks);
        const size = ({ living }: ComponentSteps) => living.map((one) => sum([...one.values()]));
        expect(size(shadow)).toEqual(size(real));
        // The shadow begins with the species of the run, and no line of a species lasts that did not live.
        expect(new Map([...shadow.living[0]].sort())).toEqual(new Map([...real.living[0]].sort()));
        for (const [k, one] of shadow.persistent.entries())
          for (const [component, n] of one) expect(n).toBeLessThanOrEqual(shadow.living[k].get(component) ?? 0);
      }
    }
  });

  it('of a run have a value or a reason, the same each time', () => {
    for (const [organisms, to] of [
      [200, 1],
      [300, 8],
    ]) {
      const history = randomHistory({ organisms, living: 30, speciation: 0.05 });
      const place = { population: 'all', from: 0, to, kind: 'population', group: '' } as const;
      const rows = activityOfWindow(history, 0, place);
      for (const { value, note } of rows) expect(Number.isFinite(value) || note !== '').toBe(true);
      expect(activityOfWindow(history, 0, place)).toEqual(rows);
      expect(activityOfWindow({ ...history, complete: false }, 0, place)[0].note).toBe('lines that died out are not recorded');
    }
  });
});
