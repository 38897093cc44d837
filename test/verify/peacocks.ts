import json from '../../scenes/peacocks.json';
import { correlation } from '../../src/math/statistics.ts';
import { parseScene } from '../../src/scene/parse.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import { overSeeds, tabulate, type Verification } from './verification.ts';

const scene = parseScene(json, 'peacocks');
const mechanism = 'populations.peafowl.mechanisms.mate-choice';
/** Ticks between looks at how display and preference go together. */
const every = 500;

/** Display and preference at the end of a world, and their correlation among the living, the mean over looks. */
function follow(seed: number, changes: Readonly<Record<string, unknown>>) {
  const simulation = createSimulation(scene, String(seed));
  for (const [path, value] of Object.entries(changes)) simulation.set(path, value);
  const [population] = simulation.populations;
  const column = (id: string) => population.table.f32(id).subarray(0, population.count);
  const together: number[] = [];
  while (simulation.tick < scene.ticks) {
    simulation.step(every);
    together.push(correlation(column('display'), column('preference')));
  }
  const meanOf = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
  const result = {
    display: meanOf(column('display')),
    preference: meanOf(column('preference')),
    together: meanOf(together),
    living: population.count,
  };
  simulation.dispose();
  return result;
}

/** With choice display and preference rise and are correlated; without it they are not, and a dear display stays lower than a cheap one. */
export const peacocks: Verification = {
  name: 'peacocks',
  title: `Peacocks: mean display and preference at tick ${scene.ticks.toLocaleString('en')}, with choice, with a dear display, with random mating`,
  measure(seed) {
    const chosen = follow(seed, {});
    const dear = follow(seed, { [`${mechanism}.displayCost`]: 0.004 });
    const random = follow(seed, { [`${mechanism}.on`]: false });
    return {
      display: chosen.display,
      preference: chosen.preference,
      together: chosen.together,
      living: chosen.living,
      dearDisplay: dear.display,
      dearPreference: dear.preference,
      dearLiving: dear.living,
      randomDisplay: random.display,
      randomPreference: random.preference,
      randomTogether: random.together,
      randomLiving: random.living,
    };
  },
  judge(results) {
    const rises = results.filter(({ display, randomDisplay }) => display > randomDisplay + 1).length;
    const stopped = results.filter(({ dearDisplay, display }) => dearDisplay < display).length;
    const tied = overSeeds(results.map(({ together }) => together));
    const untied = overSeeds(results.map(({ randomTogether }) => randomTogether));
    const z = tied.mean / tied.standardError;
    const zero = untied.mean / untied.standardError;
    const lines = tabulate(
      [
        { key: 'display', title: 'display', digits: 2 },
        { key: 'preference', title: 'preference', digits: 2 },
        { key: 'together', title: 'correlation', digits: 3 },
        { key: 'living', title: 'living', digits: 0 },
        { key: 'dearDisplay', title: 'dear: display', digits: 2 },
        { key: 'dearPreference', title: 'preference', digits: 2 },
        { key: 'dearLiving', title: 'living', digits: 0 },
        { key: 'randomDisplay', title: 'random: display', digits: 2 },
        { key: 'randomPreference', title: 'preference', digits: 2 },
        { key: 'randomTogether', title: 'correlation', digits: 3 },
        { key: 'randomLiving', title: 'living', digits: 0 },
      ],
      results,
    );
    lines.push(
      `with choice the display ended at least 1 higher than with random mating in ${rises} of ${results.length} seeds`,
      `a display that costs eight times as much ended lower in ${stopped} of ${results.length} seeds`,
      `correlation of display and preference: ${tied.mean.toFixed(3)}, standard error ${tied.standardError.toFixed(3)}, z ${z.toFixed(1)}; with random mating ${untied.mean.toFixed(3)}, z ${zero.toFixed(1)}`,
    );
    const most = Math.ceil(0.9 * results.length);
    return { lines, holds: rises >= most && z > 4 && tied.mean > untied.mean };
  },
};
