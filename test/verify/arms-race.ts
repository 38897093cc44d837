import scene from '../../scenes/arms-race.json';
import { floatsNamed } from '../../src/ecs/table.ts';
import { parseScene } from '../../src/scene/parse.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import { summarise } from './summary.ts';
import { tabulate, type Verification } from './verification.ts';

const ticks = 50_000;

/** Predators and prey both live after 50,000 ticks. */
export const armsRace: Verification = {
  name: 'arms-race',
  title: `Arms race: predators and prey after ${ticks.toLocaleString('en')} ticks`,
  scenes: ['arms-race'],
  measure(seed) {
    const simulation = createSimulation(parseScene(scene, 'arms-race'), String(seed));
    const [prey, predators] = simulation.populations;
    const fewest = { prey: prey.count, predators: predators.count };
    const mean = (population: typeof prey, trait: string) => {
      const values = population.table.f32(floatsNamed(trait)).subarray(0, population.count);
      return values.reduce((sum, value) => sum + value, 0) / Math.max(1, population.count);
    };
    const before = { prey: mean(prey, 'body.speed'), predators: mean(predators, 'body.speed') };
    for (let t = 0; t < ticks; t += 50) {
      simulation.step(50);
      fewest.prey = Math.min(fewest.prey, prey.count);
      fewest.predators = Math.min(fewest.predators, predators.count);
      if (fewest.prey === 0 || fewest.predators === 0) break;
    }
    const result = {
      tick: simulation.tick,
      prey: prey.count,
      predators: predators.count,
      fewestPrey: fewest.prey,
      fewestPredators: fewest.predators,
      preySpeed: mean(prey, 'body.speed') / before.prey,
      predatorSpeed: mean(predators, 'body.speed') / before.predators,
    };
    simulation.dispose();
    return result;
  },
  judge(results) {
    const both = results.filter(({ prey, predators }) => prey > 0 && predators > 0).length;
    const lines = tabulate(
      [
        { key: 'tick', title: 'tick', digits: 0 },
        { key: 'prey', title: 'prey', digits: 0 },
        { key: 'predators', title: 'predators', digits: 0 },
        { key: 'fewestPrey', title: 'fewest prey', digits: 0 },
        { key: 'fewestPredators', title: 'fewest predators', digits: 0 },
        { key: 'preySpeed', title: 'prey speed x', digits: 2 },
        { key: 'predatorSpeed', title: 'predator speed x', digits: 2 },
      ],
      results,
    );
    lines.push(`both live at tick ${ticks.toLocaleString('en')} in ${both} of ${results.length} seeds`);
    return { lines, holds: both >= Math.ceil(0.8 * results.length) };
  },
  found: {
    scene: 'arms-race',
    text(results) {
      const { seeds, range, least, count } = summarise(results);
      return (
        `${seeds}: predators and prey both live at tick ${ticks.toLocaleString('en')} in ${count(({ prey, predators }) => prey > 0 && predators > 0)}; ` +
        `the fewest at any time were ${least('fewestPrey', 0)} prey and ${least('fewestPredators', 0)} predators. Mean top speed is then ` +
        `${range('preySpeed', 1)} times that of the founders in the prey and ${range('predatorSpeed', 1)} times in the predators. ` +
        'Not shown: whether fitness against a fixed opponent rises.'
      );
    },
  },
};
