import type { ColumnSpec } from '../../ecs/table.ts';
import type { PlanePopulation, PopulationScene } from '../../population/plane-population.ts';
import type { PlaneContext } from './context.ts';
import { nearestColumn } from './sense-neighbours.ts';

const tornColumn = (target: string) => `torn.${target}`;
const victimColumn = (target: string) => `victim.${target}`;

/** What each biter tore from its victim, by target population. */
export function biteColumns(parameters: PopulationScene): readonly ColumnSpec[] {
  return parameters.bite.targets.flatMap((target): ColumnSpec[] => [
    { name: tornColumn(target), type: 'f32', kind: 'scratch' },
    { name: victimColumn(target), type: 'i32', kind: 'scratch' },
  ]);
}

/** Organisms that bite tear energy from the nearest target ahead; a victim's biters share what it really had. */
export function biteTargets(populations: readonly PlanePopulation[], { kernel, plane }: PlaneContext): void {
  const pairs = populations.flatMap((biter) =>
    biter.parameters.bite.targets.map((name) => ({ biter, target: populations.find((p) => p.name === name) as PlanePopulation })),
  );
  for (const { table, hunted } of populations) if (hunted) table.f32('damage').fill(0, 0, table.count);
  for (const { biter, target } of pairs) {
    const { table, parameters } = biter;
    kernel.bite(
      table.count,
      table.pointer('x'),
      table.pointer('y'),
      table.pointer('bite'),
      table.pointer('body.size'),
      table.pointer(nearestColumn(target.name)),
      target.table.pointer('x'),
      target.table.pointer('y'),
      target.table.pointer('body.size'),
      target.table.pointer('damage'),
      plane.torus ? 1 : 0,
      plane.width,
      plane.height,
      parameters.bite.reach,
      parameters.bite.damage,
      table.pointer(tornColumn(target.name)),
      table.pointer(victimColumn(target.name)),
    );
  }
  for (const { biter, target } of pairs) {
    const { table, parameters } = biter;
    kernel.takeBites(
      table.count,
      table.pointer(tornColumn(target.name)),
      table.pointer(victimColumn(target.name)),
      target.table.pointer('energy'),
      target.table.pointer('damage'),
      parameters.bite.gain,
      table.pointer('storage'),
      table.pointer('energy'),
    );
  }
  for (const { biter, target } of pairs) {
    const { table } = biter;
    kernel.digest(table.count, table.pointer(tornColumn(target.name)), table.pointer('energy'), table.pointer('intake'));
  }
}
