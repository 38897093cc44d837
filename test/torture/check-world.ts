import type { Simulation } from '../../src/simulation/types.ts';
import type { WorldSimulation } from '../../src/simulation/world-simulation.ts';

/** @throws {Error} that names the first number in state or ground that is not finite */
export function checkFinite({ populations, tick, ground }: Simulation): void {
  for (const { table, name } of populations) {
    for (const { name: column, type, width, values } of table.state) {
      if (type !== 'f32' && type !== 'f64') continue;
      const end = table.count * width;
      for (let i = 0; i < end; i++) {
        if (values[i] - values[i] !== 0) throw new Error(`${name}.${column} holds ${values[i]} after tick ${tick}`);
      }
    }
  }
  if (!ground) return;
  const values = ground.values();
  const end = 4 * ground.columns * ground.rows;
  for (let i = 0; i < end; i++) {
    if (values[i] - values[i] !== 0) throw new Error(`the ground holds ${values[i]} after tick ${tick}`);
  }
}

/** @throws {Error} that names the first block of memory that a kernel wrote past */
export function checkGuards(simulation: Simulation): void {
  const broken = (simulation as WorldSimulation).checkGuards();
  if (broken !== undefined) throw new Error(`a kernel wrote past ${broken} before tick ${simulation.tick}`);
}
