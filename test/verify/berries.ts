import json from '../../scenes/berries.json';
import { DescendantCounter } from '../../src/analysis/assay/descendant-counter.ts';
import { NeutralShadow } from '../../src/analysis/neutral-shadow.ts';
import { floatsNamed } from '../../src/ecs/table.ts';
import { namedStream } from '../../src/math/streams.ts';
import type { Simulation } from '../../src/simulation/types.ts';
import { summarise } from './summary.ts';
import type { Verification } from './verification.ts';
import { claimed, sceneWith, watchScene } from './watch-scene.ts';

/** If nothing is selected, the share is above all of 39 shadows with probability 1/40. */
const shadows = 39;

/**
 * The half of the living with the higher learning rate: the share of those that live some ticks later that descends from it, and the
 * highest share in neutral shadows of the same births and deaths.
 */
function heirs(simulation: Simulation, seed: number, ticks: number): { share: number; highest: number } {
  const [population] = simulation.populations;
  const { table } = population;
  const rates = table.f32(floatsNamed('learning.rate')).slice(0, table.count);
  const median = rates.toSorted()[Math.floor(table.count / 2)];
  const upper = new Set<number>();
  for (let row = 0; row < table.count; row++) if (rates[row] >= median) upper.add(table.f64('id')[row]);
  const counter = new DescendantCounter(simulation, population);
  simulation.observe(counter);
  const neutral = Array.from(
    { length: shadows },
    (_, k) => new NeutralShadow(simulation, population, upper.size / table.count, namedStream(`${seed}`, `shadow ${k}`)),
  );
  for (const shadow of neutral) simulation.observe(shadow);
  simulation.step(ticks);
  const descendants = counter.count();
  const theirs = counter.ancestors.reduce((sum, id, i) => sum + (upper.has(id) ? descendants[i] : 0), 0);
  return { share: theirs / population.count, highest: Math.max(...neutral.map((shadow) => shadow.share())) };
}

/** Living organisms 1,000 ticks later, in a world and in its twin that stops learning now; both are given back. */
function twins(simulation: Simulation): { learners: number; others: number } {
  const twin = simulation.fork({ changes: [{ path: 'populations.foragers.mechanisms.learning.on', value: false }] });
  const [learners, others] = [simulation, twin].map((world) => {
    world.step(1000);
    const { count } = world.populations[0];
    world.dispose();
    return count;
  });
  return { learners, others };
}

/** Whether learning pays where no gene can know which fruit feeds. */
export const berries: Verification = claimed(
  {
    name: 'berries',
    title:
      'Berries: learning rate (0.165 at tick 0) and rewards at tick 3,000, also where learning is off and where the first kind always feeds; twins with and without learning from tick 3,000 to 4,000 in both; descent from the half with the higher learning rate from tick 1,000 to 3,000 beside 39 neutral shadows',
    scenes: ['berries'],
    found: {
      scene: 'berries',
      text(results) {
        const { seeds, both, count } = summarise(results);
        return (
          `${seeds}: the mean learning rate goes from 0.165 to ${both('rate', 3)} at tick 3,000 (standard error in brackets), and to ${both('rateOff', 3)} where learning is off and the locus has no effect. ` +
          `Of twins from tick 3,000, one of which stops learning, the learners are ${both('learners', 0)} and the others ${both('others', 0)} at tick 4,000 (more learners in ${count((r) => r.learners > r.others)}). ` +
          `Where the first kind feeds in all lives the rate rises too, to ${both('rateKnown', 3)}: there learners are ${both('knownLearners', 0)} and those that stop ${both('knownOthers', 0)}. From tick 1,000 to 3,000 a share of ` +
          `${both('share', 3)} comes to descend from the half with the higher learning rate, more than in any of 39 neutral shadows in ${count((r) => r.share > r.highest)}. Wanting of energy is ${both('energy', 2)}, of taste ${both('taste', 2)} (1 and 0 in the median founder). Not shown: longer times, in which genes may come to know what is the same in all lives.`
        );
      },
    },
    measure(seed) {
      const of = (set: Record<string, unknown>) => watchScene(sceneWith(json, 'berries', set), seed);
      const world = of({});
      world.to(1000);
      const { share, highest } = heirs(world.simulation, seed, 2000);
      const said = world.to(3000);
      const { learners, others } = twins(world.simulation);
      const never = of({ 'populations.foragers.mechanisms.learning.on': false });
      const { 'learning.rate.mean': rateOff } = never.to(3000);
      never.simulation.dispose();
      const known = of({ 'populations.foragers.mechanisms.poison.share': 0 });
      const { 'learning.rate.mean': rateKnown } = known.to(3000);
      const inKnown = twins(known.simulation);
      return {
        rate: said['learning.rate.mean'],
        rateOff,
        rateKnown,
        energy: said['reward.energy.mean'],
        taste: said['reward.taste.mean'],
        learners,
        others,
        knownLearners: inKnown.learners,
        knownOthers: inKnown.others,
        share,
        highest,
      };
    },
  },
  [
    { key: 'rate', title: 'rate 3k', digits: 3 },
    { key: 'rateOff', title: 'not learning', digits: 3 },
    { key: 'rateKnown', title: 'always the first', digits: 3 },
    { key: 'energy', title: 'wants energy', digits: 2 },
    { key: 'taste', title: 'wants taste', digits: 2 },
    { key: 'learners', title: 'learners 4k', digits: 0 },
    { key: 'others', title: 'twin without', digits: 0 },
    { key: 'knownLearners', title: 'first: learners', digits: 0 },
    { key: 'knownOthers', title: 'without', digits: 0 },
    { key: 'share', title: 'heirs', digits: 3 },
    { key: 'highest', title: 'highest shadow', digits: 3 },
  ],
  [
    ['the learning rate is above that of a locus without effect', ({ rate, rateOff }) => rate > rateOff],
    ['more live with learning than without it', ({ learners, others }) => learners > others],
    ['more descend from the half that learns faster than in any shadow', ({ share, highest }) => share > highest],
  ],
);
