import fc from 'fast-check';
import { SceneError } from '../../../src/scene/error.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import { isLandscapeScene, type PlaneScene, type Scene } from '../../../src/scene/schema.ts';
import { touchOf } from '../../fixtures/touches.ts';
import { changesOf, scenes } from '../../property/engine-scenes.ts';
import { landscapeChangesOf, landscapeScenes } from '../../property/landscape-scenes.ts';
import { bytesOf, type CaseTarget, textOf } from '../cases/target.ts';
import { orRefused } from '../cases/verdict.ts';
import { orSceneError } from '../fuzz/run-briefly.ts';
import type { Random } from '../random.ts';
import { smallScenes } from '../small-scenes.ts';
import { follow } from './follow.ts';
import { switchOf, type Turn } from './turns.ts';
import { balance, closed, lively, switchLandscape } from './worlds.ts';

/** Switches, changes of parameters and acts of one case, and the ticks over which they come. */
export const turnsOfACase = 10;
const ticks = 12;
/** Lengths from the upper left corner within which things are done by hand: some scenes are no larger. */
const side = 32;

/** A value of an arbitrary that is a function of the case. */
const sample = <T>(random: Random, arbitrary: fc.Arbitrary<T>): T =>
  fc.sample(arbitrary, { numRuns: 1, seed: random.below(2 ** 31) })[0];

const parameterOf = (change: fc.Arbitrary<{ path: string; value: unknown }>): fc.Arbitrary<Turn> =>
  fc
    .record({ at: fc.integer({ min: 0, max: ticks - 1 }), change })
    .map(({ at, change: { path, value } }) => ({ at, path, value }));

const isPlane = (scene: Scene): scene is PlaneScene => scene.habitat.kind === 'plane';

/** Anything that can be done in a world of a scene. */
const anyTurn = (scene: Scene): fc.Arbitrary<Turn> =>
  isPlane(scene)
    ? fc.oneof(switchOf(scene, ticks), touchOf(scene, ticks, side), parameterOf(changesOf(scene)))
    : isLandscapeScene(scene)
      ? fc.oneof(switchOf(scene, ticks), parameterOf(landscapeChangesOf(scene)))
      : switchOf(scene, ticks);

interface Case {
  readonly scene: Scene;
  readonly turns: readonly Turn[];
}

function target(
  about: Pick<CaseTarget, 'name' | 'title' | 'weight'>,
  sceneOf: (random: Random) => Scene,
  turnOf: (scene: Scene) => fc.Arbitrary<Turn> = anyTurn,
  looker?: () => NonNullable<Parameters<typeof follow>[2]['look']>,
): CaseTarget {
  return {
    ...about,
    extension: 'json',
    prepare: () => ({
      make(random) {
        const scene = sceneOf(random);
        const turns = sample(random, fc.array(turnOf(scene), { minLength: turnsOfACase, maxLength: turnsOfACase }));
        return bytesOf(JSON.stringify({ scene, turns } satisfies Case));
      },
      give: (input) =>
        // A landscape says itself where it cannot go on.
        orRefused([SceneError], () => {
          const { scene, turns } = JSON.parse(textOf(input)) as Case;
          orSceneError(() => follow(parseScene(scene, 'case'), turns, { ticks, look: looker?.() }));
        }),
    }),
  };
}

const small = [...smallScenes().values()];
const landscapes = [switchLandscape(1), switchLandscape(2)];

export const switchTargets: readonly CaseTarget[] = [
  target({ name: 'lively', title: 'two populations that carry loci for every mechanism', weight: 3 }, () => lively),
  target(
    { name: 'closed', title: 'a world in which energy only changes hands: mechanisms alone', weight: 2 },
    () => closed,
    (scene) => switchOf(scene, ticks),
    balance,
  ),
  target({ name: 'landscape', title: 'a landscape with loci for every mechanism', weight: 2 }, (random) =>
    random.pick(landscapes),
  ),
  target({ name: 'bundled', title: 'the scenes that come with the program, reduced', weight: 3 }, (random) => random.pick(small)),
  target({ name: 'planes', title: 'random scenes in the plane', weight: 3 }, (random) => sample(random, scenes)),
  target({ name: 'landscapes', title: 'random scenes on landscapes', weight: 3 }, (random) => sample(random, landscapeScenes)),
];
