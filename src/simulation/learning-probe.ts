import { policyWeights } from '../genome/layout.ts';
import { logistic32 } from '../math/elementary.ts';
import type { PlanePopulation } from '../population/plane-population.ts';
import type { Population } from '../population/population.ts';
import type { Probe, ProbeColumn, Simulation } from './types.ts';

const columns: readonly ProbeColumn[] = [
  { name: 'learned', title: 'Learned part of the weights, root mean square', unit: 'locus units' },
  { name: 'reward', title: 'Mean reward in the tick', unit: 'reward' },
  { name: 'reward.usual', title: 'Mean of what reward is usual', unit: 'reward' },
  { name: 'chance.eat', title: 'Mean chance to eat in the tick', unit: '' },
];

/** Whether genomes carry what learning reads; without it the mechanism cannot be switched on. */
const canLearn = ({ traits }: Population) => traits.some(({ id }) => id === 'learning.rate');

function measure({ table, layout, count, network }: PlanePopulation): number[] {
  if (count === 0 || !table.has('weights')) return columns.map(() => Number.NaN);
  const [weights, genome] = [table.f32('weights'), table.f32('genome')];
  const mean = (values: Float32Array) => values.subarray(0, count).reduce((sum, value) => sum + value, 0) / count;
  let square = 0;
  let chance = 0;
  const outputs = table.f32('outputs');
  const wide = table.stride('outputs');
  for (let row = 0; row < count; row++) {
    const at = row * layout.stride;
    for (let slot = 0; slot < network.length; slot++) {
      const learned = weights[at + slot] - genome[at + slot];
      square += learned * learned;
    }
    chance += logistic32(outputs[row * wide + 2]);
  }
  const loci = layout.loci.filter(({ segment }) => segment === policyWeights).length;
  return [
    Math.sqrt(square / (count * loci)),
    table.has('reward') ? mean(table.f32('reward')) : Number.NaN,
    table.has('reward.usual') ? mean(table.f32('reward.usual')) : Number.NaN,
    chance / count,
  ];
}

/** What the living have learned, where they can: NaN while learning is off. */
export const learningProbe: Probe = {
  id: 'learning',
  habitat: 'plane',
  title: 'Learning',
  description:
    'What the living have learned within their lives, and what it earns them, where genomes carry what learning reads.',
  columns,
  appliesTo: ({ populations }: Simulation) => populations.some(canLearn),
  start: ({ populations }) => ({
    columns: populations.flatMap(({ name }) => columns.map((column) => ({ ...column, name: `${name}.${column.name}` }))),
    sample: (now) => now.populations.flatMap((population) => measure(population as PlanePopulation)),
  }),
};
