import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mechanismsOf } from '../../src/scene/vocabulary-of.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import { touchOf } from '../fixtures/touches.ts';
import { follow, makeTurn } from '../torture/switch/follow.ts';
import { switchOf } from '../torture/switch/turns.ts';
import { balance, closed, lively, switchLandscape } from '../torture/switch/worlds.ts';

/** PROPERTY_FACTOR=20 searches twenty times as long as a test run has time for; so does `npm run torture -- switch`. */
const factor = Number(process.env.PROPERTY_FACTOR ?? 1);
const runs = (numRuns: number) => ({ numRuns: factor * numRuns, seed: 2026 });

const ticks = 10;
const some = { minLength: 1, maxLength: 16 };

describe('hands that reach in while mechanisms are switched', () => {
  it('break nothing: the record follows, copies go on in step, a replay ends in the same (40 sequences)', () => {
    const turns = fc.array(fc.oneof(switchOf(lively, ticks), touchOf(lively, ticks, 32)), { minLength: 1, maxLength: 28 });
    fc.assert(
      fc.property(turns, (made) => follow(lively, made, { ticks })),
      runs(40),
    );
  });
});

describe('mechanisms switched on and off in any order', () => {
  it('in a plane: nothing breaks, heads are counted, copies go on in step (60 sequences)', () => {
    fc.assert(
      fc.property(fc.array(switchOf(lively, ticks), some), (made) => follow(lively, made, { ticks })),
      runs(60),
    );
  });

  it('without food, costs and deaths no energy is made or lost (40 sequences)', () => {
    fc.assert(
      fc.property(fc.array(switchOf(closed, ticks), some), (made) => follow(closed, made, { ticks, look: balance() })),
      runs(40),
    );
  });

  it.each([1, 2] as const)('on a landscape: the same (40 sequences, ploidy %i)', (ploidy) => {
    const scene = switchLandscape(ploidy);
    fc.assert(
      fc.property(fc.array(switchOf(scene, ticks), some), (made) => follow(scene, made, { ticks })),
      runs(40),
    );
  });

  it('what was switched on and off again before anything happened leaves no trace', () => {
    for (const scene of [lively, switchLandscape(1), switchLandscape(2)]) {
      const [untouched, touched] = [createSimulation(scene, 'trace'), createSimulation(scene, 'trace')];
      for (let tick = 0; tick < ticks; tick++) {
        for (const population of Object.keys(scene.populations)) {
          for (const { id } of mechanismsOf(scene).all()) {
            const path = `populations.${population}.mechanisms.${id}.on`;
            for (const value of [true, false]) makeTurn(touched, { at: tick, path, value });
          }
        }
        for (const world of [untouched, touched]) world.step();
        expect(touched.hash()).toBe(untouched.hash());
      }
      for (const world of [untouched, touched]) world.dispose();
    }
  });
});
