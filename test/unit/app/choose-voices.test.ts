import { describe, expect, test } from 'vitest';
import { chooseVoices, pitchOf, Thinning, voicesAtOnce, voicesPerSecond } from '../../../src/app/world/choose-voices.ts';
import { eventsOf, type LifeEventKind, lifeEventKinds } from '../../../src/worker/life-event-kinds.ts';

/** A list of events of these kinds, with ids 0, 1, ..., parents 100, 101, ... and places (id, 0). */
const listOf = (kinds: readonly LifeEventKind[]) =>
  Float64Array.from(kinds.flatMap((kind, id) => [lifeEventKinds.indexOf(kind), id, 100 + id, id, 0]));
const deaf = { colourOf: () => undefined, placeOf: () => ({ across: 0, down: 0 }) };
/** Frames of a minute, 60 a second. */
const minute = 3600;

describe('voices', () => {
  test('of births are high, of deaths low, of all else none; pan and loudness by place, pitch by colour', () => {
    const asked: number[] = [];
    const voices = chooseVoices(listOf(['mating', 'bite', 'birth', 'birth', 'death']), 1, new Thinning(), {
      colourOf: (id) => {
        asked.push(id);
        return id === 102 ? 0 : id === 103 ? 0.99 : undefined;
      },
      placeOf: (x) => ({ across: x - 2, down: 0 }),
    });
    expect(voices.map(({ tone }) => tone)).toEqual(['low', 'high', 'high', 'low']);
    // A birth has the colour of its parent, a death its own.
    expect(asked).toEqual([1, 102, 103, 4]);
    expect(voices.map(({ hertz }) => Math.round(hertz))).toEqual([330, 880, 2960, 330]);
    expect(voices.map(({ pan }) => pan)).toEqual([-0.7, 0, 0.7, 0.7]);
    expect(voices.map(({ level }) => level)).toEqual([1, 1, 1, 0.4]);
    expect(voices.map(({ at }) => at)).toEqual([0.5, 0.25, 0.75, 0.5]);
  });

  test('have ten pitches a tone, all of one scale, deaths below births, the same for the same colour', () => {
    const of = (tone: 'high' | 'low') => [...new Set(Array.from({ length: 200 }, (_, i) => pitchOf(tone, i / 199)))];
    const [low, high] = [of('low'), of('high')];
    expect([low.length, high.length]).toEqual([10, 10]);
    expect(Math.max(...low)).toBeLessThan(Math.min(...high));
    for (const hertz of [...low, ...high]) {
      const semitones = 12 * Math.log2(hertz / 110);
      expect(semitones).toBeCloseTo(Math.round(semitones), 9);
      expect([0, 2, 4, 7, 9]).toContain(Math.round(semitones) % 12);
    }
    expect([pitchOf('low', -1), pitchOf('low', 7)]).toEqual([low[0], low[9]]);
  });

  test('are at most so many a second, however much happens, and never silent then', () => {
    for (const perFrame of [1, 7, 300]) {
      const thinning = new Thinning();
      const perSecond = Array.from({ length: 60 }, () => {
        let sum = 0;
        for (let frame = 0; frame < 60; frame++) sum += thinning.choose(perFrame, 1 / 60).length;
        return sum;
      });
      expect(Math.max(...perSecond)).toBeLessThanOrEqual(voicesPerSecond + voicesAtOnce);
      expect(perSecond.reduce((a, b) => a + b) / 60).toBeCloseTo(voicesPerSecond, 0);
    }
    const thinning = new Thinning();
    // After a long silence no more than after a short one.
    expect(thinning.choose(500, 1000).length).toBe(voicesAtOnce);
    expect(thinning.choose(500, 0)).toEqual([]);
  });

  test('leave nothing out where little happens', () => {
    const thinning = new Thinning();
    for (let frame = 0; frame < minute; frame++)
      expect(thinning.choose(frame % 6 === 0 ? 2 : 0, 1 / 60).length).toBe(frame % 6 ? 0 : 2);
  });

  test('keep the shares of births and deaths when many are left out', () => {
    for (const [births, deaths] of [
      [1, 1],
      [3, 1],
      [10, 40],
    ]) {
      const thinning = new Thinning();
      const events = listOf([...Array<LifeEventKind>(births).fill('birth'), ...Array<LifeEventKind>(deaths).fill('death')]);
      let [high, all] = [0, 0];
      for (let frame = 0; frame < minute; frame++) {
        const voices = chooseVoices(events, 1 / 60, thinning, deaf);
        high += voices.filter(({ tone }) => tone === 'high').length;
        all += voices.length;
      }
      expect(high / all).toBeCloseTo(births / (births + deaths), 1);
    }
  });
});

test('of a list of events those of some kinds are taken, in order', () => {
  const all = listOf(['mating', 'birth', 'death', 'birth']);
  expect(eventsOf(all, lifeEventKinds)).toEqual(all);
  expect(eventsOf(all, ['birth'])).toEqual(Float64Array.from([...all.subarray(5, 10), ...all.subarray(15)]));
  expect(eventsOf(all, [])).toBeUndefined();
  expect(eventsOf(undefined, lifeEventKinds)).toBeUndefined();
});
