import { fromValue } from '../../kernel/arguments.ts';
import type { PlacedSense } from '../../population/capabilities.ts';
import type { EmbodiedPopulation, PopulationScene } from '../../population/embodied-population.ts';
import type { PlaneContext } from './context.ts';
import { senseKinds } from './sense-kinds.ts';

/** Quarter turns around the heading, clockwise as the plane is drawn (y points down). */
const sectors = ['ahead', 'right', 'behind', 'left'] as const;
const bySector = (id: string) => () => sectors.map((sector) => `${id} ${sector}`);

/**
 * Something that organisms can observe. `write` fills the sense's inputs for all organisms of a population at once;
 * senses of the ground and of neighbours have no `write`: one kernel serves several of them.
 * @public
 */
export interface Sense {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** One label an input; the number of labels is the number of inputs. */
  labels(parameters: PopulationScene): readonly string[];
  /** Writes the inputs; `at` is the first input's place in rows of `table.f32('inputs')`, `stride` floats a row. */
  write?(population: EmbodiedPopulation, at: number, stride: number, context: PlaneContext): void;
}

/** A sense as a value: returns what it is given, with its type. @public */
export const sense = (declared: Sense): Sense => declared;

/**
 * Places the senses of a population side by side in its input row, in the order of the scene.
 * @throws {Error} for a sense that is not among those known.
 */
export function placeSenses(parameters: PopulationScene, known: readonly Sense[]): readonly PlacedSense[] {
  let at = 0;
  return parameters.senses.map((id) => {
    const found = known.find((one) => one.id === id);
    if (!found) throw new Error(`unknown sense '${id}'; known: ${known.map((one) => one.id).join(', ')}`);
    const labels = found.labels(parameters);
    const placed = { id, at, labels };
    at += labels.length;
    return placed;
  });
}

/** The standard senses. */
export const senses: readonly Sense[] = [
  {
    id: 'grass',
    title: 'Grass',
    description: 'Grass by sector, as a share of the richest ground: two samples of the ground along each sector’s middle.',
    labels: bySector('grass'),
  },
  {
    id: 'fruit',
    title: 'Fruit',
    description: 'Fruit by sector, as a share of the richest ground.',
    labels: bySector('fruit'),
  },
  {
    id: 'kinds',
    title: 'Kinds of fruit',
    description: 'Fruit by sector and on its own cell, as a share of the richest ground: the second kind counts negative.',
    labels: () => [...bySector('kind')(), 'kind here'],
    write: senseKinds,
  },
  {
    id: 'carrion',
    title: 'Carrion',
    description: 'Carrion by sector, in standard bodies.',
    labels: bySector('carrion'),
  },
  { id: 'cue', title: 'Cue', description: 'The cue field by sector.', labels: bySector('cue') },
  {
    id: 'barrier',
    title: 'Barriers',
    description: 'Barriers and the edge of a walled plane by sector: 0 free, 1 blocked.',
    labels: bySector('barrier'),
  },
  {
    id: 'underfoot',
    title: 'Underfoot',
    description: 'Gain from its own cell of ground, given its gut.',
    labels: () => ['underfoot'],
  },
  {
    id: 'neighbours',
    title: 'Neighbours',
    description: 'Nearness of the nearest of its own population in each sector: 1 at no distance, 0 out of reach.',
    labels: bySector('neighbour'),
  },
  {
    id: 'others',
    title: 'Others',
    description: 'Nearness of the nearest of any other population in each sector.',
    labels: bySector('other'),
  },
  {
    id: 'size',
    title: 'Size of neighbours',
    description: 'Size of the nearest in each sector relative to its own: (theirs - own) / (theirs + own); 0 if there is none.',
    labels: bySector('size'),
  },
  {
    id: 'likeness',
    title: 'Likeness of neighbours',
    description: 'How alike the markers of the nearest in each sector are: 1 the same, towards 0 unlike; 0 if there is none.',
    labels: bySector('likeness'),
  },
  {
    id: 'signals',
    title: 'Signals',
    description: 'Signal shown by the nearest in each sector, times its nearness.',
    labels: bySector('signal'),
  },
  {
    id: 'energy',
    title: 'Own energy',
    description: 'Reserve as a share of its storage.',
    labels: () => ['energy'],
    write(population, at, _stride, { kernel }) {
      const { count, columns } = population.table;
      const out = fromValue(columns.inputs, at);
      kernel.senseColumn({ count, column: columns.energy, divisor: columns.storage, factor: 1, out });
    },
  },
  {
    id: 'age',
    title: 'Own age',
    description: 'Age as a share of the life span.',
    labels: () => ['age'],
    write(population, at, _stride, { kernel, tick }) {
      const { inputs, birthTick } = population.table.columns;
      const inverseSpan = 1 / population.parameters.life.span;
      kernel.senseAge({ count: population.count, birthTick, tick, inverseSpan, out: fromValue(inputs, at) });
    },
  },
  {
    id: 'hurt',
    title: 'Hurt',
    description: 'Energy torn from it in the last tick, as a share of its storage.',
    labels: () => ['hurt'],
    write(population, at, _stride, { kernel }) {
      const { count, columns } = population.table;
      const out = fromValue(columns.inputs, at);
      kernel.senseColumn({ count, column: columns.hurt, divisor: columns.storage, factor: 1, out });
    },
  },
  {
    id: 'memory',
    title: 'Memory',
    description: 'The outputs of its memory units in the last tick.',
    labels: ({ policy }) => Array.from({ length: policy.memory }, (_, i) => `memory ${i + 1}`),
    write(population, at, _stride, { kernel }) {
      const { table } = population;
      const memory = table.find('memory');
      const units = population.parameters.policy.memory;
      if (memory) kernel.copyUnits({ count: population.count, units, from: memory, to: fromValue(table.columns.inputs, at) });
    },
  },
];
