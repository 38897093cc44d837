import json from '../../scenes/peacocks.json';
import { floatsNamed } from '../../src/ecs/table.ts';
import { correlation } from '../../src/math/statistics.ts';
import { parseScene } from '../../src/scene/parse.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import { summarise } from './summary.ts';
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
  const column = (id: string) => population.table.f32(floatsNamed(id)).subarray(0, population.count);
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

/**
 * With choice display and preference are correlated and run away, up or down; with random mating neither. Lande's line of equilibria is
 * unstable where choice is strong against its cost, in both directions.
 */
export const peacocks: Verification = {
  name: 'peacocks',
  title: `Peacocks: mean display and preference at tick ${scene.ticks.toLocaleString('en')}, with choice, with a dear display, with random mating`,
  scenes: ['peacocks'],
  measure(seed) {
    const chosen = follow(seed, {});
    const dear = follow(seed, { [`${mechanism}.displayCost`]: 0.001 });
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
    const up = results.filter(({ display, preference }) => display > 2 && preference > 0).length;
    const down = results.filter(({ display, preference }) => display < 0.5 && preference < 0).length;
    const dearUp = results.filter(({ dearDisplay }) => dearDisplay > 2).length;
    const still = results.filter(({ randomDisplay }) => randomDisplay >= 0.5 && randomDisplay <= 2).length;
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
      `with choice the display ran away upwards (above twice the founders') in ${up} and downwards (below half) in ${down} of ${results.length} seeds`,
      `where it costs ten times as much it ran upwards in ${dearUp}; with random mating it stayed within these bounds in ${still}`,
      `correlation of display and preference: ${tied.mean.toFixed(3)}, standard error ${tied.standardError.toFixed(3)}, z ${z.toFixed(1)}; with random mating ${untied.mean.toFixed(3)}, z ${zero.toFixed(1)}`,
    );
    const most = Math.ceil(0.9 * results.length);
    return { lines, holds: up + down >= most && still >= most && z > 4 && Math.abs(zero) < 4 };
  },
  found: {
    scene: 'peacocks',
    text(results) {
      const { seeds, range, both, count } = summarise(results);
      return (
        `${seeds}, tick ${scene.ticks.toLocaleString('en')}: the display (1 in founders) is above 2 with a preference for it in ` +
        `${count(({ display, preference }) => display > 2 && preference > 0)} seeds and below 0.5 with one against it in ` +
        `${count(({ display, preference }) => display < 0.5 && preference < 0)}; over all seeds it is ${range('display', 2)}, the preference ${range('preference', 2)}. ` +
        `Correlation of display and preference ${both('together', 2)}, standard error in brackets. With random mating the display is ${range('randomDisplay', 2)} and the correlation ` +
        `${both('randomTogether', 3)}. Where the display costs ten times as much it is above 2 in ${count(({ dearDisplay }) => dearDisplay > 2)} seeds. ` +
        'Not shown: what decides which way it runs, and where it would stop after this tick.'
      );
    },
  },
};
