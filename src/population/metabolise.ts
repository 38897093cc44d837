import type { Kernels } from '../kernel/generated/kernel.ts';
import type { PlanePopulation } from './plane-population.ts';

/** All organisms pay for the tick and age; then deaths and readiness for offspring are decided. */
export function metabolise(population: PlanePopulation, tick: number, kernel: Kernels): void {
  const { table, parameters, hunted } = population;
  const { energy: costs, life } = parameters;
  const { birthTick, energy, damage, hurt, cost, moving, moved, eat, bite, storage, body } = table.columns;
  const { 'life.threshold': threshold, keyLow, keyHigh, cause, ready } = table.columns;
  kernel.metabolise({
    count: table.count,
    tick,
    birthTick,
    energy,
    damage: hunted ? damage : undefined,
    hurt,
    cost,
    moving,
    moved,
    eat,
    feeding: costs.feeding,
    biting: bite,
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
