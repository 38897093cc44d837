import type { Kernels } from '../kernel/generated/kernel.ts';
import type { PopulationWith } from './capabilities.ts';

/** All organisms pay for the tick and age; then deaths and readiness for offspring are decided. */
export function metabolise(population: PopulationWith<'policy' | 'energy'>, tick: number, kernel: Kernels): void {
  const { table, parameters } = population;
  const { energy: costs, life } = parameters;
  const { birthTick, energy, damage, hurt, cost, moving, moved, eat, storage, body } = table.columns;
  const { 'life.threshold': threshold, keyLow, keyHigh, cause, ready } = table.columns;
  kernel.metabolise({
    count: table.count,
    tick,
    birthTick,
    energy,
    damage: population.energy.hunted ? damage : undefined,
    hurt,
    cost,
    moving,
    moved,
    eat,
    feeding: costs.feeding,
    biting: table.find('bite'),
    biteCost: costs.biting,
    storage,
    threshold,
    body,
    accident: life.accident,
    span: life.span,
    maturity: life.maturity,
    keyLow,
    keyHigh,
    stream: population.stream('death'),
    cause,
    ready,
  });
}
