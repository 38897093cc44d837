import { expandPlan, type Sweep } from '../../../src/experiment/expand-plan.ts';
import { readPlan } from '../../../src/experiment/plan.ts';
import { parseScene } from '../../../src/scene/parse.ts';

/** A world of two dozen organisms: a run of a hundred ticks takes a few milliseconds. */
export const tinyScene = {
  version: 1,
  name: 'tiny',
  title: 'Tiny',
  ticks: 60,
  habitat: { kind: 'plane', width: 64, height: 64, grass: { capacity: 4, regrowth: 0.02, cover: 1, pattern: 'uniform' } },
  populations: {
    grazers: {
      founders: 24,
      capacity: 100,
      policy: { hidden: 2 },
      life: { span: 60, maturity: 10 },
      mechanisms: { mutation: { on: true } },
    },
  },
};

/** A plan file over the tiny scene: 2 x 2 combinations, 3 seeds. */
export const smallPlan = {
  version: 1,
  name: 'small',
  scene: tinyScene,
  vary: { 'habitat.grass.regrowth': [0.01, 0.03], 'populations.grazers.mechanisms.mutation.on': [true, false] },
  seeds: '1..3',
  every: 20,
};

export function sweepOf(plan: Record<string, unknown>): Sweep {
  return expandPlan(readPlan(plan, 'plan.json'), () => parseScene(tinyScene, 'tiny'), 'plan.json');
}
