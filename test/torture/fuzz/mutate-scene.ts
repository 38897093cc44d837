import { describeParameters } from '../../../src/scene/describe-parameters.ts';
import { findParameter } from '../../../src/scene/find-parameter.ts';
import type { Scene } from '../../../src/scene/schema.ts';
import type { Random } from '../random.ts';
import { smallScenes } from '../small-scenes.ts';
import { type Json, mutateTree, writeJson } from './mutate-json.ts';
import { mutateText } from './mutate-text.ts';

/** A parameter of a scene, by the keys at which its value lies in the file. */
interface Knob {
  readonly keys: readonly string[];
  readonly values: readonly Json[];
  readonly range: readonly [number, number] | undefined;
  readonly integer: boolean;
}

/** A scene whose file says every default, with its parameters. */
export interface BaseScene {
  readonly scene: Scene;
  readonly text: string;
  readonly knobs: readonly Knob[];
}

export function baseScenes(): readonly BaseScene[] {
  return [...smallScenes().values()].map((scene) => ({ scene, text: JSON.stringify(scene), knobs: knobsOf(scene) }));
}

function knobsOf(scene: Scene): Knob[] {
  return describeParameters(scene).map(({ path, kind, minimum, maximum, integer = false, options = [] }) => {
    const bounds = [minimum, maximum].filter((bound) => bound !== undefined);
    const values: Json[] = kind === 'boolean' ? [true, false] : kind === 'enum' ? [...options] : bounds;
    const range = kind === 'number' && minimum !== undefined && maximum !== undefined ? ([minimum, maximum] as const) : undefined;
    return { keys: findParameter(scene, path).keys, values, range, integer };
  });
}

/** A value that a parameter allows by itself: at the end of its range, or anywhere in it. */
export function allowedValue(random: Random, { values, range, integer }: Knob): Json | undefined {
  if (range && (values.length === 0 || random.chance(0.5))) {
    const value = range[0] + (range[1] - range[0]) * random.share() ** random.pick([1, 4]);
    return integer ? Math.round(value) : value;
  }
  return values.length > 0 ? random.pick(values) : undefined;
}

/** What would make a world too large to be simulated for every case. */
const sizes = /(^|\.)(width|height|founders|capacity|dimensions|ticks)$/;

/** Text of a scene of which some parameters were turned to what they allow, its tree or its text damaged. */
export function mutateScene(random: Random, bases: readonly BaseScene[]): string {
  const { text, knobs } = random.pick(bases);
  let tree = JSON.parse(text) as Json;
  const kind = random.below(10);
  if (kind < 6) {
    for (let i = random.upTo(12); i > 0; i--) {
      const knob = random.pick(knobs);
      if (sizes.test(knob.keys.join('.')) && random.chance(0.9)) continue;
      const value = allowedValue(random, knob);
      if (value !== undefined) setAt(tree, knob.keys, value);
    }
  }
  if (kind >= 4 && kind < 9) tree = mutateTree(random, tree, [JSON.parse(random.pick(bases).text) as Json]);
  const written = writeJson(tree);
  return kind === 9 ? mutateText(random, written) : written;
}

function setAt(tree: Json, keys: readonly string[], value: Json): void {
  let holder = tree as { [key: string]: Json };
  for (const key of keys.slice(0, -1)) holder = (holder[key] ??= {}) as { [key: string]: Json };
  holder[keys[keys.length - 1]] = value;
}
