import { floatsNamed } from '../../src/ecs/table.ts';
import type { Simulation } from '../../src/simulation/types.ts';

/** Mean number of living and intake per organism-tick of the first population over the `window` ticks that end at `end`. */
export function watchCensus(simulation: Simulation, end: number, window = end): { living(): number; intake(): number } {
  let ticks = 0;
  let organismTicks = 0;
  let eaten = 0;
  const [population] = simulation.populations;
  simulation.observe({
    afterTick({ tick }) {
      if (tick <= end - window || tick > end) return;
      const intake = population.table.f32(floatsNamed('intake'));
      for (let row = 0; row < population.count; row++) eaten += intake[row];
      organismTicks += population.count;
      ticks++;
    },
  });
  return { living: () => organismTicks / ticks, intake: () => eaten / organismTicks };
}
