import { describe, expect, it } from 'vitest';
import { type ComponentHistory, firstOrphan } from '../../../src/analysis/activity/component-steps.ts';
import { neutralComponents } from '../../../src/analysis/activity/neutral-components.ts';
import { activityOfWindow, rowsOfSteps } from '../../../src/experiment/stats/activity-of-run.ts';
import type { History } from '../../../src/export/history.ts';
import { namedStream } from '../../../src/math/streams.ts';
import { moranComponents } from '../../theory/moran-components.ts';
import { randomHistory } from '../formats/random-history.ts';

const place = { population: 'all', from: 0, to: 100, kind: 'population', group: '' } as const;

/** Bodies that live from the start, unless they die at a tick; none is born. */
const still = (size: number, changes: ComponentHistory['changes']): ComponentHistory => ({
  ticks: [0, 50, 100],
  birth: new Float64Array(size),
  death: new Float64Array(size).fill(Number.NaN),
  start: new Int32Array(size),
  changes,
});

describe('the neutral shadow of components', () => {
  it.each([2, 10])('gives %i components of one tick the founders that they had', (components) => {
    const founders = (k: number) => 1 + (k % 3);
    const begins = Array.from({ length: components }, (_, k) => ({ tick: 20, begins: 1 + k, founders: founders(k) }));
    for (let seed = 0; seed < 50; seed++) {
      const { living } = neutralComponents(still(24, begins), namedStream(String(seed), 'begins'));
      for (const { begins: one, founders: had } of begins) expect(living[1].get(one)).toBe(had);
    }
  });

  it('draws founders from all organisms again at a later tick', () => {
    const history = still(4, [
      { tick: 20, begins: 1, founders: 4 },
      { tick: 30, begins: 2, founders: 4 },
    ]);
    expect([...neutralComponents(history, namedStream('1', 'again')).living[1]]).toEqual([[2, 4]]);
  });
});

describe('a population that dies out and is founded again', () => {
  const again = { ...still(3, []), birth: Float64Array.of(0, 0, 60), death: Float64Array.of(20, 30, Number.NaN), start: [0, 0] };

  it('has organisms without parents in a shadow', () => {
    expect(firstOrphan(again)).toBe(2);
    expect(() => neutralComponents(again, namedStream('1', 'none'))).toThrow('a body is born at tick 60, when none lives');
    // Those that die at a tick can have offspring born at it.
    expect(firstOrphan({ ...again, death: Float64Array.of(20, 60, Number.NaN) })).toBe(-1);
    // What is born and dies at one tick needs no parent, and is none.
    expect(firstOrphan({ ...again, death: Float64Array.of(20, 30, 60) })).toBe(-1);
    expect(
      firstOrphan(moranComponents(namedStream('1', 'moran'), { size: 5, ticks: [0, 40], components: 2, begins: 0 }).history),
    ).toBe(-1);
  });

  it('has values of the run, and of the shadow the reason why there is none', () => {
    const history = randomHistory({ organisms: 200, living: 20, speciation: 0.05 });
    const { organisms } = history;
    const gone: History = {
      ...history,
      organisms: {
        ...organisms,
        birthTick: organisms.birthTick.map((tick) => (tick > 20 ? tick + 10 : tick)),
        deathTick: organisms.deathTick.map((tick, row) => {
          if (organisms.birthTick[row] > 20) return tick + 10;
          return tick > 20 || Number.isNaN(tick) ? 25 : tick;
        }),
      },
    };
    const rows = activityOfWindow(gone, 0, { ...place, to: 60 });
    const of = (about: string) => rows.filter((row) => row.statistic === 'mean_activity' && row.about === about);
    expect(of('')[0].value).toBeGreaterThan(0);
    expect(of('neutral shadow')).toMatchObject([{ value: Number.NaN, low: Number.NaN, high: Number.NaN, sample: 0 }]);
    expect(of('neutral shadow')[0].note).toMatch(/^the population died out before tick \d+, at which organisms were placed/);
  });
});

describe('a shadow without a value', () => {
  it('leaves no range, and says how many have one', () => {
    // Of three organisms the oldest dies and one is born, once a window: the line of a birth often does not last in a shadow.
    const found = Array.from({ length: 20 }, (_, i) => {
      const plan = { size: 3, ticks: [0, 4, 8], components: 2, begins: 0, mutation: { loci: 5, chance: 0.5, vital: 0 } };
      const { real, history, changed } = moranComponents(namedStream(String(i), 'few'), plan);
      return rowsOfSteps(real, history, place, String(i), { changed, loci: 5 });
    })
      .flat()
      .filter(({ statistic, about }) => statistic === 'modes_complexity' && about !== '');
    const some = found.filter(({ sample }) => sample > 0 && sample < 39);
    expect(some.length).toBeGreaterThan(0);
    for (const { value, low, high, sample, note } of some) {
      expect([value, low, high]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
      expect(note).toBe(`only ${sample} of 39 shadows have a value`);
    }
  });
});
