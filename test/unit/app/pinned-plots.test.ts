import { expect, it } from 'vitest';
import { plotsPinned } from '../../../src/app/ui/series-columns.ts';
import type { WorldText } from '../../../src/worker/describe-world.ts';

const column = (name: string, probe: string) => ({ name, probe, title: name, unit: '' });
const world = {
  probes: [
    { id: 'census', title: 'Census', description: '' },
    { id: 'traits', title: 'Traits', description: '' },
  ],
  populations: [
    { name: 'prey', title: 'Prey' },
    { name: 'hunters', title: 'Hunters' },
  ],
  columns: [
    column('prey.population', 'census'),
    column('hunters.population', 'census'),
    column('prey.size.mean', 'traits'),
    column('prey.size.variance', 'traits'),
  ],
} as unknown as WorldText;

it('finds pinned plots with the lines of all populations, in the order of the pins, without what the world does not measure', () => {
  const { plots, columns } = plotsPinned(world, ['traits/size.mean', 'census/depth', 'census/population']);
  expect(plots.map(({ pin, lines }) => [pin, ...lines.map(({ name }) => name)])).toEqual([
    ['traits/size.mean', 'prey.size.mean'],
    ['census/population', 'prey.population', 'hunters.population'],
  ]);
  expect(columns).toEqual([2, 3, 0, 1]);
  expect(plots[1].lines.map(({ mean }) => columns[mean])).toEqual([0, 1]);
});
