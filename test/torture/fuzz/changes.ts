import { SceneError } from '../../../src/scene/error.ts';
import { createSimulation } from '../../../src/simulation/create.ts';
import type { Simulation } from '../../../src/simulation/types.ts';
import { bytesOf, type CaseTarget, textOf } from '../cases/target.ts';
import { accepted, Fault, faultOfMessage, type Verdict } from '../cases/verdict.ts';
import type { Random } from '../random.ts';
import { type Json, mutateJson } from './mutate-json.ts';
import { allowedValue, type BaseScene, baseScenes } from './mutate-scene.ts';
import { isSmall, orSceneError, stepAndCheck } from './run-briefly.ts';

/** Changes as an input has them: of a world, by the index of its base. */
export interface GivenChanges {
  readonly base: number;
  readonly changes: readonly { readonly path: string; readonly value: unknown }[];
}

/** Makes each change in a fork of the world, with ticks between. @returns the last refusal, where all were refused */
export function makeChanges(world: Simulation, changes: GivenChanges['changes']): Verdict {
  const refusals: string[] = [];
  const fork = world.fork();
  try {
    for (const { path, value } of changes) {
      try {
        orSceneError(() => fork.set(path, value));
      } catch (error) {
        if (!(error instanceof SceneError)) throw error;
        refusals.push(...error.problems);
      }
    }
    const own = bytesOf(JSON.stringify(changes));
    const problem = refusals.map((line) => faultOfMessage(line, own)).find((found) => found !== undefined);
    if (problem) throw new Fault(problem);
    if (!isSmall(fork.scene)) return accepted;
    try {
      orSceneError(() => stepAndCheck(fork));
    } catch (error) {
      if (!(error instanceof SceneError)) throw error;
      return { refused: error.message };
    }
  } finally {
    fork.dispose();
  }
  return refusals.length > 0 && refusals.length >= changes.length ? { refused: refusals[0] } : accepted;
}

/** Reads what `make` of such a target wrote; a path is a text wherever the program takes one. */
export function readChanges(input: Uint8Array): GivenChanges {
  const { base, changes } = JSON.parse(textOf(input)) as { base: number; changes: unknown };
  const list = Array.isArray(changes) ? changes : [changes];
  return {
    base,
    changes: list.slice(0, 200).map((one) => {
      const { path, value } = (one ?? {}) as { path?: unknown; value?: unknown };
      return { path: typeof path === 'string' ? path : '', value: value ?? null };
    }),
  };
}

function changesOf(random: Random, { knobs }: BaseScene): Json {
  return Array.from({ length: random.between(1, 6) }, () => {
    const knob = random.pick(knobs);
    return { path: knob.keys.join('.'), value: allowedValue(random, knob) ?? null };
  });
}

export const changes: CaseTarget = {
  name: 'changes',
  title: 'changes of parameters in worlds that live',
  extension: 'json',
  weight: 4,
  prepare() {
    const bases = baseScenes();
    const worlds = bases.map(({ scene }) => {
      const world = createSimulation(scene, 'fuzz');
      world.step(3);
      return world;
    });
    return {
      make(random) {
        const base = random.below(bases.length);
        const list = changesOf(random, bases[base]);
        const text = random.chance(0.4) ? JSON.stringify(list) : mutateJson(random, list);
        return bytesOf(`{"base":${base},"changes":${text}}`);
      },
      give(input) {
        const { base, changes: list } = readChanges(input);
        return makeChanges(worlds[base], list);
      },
    };
  },
};
