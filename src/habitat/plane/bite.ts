import type { ColumnSpec } from '../../ecs/table.ts';
import type { EmbodiedPopulation, PopulationScene } from '../../population/embodied-population.ts';
import type { PlaneContext } from './context.ts';
import { nearestColumn } from './sense-neighbours.ts';

const tornColumn = (target: string) => ({ name: `torn.${target}`, type: 'f32', kind: 'scratch' }) as const;
const victimColumn = (target: string) => ({ name: `victim.${target}`, type: 'i32', kind: 'scratch' }) as const;

/** What each biter tore from its victim, by target population. */
export function biteColumns(parameters: PopulationScene): readonly ColumnSpec[] {
  return parameters.bite.targets.flatMap((target) => [tornColumn(target), victimColumn(target)]);
}

/** Organisms that bite tear energy from the nearest target ahead; a victim's biters share what it really had. */
export function biteTargets(populations: readonly EmbodiedPopulation[], { kernel, plane }: PlaneContext): void {
  const pairs = populations.flatMap((biter) =>
    biter.parameters.bite.targets.map((name) => ({
      biter,
      target: populations.find((p) => p.name === name) as EmbodiedPopulation,
    })),
  );
  for (const { table, energy } of populations) if (energy.hunted) table.f32('damage').fill(0, 0, table.count);
  for (const { biter, target } of pairs) {
    const { table, parameters } = biter;
    const { x, y, 'body.size': size } = table.columns;
    const { x: targetX, y: targetY, 'body.size': targetSize, damage: targetDamage } = target.table.columns;
    kernel.bite({
      count: table.count,
      x,
      y,
      biting: table.of('bite'),
      size,
      targets: table.of(nearestColumn(target.name)),
      targetX,
      targetY,
      targetSize,
      targetDamage,
      torus: plane.torus,
      width: plane.width,
      height: plane.height,
      reach: parameters.bite.reach,
      strength: parameters.bite.damage,
      torn: table.of(tornColumn(target.name)),
      victim: table.of(victimColumn(target.name)),
    });
  }
  for (const { biter, target } of pairs) {
    const { table, parameters } = biter;
    const { storage, energy } = table.columns;
    const { energy: victimEnergy, damage: victimDamage } = target.table.columns;
    kernel.takeBites({
      count: table.count,
      torn: table.of(tornColumn(target.name)),
      victim: table.of(victimColumn(target.name)),
      victimEnergy,
      victimDamage,
      gain: parameters.bite.gain,
      storage,
      energy,
    });
  }
  for (const { biter, target } of pairs) {
    const { table } = biter;
    const { energy, intake } = table.columns;
    kernel.digest({ count: table.count, gained: table.of(tornColumn(target.name)), energy, intake });
  }
}
