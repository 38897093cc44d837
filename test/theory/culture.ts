import { floatsNamed } from '../../src/ecs/table.ts';
import { parseScene } from '../../src/scene/parse.ts';
import { createSimulation } from '../../src/simulation/create.ts';

/** Euler's constant, the mean of a Gumbel variable. */
export const EULER = 0.5772156649015329;

interface CultureCase {
  readonly size: number;
  readonly loss: number;
  readonly spread: number;
  readonly models: 'everyone' | 'met' | 'parent';
  readonly generations: number;
  readonly seed: string;
}

/** Change of the mean skill in each generation on flat ground, after ten that are not counted. */
export function cultureGrowth({ size, loss, spread, models, generations, seed }: CultureCase): number[] {
  const scene = parseScene(
    {
      version: 1,
      name: 'culture',
      title: 'Culture',
      habitat: { kind: 'landscape', form: 'linear', dimensions: 1, forms: { linear: { slope: 0 } }, encounters: 8 },
      populations: {
        line: { founders: size, mechanisms: { culture: { on: true, loss, spread, models, benefit: 0 } } },
      },
    },
    'test',
  );
  const simulation = createSimulation(scene, seed);
  const meanSkill = () => {
    const [{ table, count }] = simulation.populations;
    let sum = 0;
    for (let row = 0; row < count; row++) sum += table.f32(floatsNamed('skill'))[row];
    return sum / count;
  };
  simulation.step(10);
  let before = meanSkill();
  const changes = Array.from({ length: generations }, () => {
    simulation.step();
    const now = meanSkill();
    const change = now - before;
    before = now;
    return change;
  });
  simulation.dispose();
  return changes;
}
