import type { ColumnSpec } from '../../ecs/table.ts';
import type { Population } from '../../population/population.ts';
import type { PlaneContext } from './context.ts';

/** Energy that each organism wants of each lane of its cell. */
export const feedColumns: readonly ColumnSpec[] = [{ name: 'wants', type: 'f32', width: 4, kind: 'scratch' }];

/**
 * Those who eat share what lies on their cell of ground. All wants are known before anyone gets anything, so that no
 * population, row or order is favoured.
 */
export function feed(populations: readonly Population[], { kernel, plane }: PlaneContext): void {
  const [ground, demand, columns, inverse] = [plane.ground.pointer, plane.demand.pointer, plane.columns, 1 / plane.cell];
  const place = ({ table }: Population) =>
    [table.count, table.pointer('x'), table.pointer('y'), table.pointer('eat')] as const;
  for (const population of populations) {
    const { table } = population;
    kernel.wantFood(
      ...place(population),
      table.pointer('energy'),
      table.pointer('storage'),
      table.pointer('appetite'),
      table.pointer('efficiency'),
      ground,
      demand,
      columns,
      inverse,
      table.pointer('wants'),
    );
  }
  for (const population of populations) {
    const { table } = population;
    kernel.shareFood(
      ...place(population),
      table.pointer('efficiency'),
      ground,
      demand,
      columns,
      inverse,
      table.pointer('wants'),
      table.pointer('energy'),
      table.pointer('intake'),
    );
  }
  for (const population of populations) kernel.takeFood(...place(population), ground, demand, columns, inverse);
}
