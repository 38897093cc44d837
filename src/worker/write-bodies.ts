import { floatsNamed } from '../ecs/table.ts';
import type { Population } from '../population/population.ts';
import type { SceneView } from '../scene/view.ts';
import { formShare, formsIn } from './body-forms.ts';
import { type FrameColumn, frameColumns, frameStride } from './frame-layout.ts';
import { traitRanges } from './trait-range.ts';

/**
 * Writes the forms and states of all organisms of a population into a frame; 0 for what it does not have. Reads only.
 * @param offset of the first organism's floats
 * @param view that gives forms other traits
 */
export function writeBodies(population: Population, floats: Float32Array, offset: number, view: SceneView = {}): void {
  const { table, count } = population;
  const end = offset + count * frameStride;
  for (const form of formsIn(view, () => traitRanges(population))) {
    const values = table.find(floatsNamed(form.trait))?.values;
    for (let row = 0, i = offset + columnAt(form.column); i < end; row++, i += frameStride) {
      floats[i] = values ? formShare(values[row], form) : 0;
    }
  }
  writeReserves(population, floats, offset + columnAt('reserve'));
  const thrust = table.find(floatsNamed('thrust'))?.values;
  const turn = table.find(floatsNamed('turn'))?.values;
  const bite = table.find(floatsNamed('bite'))?.values;
  const [thrustAt, turnAt, jawAt] = [columnAt('thrust'), columnAt('turn'), columnAt('jaw')];
  for (let row = 0, i = offset; i < end; row++, i += frameStride) {
    floats[i + thrustAt] = thrust ? thrust[row] : 0;
    floats[i + turnAt] = turn ? turn[row] : 0;
    // Only a population with something to bite has the action.
    floats[i + jawAt] = bite ? 1 + bite[row] : 0;
  }
}

/** Reserves as shares of the largest; full where organisms do not live on energy. */
function writeReserves(population: Population, floats: Float32Array, offset: number): void {
  const end = offset + population.count * frameStride;
  if (!population.has('energy')) {
    for (let i = offset; i < end; i += frameStride) floats[i] = 1;
    return;
  }
  const energy = population.table.f32('energy');
  const size = population.table.f32('body.size');
  const scale = 1 / population.parameters.energy.storage;
  for (let row = 0, i = offset; i < end; row++, i += frameStride) {
    floats[i] = Math.min(1, Math.max(0, (energy[row] / size[row]) * scale));
  }
}

function columnAt(column: FrameColumn): number {
  return frameColumns.indexOf(column);
}
