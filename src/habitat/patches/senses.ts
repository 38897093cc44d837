import type { EmbodiedPopulation, PopulationScene } from '../../population/embodied-population.ts';
import { grid } from '../grid.ts';
import type { PatchesContext } from './context.ts';
import { linkAhead } from './network.ts';

/** Something that organisms on patches can observe: one input. */
export interface PatchSense {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  labels(parameters: PopulationScene): readonly string[];
  /** Writes the inputs of all organisms; `at` is the first input's place in rows of `table.f32('inputs')`, `stride` floats a row. */
  write(population: EmbodiedPopulation, at: number, stride: number, context: PatchesContext): void;
}

/** Writes one input of all rows. */
function each({ table }: EmbodiedPopulation, at: number, stride: number, value: (row: number) => number): void {
  const inputs = table.f32('inputs');
  for (let row = 0; row < table.count; row++) inputs[row * stride + at] = value(row);
}

/** Food of a patch as a share of the greatest that patches carry; 0 if none grows. */
const fullness = ({ patches }: PatchesContext) => {
  const ground = patches.ground.f32();
  const { grass, fruit } = patches.parameters;
  const most = Math.max(grass.capacity, fruit.capacity);
  return (patch: number) => (most > 0 ? Math.fround((ground[4 * patch] + ground[4 * patch + 1]) / most) : 0);
};

/** Organisms on a patch, of all populations, n as n/(n + 8). */
const company = ({ patches, populations }: PatchesContext) => {
  const starts = populations.map(({ index }) => patches.gridStarts(index).u32());
  return (patch: number) => {
    const n = starts.reduce((sum, own) => sum + own[patch + 1] - own[patch], 0);
    return Math.fround(n / (n + 8));
  };
};

/** The same for the patch to which the link ahead leads; 0 if there is no link. */
function ahead(
  { table }: EmbodiedPopulation,
  { patches }: PatchesContext,
  of: (patch: number) => number,
): (row: number) => number {
  const [cell, headingX, headingY] = [table.u32(grid.cell), table.f32('headingX'), table.f32('headingY')];
  const { network } = patches;
  return (row) => {
    const link = linkAhead(network, cell[row], headingX[row], headingY[row]);
    return link < 0 ? 0 : of(network.to[link]);
  };
}

const one = (id: string) => () => [id];

/** The senses that populations on patches can choose. */
export const patchSenses: readonly PatchSense[] = [
  {
    id: 'food',
    title: 'Food here',
    description: 'Food on its patch, as a share of the greatest that patches carry.',
    labels: one('food here'),
    write(population, at, stride, context) {
      const [full, cell] = [fullness(context), population.table.u32(grid.cell)];
      each(population, at, stride, (row) => full(cell[row]));
    },
  },
  {
    id: 'food-ahead',
    title: 'Food ahead',
    description: 'Food on the patch to which the link ahead leads.',
    labels: one('food ahead'),
    write: (population, at, stride, context) => each(population, at, stride, ahead(population, context, fullness(context))),
  },
  {
    id: 'company',
    title: 'Company here',
    description: 'Organisms on its patch, n as n/(n + 8).',
    labels: one('company here'),
    write(population, at, stride, context) {
      const [many, cell] = [company(context), population.table.u32(grid.cell)];
      each(population, at, stride, (row) => many(cell[row]));
    },
  },
  {
    id: 'company-ahead',
    title: 'Company ahead',
    description: 'Organisms on the patch to which the link ahead leads, n as n/(n + 8).',
    labels: one('company ahead'),
    write: (population, at, stride, context) => each(population, at, stride, ahead(population, context, company(context))),
  },
  {
    id: 'energy',
    title: 'Own energy',
    description: 'Reserve as a share of its storage.',
    labels: one('energy'),
    write(population, at, stride) {
      const [energy, storage] = [population.table.f32('energy'), population.table.f32('storage')];
      each(population, at, stride, (row) => Math.min(1, Math.max(0, energy[row] / storage[row])));
    },
  },
  {
    id: 'age',
    title: 'Own age',
    description: 'Age as a share of the life span.',
    labels: one('age'),
    write(population, at, stride, { tick }) {
      const birthTick = population.table.i32('birthTick');
      const { span } = population.parameters.life;
      each(population, at, stride, (row) => (tick - birthTick[row]) / span);
    },
  },
  {
    id: 'memory',
    title: 'Memory',
    description: 'The outputs of its memory units in the last tick.',
    labels: ({ policy }) => Array.from({ length: policy.memory }, (_, i) => `memory ${i + 1}`),
    write(population, at, stride) {
      const units = population.parameters.policy.memory;
      const memory = population.table.f32('memory');
      for (let k = 0; k < units; k++) each(population, at + k, stride, (row) => memory[row * units + k]);
    },
  },
];

/** All organisms observe the frozen state of the last tick. */
export function sensePatches(population: EmbodiedPopulation, context: PatchesContext): void {
  const stride = population.table.columns.inputs.width;
  for (const { id, at } of population.policy.senses) {
    patchSenses.find((sense) => sense.id === id)?.write(population, at, stride, context);
  }
}
