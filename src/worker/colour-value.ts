// Where each organism is on the palette that is shown.

import { floatsNamed } from '../ecs/table.ts';
import { logistic32 } from '../math/elementary.ts';
import type { Population } from '../population/population.ts';
import type { SceneView } from '../scene/view.ts';
import type { Palette } from '../scene/view-words.ts';
import type { Simulation } from '../simulation/types.ts';
import type { KinPalette } from './hues/kin-hues.ts';
import { traitRanges } from './trait-range.ts';

export type { Palette };

/** Ages are shown up to this many life spans. */
export const oldestShown = 1.5;

/** Values at the ends of the scale if the scene gives them for a palette. */
export const rangeOf = (view: SceneView | undefined, palette: Palette): readonly [number, number] | undefined =>
  view?.colour === palette ? view.range : undefined;

/** Fills `out[row * stride]` with a value from 0 to 1 for each organism: its place on the palette. */
export function writeColourValues(
  population: Population,
  palette: Exclude<Palette, KinPalette | 'fitness'>,
  { tick, scene }: Pick<Simulation, 'tick' | 'scene'>,
  out: Float32Array,
  offset: number,
  stride: number,
): void {
  const { table } = population;
  const count = table.count;
  if (palette === 'energy' && population.has('energy')) {
    const energy = population.table.f32('energy');
    const size = population.table.f32('body.size');
    const scale = 1 / population.parameters.energy.storage;
    for (let row = 0; row < count; row++) out[offset + row * stride] = (energy[row] / size[row]) * scale;
  } else if (palette === 'age' && population.has('energy')) {
    const birthTick = table.i32('birthTick');
    const scale = 1 / (oldestShown * population.parameters.life.span);
    for (let row = 0; row < count; row++) out[offset + row * stride] = (tick - birthTick[row]) * scale;
  } else if (palette === 'chance:eat') {
    if (!population.has('policy')) throw new Error(`palette '${palette}': organisms without a policy`);
    const outputs = population.table.f32('outputs');
    const { width } = population.table.columns.outputs;
    const eat = population.policy.actions.findIndex(({ id }) => id === 'eat');
    for (let row = 0; row < count; row++) out[offset + row * stride] = logistic32(outputs[row * width + eat]);
  } else {
    const id = palette.slice('trait:'.length);
    const range = traitRanges(population).find((trait) => trait.id === id);
    if (!range) throw new Error(`palette '${palette}': unknown trait`);
    const column = table.f32(floatsNamed(id));
    const [low, high] = rangeOf(scene.view, palette) ?? [range.minimum, range.maximum];
    const scale = 1 / (high - low);
    for (let row = 0; row < count; row++) out[offset + row * stride] = (column[row] - low) * scale;
  }
}
