import { floatsNamed } from '../ecs/table.ts';
import { type PopulationFor, visibleForms } from '../mechanisms/mechanism.ts';
import type { MechanismSet } from '../mechanisms/mechanism-set.ts';
import type { Capability } from '../population/capabilities.ts';
import type { Population } from '../population/population.ts';
import { catalogueOf } from '../simulation/catalogue.ts';
import type { Simulation } from '../simulation/types.ts';
import { formShare, formsIn } from './body-forms.ts';
import { type FrameColumn, frameColumns, frameStride } from './frame-layout.ts';
import { traitRanges } from './trait-range.ts';

/** Share of a full reserve that is a good meal of one tick. */
const goodMeal = 0.02;
/** Share of a full reserve that is a bad wound of one tick. */
const badlyHurt = 0.1;
/** Share of a life span at which an organism is drawn as neither young nor old. */
const grownUp = 0.4;
/** Inputs of the senses with which eyes are largest; one is the organism's own reserve, which needs no eye. */
const mostInputs = 24;

/**
 * Writes the forms and states of all organisms of a population into a frame; 0 for what it does not have. Reads only.
 * @param offset of the first organism's floats
 * @param scene whose view may give forms other traits
 * @param tick for ages
 */
export function writeBodies(
  population: Population,
  floats: Float32Array,
  offset: number,
  { scene, tick }: Pick<Simulation, 'scene' | 'tick'>,
): void {
  const { table, count } = population;
  const end = offset + count * frameStride;
  for (const form of formsIn(scene.view ?? {}, () => traitRanges(population))) {
    const values = table.find(floatsNamed(form.trait))?.values;
    for (let row = 0, i = offset + columnAt(form.column); i < end; row++, i += frameStride) {
      floats[i] = values ? formShare(values[row], form) : 0;
    }
  }
  writeReserves(population, floats, offset + columnAt('reserve'));
  writeLives(population, floats, offset, tick);
  writeMechanisms(population, floats, offset, catalogueOf(scene).mechanisms);
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

/** What the mechanisms that are on make visible; the strongest, where several have one form. */
function writeMechanisms(population: Population, floats: Float32Array, offset: number, mechanisms: MechanismSet): void {
  const end = offset + population.count * frameStride;
  for (const form of visibleForms) for (let i = offset + columnAt(form); i < end; i += frameStride) floats[i] = 0;
  for (const { id, visible } of mechanisms.all()) {
    const chosen = population.parameters.mechanisms[id];
    if (!visible || !chosen?.on) continue;
    const share = visible.share(population as PopulationFor<Capability>, chosen);
    for (let row = 0, i = offset + columnAt(visible.form); share && i < end; row++, i += frameStride) {
      // The mechanism of an extension may give anything.
      const seen = share(row);
      if (seen > floats[i]) floats[i] = Math.min(1, seen);
    }
  }
}

/** How wide the senses of a population are, as a share. */
export function eyesOf(population: Population): number {
  return population.has('policy') ? Math.min(1, (population.policy.network.inputs - 1) / mostInputs) : 0.5;
}

/** Ages as shares of the life span, meals as shares of a good one, signals as they are sent, wounds as shares of a bad one, eyes by inputs of the senses. */
function writeLives(population: Population, floats: Float32Array, offset: number, tick: number): void {
  const { table, count } = population;
  const signal = table.find(floatsNamed('signal'))?.values;
  const eyes = eyesOf(population);
  const lives = population.has('energy') ? population : undefined;
  const birthTick = table.i32('birthTick');
  const intake = lives?.table.f32('intake');
  const hurt = lives?.table.f32('hurt');
  const size = lives?.table.f32('body.size');
  const perHurt = lives ? 1 / (badlyHurt * lives.parameters.energy.storage) : 0;
  const perTick = lives ? 1 / lives.parameters.life.span : 0;
  const perMeal = lives ? 1 / (goodMeal * lives.parameters.energy.storage) : 0;
  const at = (['age', 'meal', 'signal', 'hurt', 'eyes'] as const).map(columnAt);
  for (let row = 0, i = offset; row < count; row++, i += frameStride) {
    // Organisms that do not age are drawn as grown up.
    floats[i + at[0]] = lives ? (tick - birthTick[row]) * perTick : grownUp;
    floats[i + at[1]] = intake ? Math.min(1, intake[row] * perMeal) : 0;
    floats[i + at[2]] = signal ? Math.min(1, Math.max(0, signal[row])) : 0;
    floats[i + at[3]] = hurt && size ? Math.min(1, (hurt[row] / size[row]) * perHurt) : 0;
    floats[i + at[4]] = eyes;
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
