import type { KernelExports } from '../kernel/generated/kernel.ts';
import type { PlanePopulation } from './plane-population.ts';

/** All organisms pay for the tick and age; then deaths and readiness for offspring are decided. */
export function metabolise(population: PlanePopulation, tick: number, kernel: KernelExports): void {
  const { table, parameters, arena } = population;
  const [stream0, stream1] = population.stream('death');
  kernel.metabolise(
    table.count,
    tick,
    table.pointer('birthTick'),
    table.pointer('energy'),
    population.hunted ? table.pointer('damage') : 0,
    table.pointer('hurt'),
    table.pointer('cost'),
    table.pointer('moving'),
    table.pointer('moved'),
    table.pointer('eat'),
    parameters.energy.feeding,
    table.pointer('bite'),
    parameters.energy.biting,
    table.pointer('storage'),
    table.pointer('life.threshold'),
    table.pointer('body'),
    parameters.life.accident,
    parameters.life.span,
    parameters.life.maturity,
    table.pointer('keyLow'),
    table.pointer('keyHigh'),
    stream0,
    stream1,
    table.pointer('cause'),
    table.pointer('ready'),
    arena.scratch.pointer,
  );
}
