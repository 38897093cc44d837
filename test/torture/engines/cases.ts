import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describeParameters } from '../../../src/scene/describe-parameters.ts';
import { isPlaneScene, type Scene } from '../../../src/scene/schema.ts';
import { checkSchedule, withValue } from '../../../src/scene/set-path.ts';
import { everythingOn } from '../../fixtures/everything-on.ts';
import { touchesOf } from '../../fixtures/touches.ts';
import type { Job, SceneJob } from './job.ts';

interface Case {
  readonly scene: string;
  readonly ploidy: 1 | 2;
  readonly founders: number;
  /** Side of the plane, lengths, where it is not to be that of the scene. */
  readonly side?: number;
}

/** Both habitats and both ploidies, planes with and without barriers, one population and two, two models and four landscapes. */
const cases: readonly Case[] = [
  { scene: 'meadow', ploidy: 1, founders: 300, side: 256 },
  { scene: 'arms-race', ploidy: 2, founders: 150, side: 256 },
  { scene: 'islands', ploidy: 1, founders: 200 },
  { scene: 'selfish-genes', ploidy: 2, founders: 200 },
  { scene: 'mutations-in-flight', ploidy: 1, founders: 100 },
  { scene: 'marks', ploidy: 2, founders: 100 },
  { scene: 'population-based-training', ploidy: 1, founders: 60 },
  { scene: 'baldwin', ploidy: 2, founders: 150 },
];

/** Changes of live numbers of a scene to values nearby, and of its mechanisms to off and on again. */
function changesOf(scene: Scene, ticks: number): fc.Arbitrary<Scene['changes']> {
  const live = describeParameters(scene).filter(({ live, path }) => live && !path.startsWith('record.'));
  const numbers = live.filter(({ kind, value }) => kind === 'number' && typeof value === 'number' && value > 0);
  const switches = live.filter(({ path, value }) => path.endsWith('.on') && value === true);
  const at = fc.integer({ min: 1, max: ticks - 1 });
  const nearby = fc
    .record({ at, parameter: fc.constantFrom(...numbers), factor: fc.constantFrom(0.5, 0.8, 1.25, 2) })
    .map(({ at, parameter: { path, value, integer, minimum = 0, maximum = 1e6 }, factor }) => {
      const number = Math.min(maximum, Math.max(minimum, (value as number) * factor));
      return [{ at, path, value: integer ? Math.round(number) : number }];
    });
  const offAndOn = fc
    .record({ at, parameter: fc.constantFrom(...switches), pause: fc.integer({ min: 1, max: 10 }) })
    .map(({ at, parameter: { path }, pause }) => [
      { at, path, value: false },
      { at: at + pause, path, value: true },
    ]);
  return fc.array(fc.oneof(nearby, offAndOn), { minLength: 6, maxLength: 6 }).map((lists) => {
    const kept: Scene['changes'] = [...scene.changes];
    // What other values speak against is left out.
    for (const list of lists) if (checkSchedule(scene, [...kept, ...list]).length === 0) kept.push(...list);
    return kept;
  });
}

function jobOf({ scene: file, ploidy, founders, side }: Case, root: string, seed: string, ticks: number): SceneJob {
  const path = `scenes/${file}.json`;
  const shipped = JSON.parse(readFileSync(join(root, path), 'utf8')) as Scene;
  let json: unknown = shipped;
  for (const population of Object.keys(shipped.populations)) {
    json = withValue(json, ['populations', population, 'genome', 'ploidy'], ploidy);
  }
  for (const length of side === undefined ? [] : ['width', 'height']) json = withValue(json, ['habitat', length], side);
  const scene = everythingOn(json, path, founders);
  const number = seedNumber(`${seed} ${file}`);
  const [changes] = fc.sample(changesOf(scene, ticks), { seed: number, numRuns: 1 });
  const reach = isPlaneScene(scene) ? Math.min(scene.habitat.width, scene.habitat.height) : 0;
  const [touches] = reach > 0 ? fc.sample(touchesOf(scene, ticks, reach, 12, 6), { seed: number, numRuns: 1 }) : [[]];
  const name = `${file}, ${ploidy === 1 ? 'haploid' : 'diploid'}`;
  return { kind: 'scene', name, scene: { ...scene, changes }, seed, ticks, touches };
}

/** A 32-bit number from a text (FNV-1a). */
function seedNumber(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash | 0;
}

/**
 * The eight scenes with every mechanism on that they admit, with changes and things done by hand on the way, and the elementary functions.
 * @param root folder of the project
 * @param seed any text; the same seed and number of ticks give the same jobs
 * @param ticks of each scene, 4 or more; the functions are tried with 4,096 times as many floats
 */
export function engineJobs(root: string, seed: string, ticks: number): readonly Job[] {
  return [
    ...cases.map((one) => jobOf(one, root, seed, ticks)),
    { kind: 'functions', name: 'elementary functions', patterns: 4096 * ticks },
  ];
}
