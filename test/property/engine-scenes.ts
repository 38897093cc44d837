import fc from 'fast-check';
import { senses } from '../../src/habitat/plane/senses.ts';
import { describeParameters } from '../../src/scene/describe-parameters.ts';
import { parseScene } from '../../src/scene/parse.ts';
import type { PlaneScene } from '../../src/scene/schema.ts';

/** A number of a range: mostly from all over it, now and then one of those that fast-check knows to be awkward. */
export const within = (min: number, max: number) =>
  fc.oneof(
    { arbitrary: fc.integer({ min: 0, max: 1000 }).map((i) => min + ((max - min) * i) / 1000), weight: 7 },
    { arbitrary: fc.double({ min, max, noNaN: true }), weight: 1 },
  );
export const upTo = (max: number) => within(0, max);
export const share = upTo(1);

const food = fc.record(
  {
    capacity: upTo(5),
    regrowth: upTo(0.3),
    pattern: fc.constantFrom('patches', 'uniform', 'gradient'),
    cover: share,
    grain: fc.integer({ min: 4, max: 90 }),
  },
  { requiredKeys: [] },
);

const barrier = fc.record({ x: upTo(60), y: upTo(60), width: upTo(20), height: upTo(20) });

const habitat = fc
  .record({
    across: fc.integer({ min: 8, max: 14 }),
    down: fc.integer({ min: 8, max: 12 }),
    cell: fc.constantFrom(1, 3, 4, 8),
    reach: upTo(1),
    edge: fc.constantFrom('torus', 'wall'),
    grass: food,
    fruit: food,
    carrion: fc.record({ yield: share, decay: share }),
    cue: fc.record({ grass: share, fruit: within(-1, 1), rate: share }),
    climate: fc.record({ period: fc.integer({ min: 2, max: 50 }), amplitude: share }),
    barriers: fc.array(barrier, { maxLength: 2 }),
  })
  .map(({ across, down, cell, reach, ...rest }) => {
    const side = (n: number) => Math.ceil((8 * n) / cell) * cell;
    const [width, height] = [side(across), side(down)];
    return { kind: 'plane', width, height, cell, reach: 4 + reach * (Math.min(width, height) / 2 - 4), ...rest };
  });

const population = (names: readonly string[]) =>
  fc
    .record({
      founders: fc.integer({ min: 1, max: 70 }),
      capacity: fc.integer({ min: 70, max: 160 }),
      senses: fc.uniqueArray(fc.constantFrom(...senses.map(({ id }) => id)), { minLength: 1, maxLength: 8 }),
      hidden: fc.integer({ min: 1, max: 9 }),
      memory: fc.integer({ min: 1, max: 3 }),
      deviation: upTo(3),
      speed: fc.constantFrom({}, { 'body.speed': { maximum: 16, founder: 8 } }, { 'body.size': { minimum: 0.05, deviation: 2 } }),
      movement: fc.record({ turn: upTo(0.9), feedingPace: share }),
      energy: fc.record({
        founder: within(0.5, 8),
        storage: within(2, 9),
        body: upTo(1),
        living: upTo(0.05),
        moving: upTo(0.05),
        swiftness: upTo(0.02),
        biting: upTo(0.05),
        feeding: upTo(0.01),
      }),
      diet: fc.record({
        appetite: upTo(1),
        grass: share,
        fruit: share,
        carrion: share,
        tradeOff: within(0.25, 0.75),
      }),
      bite: fc.record({
        targets: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 3 }),
        reach: upTo(9),
        damage: upTo(4),
        gain: share,
      }),
      life: fc.record({
        maturity: fc.integer({ min: 0, max: 20 }),
        span: fc.integer({ min: 20, max: 200 }),
        accident: upTo(0.01),
        spread: upTo(8),
      }),
      genome: fc.record({ ploidy: fc.constantFrom(1, 2) }),
      mechanisms: fc.record({
        mutation: fc.record({ on: fc.boolean(), rate: share, deviation: upTo(2), evolvable: fc.boolean() }),
        'sexual-reproduction': fc.record({ on: fc.boolean(), reach: upTo(20), matingTypes: fc.constantFrom(1, 2) }),
        'mate-distance': fc.record({ on: fc.boolean(), measure: fc.constantFrom('genome', 'markers'), distance: upTo(3) }),
        'assortative-mating': fc.record({
          on: fc.boolean(),
          measure: fc.constantFrom('genome', 'markers'),
          width: within(0.05, 3),
        }),
        recombination: fc.record({ on: fc.boolean(), chromosomes: fc.integer({ min: 1, max: 9 }), length: upTo(4) }),
        transfer: fc.record({
          on: fc.boolean(),
          rate: upTo(0.2),
          donors: fc.constantFrom('neighbours', 'anyone'),
          reach: upTo(20),
          kind: fc.constantFrom('replacement', 'loci', 'element'),
          loci: fc.integer({ min: 1, max: 60 }),
        }),
      }),
    })
    .map(({ hidden, memory, deviation, speed, genome, ...rest }) => ({
      ...rest,
      genome: genome.ploidy === 2 && rest.life.maturity % 2 === 0 ? { ...genome, dominance: 0.8 } : genome,
      traits: speed,
      policy: { hidden, deviation, memory: rest.senses.includes('memory') ? memory : 0 },
    }));

/** Scenes of every shape that fits a test: small planes, one to three populations, any senses, any targets. */
export const scenes: fc.Arbitrary<PlaneScene> = fc
  .integer({ min: 1, max: 3 })
  .chain((n) => {
    const names = ['red', 'green', 'blue'].slice(0, n);
    return fc.record({ habitat, populations: fc.record(Object.fromEntries(names.map((name) => [name, population(names)]))) });
  })
  .map((json) => parseScene({ version: 1, name: 'random', title: 'Random', ...json }, 'random.json') as PlaneScene);

/** A change of a live parameter of a scene to any value that it allows by itself. */
export function changesOf(scene: PlaneScene): fc.Arbitrary<{ path: string; value: unknown }> {
  const live = describeParameters(scene).filter((parameter) => parameter.live);
  return fc.constantFrom(...live).chain(({ path, kind, minimum, maximum, integer, options }) => {
    const value: fc.Arbitrary<unknown> =
      kind === 'boolean'
        ? fc.boolean()
        : kind === 'number'
          ? integer
            ? fc.integer({ min: minimum, max: Math.min(maximum ?? 1e6, 1e6) })
            : within(minimum ?? 0, maximum ?? 1)
          : kind === 'enum'
            ? fc.constantFrom(...(options ?? []))
            : path.endsWith('.barriers')
              ? fc.array(barrier, { maxLength: 3 })
              : fc.constantFrom([], [{ segment: 'policy.weights', length: 3 }], [{ segment: 'marker.1', apart: 0.2 }]);
    return value.map((v) => ({ path, value: v }));
  });
}
