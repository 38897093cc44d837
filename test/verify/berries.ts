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

const learningOn = 'populations.foragers.mechanisms.learning.on';
const poison = (name: string) => `populations.foragers.mechanisms.poison.${name}`;

/** Whether learning pays where no gene can know which fruit feeds. */
export const berries: Verification = claimed(
  {
    name: 'berries',
    title:
      'Berries: learning rate and rewards at tick 3,000, also where learning is always off, where the first kind always feeds, and where taste is always or never true; living organisms at tick 4,000 with learning, always without it, and without it from tick 3,000 on; descent from the half with the higher learning rate from tick 1,000 to 3,000 beside 39 neutral shadows',
    scenes: ['berries'],
    found: {
      scene: 'berries',
      text(results) {
        const { seeds, both, count } = summarise(results);
        return (
          `${seeds}: the mean learning rate goes from ${both('start', 3)} to ${both('rate', 3)} at tick 3,000 (standard error in brackets), and to ${both('rateOff', 3)} where learning is off and the locus has no effect. ` +
          `At tick 4,000 ${both('learners', 0)} live, and ${both('never', 0)} where learning was off from the beginning (more learners in ${count((r) => r.learners > r.never)}). ` +
          `A population that has learned and stops at tick 3,000 has ${both('others', 0)}, a share of ${both('kept', 2)}; where the first kind feeds in all lives, stopping leaves ${both('knownKept', 2)} (more is lost where lives differ in ${count((r) => r.kept < r.knownKept)}). ` +
          `But the rate rises there too, to ${both('rateKnown', 3)}. From tick 1,000 to 3,000 a share of ${both('share', 3)} comes to descend from the half with the higher rate, more than in any of 39 neutral shadows in ${count((r) => r.share > r.highest)}. ` +
          `Wanting of taste, from 0, is ${both('taste', 2)}; ${both('tasteTrue', 2)} where taste is always true, ${both('tasteSilent', 2)} where it says nothing, ${both('tasteOff', 2)} where learning is off. ` +
          'Not shown: longer times, in which genes may come to know what is the same in all lives.'
        );
      },
    },
    measure(seed) {
      const of = (set: Record<string, unknown>) => watchScene(sceneWith(json, 'berries', set), seed);
      /** What probes say of a world at tick 3,000. */
      const at3000 = (set: Record<string, unknown>) => {
        const world = of(set);
        const said = world.to(3000);
        world.simulation.dispose();
        return said;
      };
      const world = of({});
      const start = world.to(0);
      world.to(1000);
      const { share, highest } = heirs(world.simulation, seed, 2000);
      const said = world.to(3000);
      const { learners, others } = twins(world.simulation);
      const off = of({ [learningOn]: false });
      const saidOff = off.to(3000);
      off.to(4000);
      const never = off.simulation.populations[0].count;
      off.simulation.dispose();
      const known = of({ [poison('share')]: 0 });
      const { 'learning.rate.mean': rateKnown } = known.to(3000);
      const inKnown = twins(known.simulation);
      return {
        start: start['learning.rate.mean'],
        rate: said['learning.rate.mean'],
        rateOff: saidOff['learning.rate.mean'],
        rateKnown,
        taste: said['reward.taste.mean'],
        tasteOff: saidOff['reward.taste.mean'],
        tasteTrue: at3000({ [poison('honesty')]: 1 })['reward.taste.mean'],
        tasteSilent: at3000({ [poison('honesty')]: 0 })['reward.taste.mean'],
        good: said['fruit.good'],
        goodOff: saidOff['fruit.good'],
        learners,
        never,
        others,
        kept: others / learners,
        knownKept: inKnown.others / inKnown.learners,
        share,
        highest,
      };
    },
  },
  [
    { key: 'start', title: 'rate 0', digits: 3 },
    { key: 'rate', title: '3k', digits: 3 },
    { key: 'rateOff', title: 'off', digits: 3 },
    { key: 'rateKnown', title: 'always the first', digits: 3 },
    { key: 'taste', title: 'wants taste', digits: 2 },
    { key: 'tasteTrue', title: 'true', digits: 2 },
    { key: 'tasteSilent', title: 'silent', digits: 2 },
    { key: 'tasteOff', title: 'off', digits: 2 },
    { key: 'good', title: 'good fruit', digits: 2 },
    { key: 'goodOff', title: 'off', digits: 2 },
    { key: 'learners', title: 'learners 4k', digits: 0 },
    { key: 'never', title: 'never', digits: 0 },
    { key: 'others', title: 'stopped', digits: 0 },
    { key: 'kept', title: 'share', digits: 2 },
    { key: 'knownKept', title: 'always the first', digits: 2 },
    { key: 'share', title: 'heirs', digits: 3 },
    { key: 'highest', title: 'highest shadow', digits: 3 },
  ],
  [
    ['the learning rate is above that of a locus without effect', ({ rate, rateOff }) => rate > rateOff],
    ['more live with learning than where it always was off', ({ learners, never }) => learners > never],
    ['stopping leaves a smaller share than where one kind feeds in all lives', ({ kept, knownKept }) => kept < knownKept],
    ['more descend from the half that learns faster than in any shadow', ({ share, highest }) => share > highest],
  ],
);
