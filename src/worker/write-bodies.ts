import { floatsNamed } from '../ecs/table.ts';
import type { Population } from '../population/population.ts';
import type { SceneView } from '../scene/view.ts';
import { formShare, formsIn } from './body-forms.ts';
import { type FrameColumn, frameColumns, frameStride } from './frame-layout.ts';
import { traitRanges } from './trait-range.ts';

/** Share of a full reserve that is a good meal of one tick. */
const goodMeal = 0.02;
/** Share of a life span at which an organism is drawn as neither young nor old. */
const grownUp = 0.4;
/** Copies of transposons with which a body is half covered with speckles. */
const halfSpeckled = 4;

/**
 * Writes the forms and states of all organisms of a population into a frame; 0 for what it does not have. Reads only.
 * @param offset of the first organism's floats
 * @param view that gives forms other traits
 * @param tick of the world, for ages
 */
export function writeBodies(population: Population, floats: Float32Array, offset: number, view: SceneView = {}, tick = 0): void {
  const { table, count } = population;
  const end = offset + count * frameStride;
  for (const form of formsIn(view, () => traitRanges(population))) {
    const values = table.find(floatsNamed(form.trait))?.values;
    for (let row = 0, i = offset + columnAt(form.column); i < end; row++, i += frameStride) {
      floats[i] = values ? formShare(values[row], form) : 0;
    }
  }
  writeReserves(population, floats, offset + columnAt('reserve'));
  writeLives(population, floats, offset, tick);
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

/** Ages as shares of the life span, meals as shares of a good one, signals as they are sent, speckles as transposons fill the genome. */
function writeLives(population: Population, floats: Float32Array, offset: number, tick: number): void {
  const { table, count } = population;
  const signal = table.find(floatsNamed('signal'))?.values;
  const copies = table.find(floatsNamed('transposon.copies'))?.values;
  const lives = population.has('energy') ? population : undefined;
  const birthTick = table.i32('birthTick');
  const intake = lives?.table.f32('intake');
  const perTick = lives ? 1 / lives.parameters.life.span : 0;
  const perMeal = lives ? 1 / (goodMeal * lives.parameters.energy.storage) : 0;
  const at = (['age', 'meal', 'signal', 'speckles'] as const).map(columnAt);
  for (let row = 0, i = offset; row < count; row++, i += frameStride) {
    // Organisms that do not age are drawn as grown up.
    floats[i + at[0]] = lives ? (tick - birthTick[row]) * perTick : grownUp;
    floats[i + at[1]] = intake ? Math.min(1, intake[row] * perMeal) : 0;
    floats[i + at[2]] = signal ? Math.min(1, Math.max(0, signal[row])) : 0;
    floats[i + at[3]] = copies ? copies[row] / (copies[row] + halfSpeckled) : 0;
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
