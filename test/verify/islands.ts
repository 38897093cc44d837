import json from '../../scenes/islands.json';
import { coalescenceTimes } from '../../src/analysis/tree/coalescence-times.ts';
import { LifeRecord } from '../../src/record/life-record.ts';
import { parseScene } from '../../src/scene/parse.ts';
import type { PlaneScene } from '../../src/scene/schema.ts';
import { applyChange } from '../../src/scene/set-path.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import type { Simulation } from '../../src/simulation/types.ts';
import { summarise } from './summary.ts';
import { tabulate, type Verification } from './verification.ts';

const scene = parseScene(json, 'islands') as PlaneScene;
const { ticks } = scene;
const [barrier] = scene.habitat.barriers;

/** The barrier with a gap in its middle. */
const corridor = [
  { ...barrier, height: 24 },
  { ...barrier, y: 64, height: 24 },
];
const reopened = 16_000;

/** A barrier makes at least two species from one; with a corridor from the start there is one at the end. */
export const islands: Verification = {
  name: 'islands',
  title:
    `Islands: species at tick ${ticks.toLocaleString('en')}, parted by a barrier (and ${reopened.toLocaleString('en')} ticks after a ` +
    'corridor opens then), and with a corridor from the start',
  scenes: ['islands'],
  measure(seed) {
    const parted = watch(scene, seed);
    const { simulation } = parted;
    simulation.step(ticks);
    const before = parted.count();
    simulation.set('habitat.barriers', corridor);
    simulation.step(reopened);
    const after = parted.count();
    simulation.dispose();
    const joined = watch(applyChange(scene, 'habitat.barriers', corridor), seed);
    joined.simulation.step(ticks);
    const together = joined.count();
    joined.simulation.dispose();
    return {
      species: before.species,
      split: before.split,
      meet: before.meet,
      atHome: before.atHome,
      living: before.living,
      reopenedSpecies: after.species,
      reopenedMergers: after.mergers - before.mergers,
      joinedSpecies: together.species,
      joinedSplits: together.splits,
      joinedLiving: together.living,
    };
  },
  judge(results) {
    const made = results.filter(({ species, split }) => species >= 2 && split > 0).length;
    const one = results.filter(({ joinedSpecies }) => joinedSpecies === 1).length;
    const still = results.filter(({ reopenedSpecies }) => reopenedSpecies >= 2).length;
    const mergers = results.filter(({ reopenedMergers }) => reopenedMergers > 0).length;
    const lines = tabulate(
      [
        { key: 'species', title: 'species', digits: 0 },
        { key: 'split', title: 'first split', digits: 0 },
        { key: 'meet', title: 'tree: meet', digits: 0 },
        { key: 'atHome', title: 'at home', digits: 3 },
        { key: 'living', title: 'living', digits: 0 },
        { key: 'reopenedSpecies', title: 'opened: species', digits: 0 },
        { key: 'reopenedMergers', title: 'mergers', digits: 0 },
        { key: 'joinedSpecies', title: 'corridor: species', digits: 0 },
        { key: 'joinedSplits', title: 'splits', digits: 0 },
        { key: 'joinedLiving', title: 'living', digits: 0 },
      ],
      results,
    );
    lines.push(
      `a barrier made at least two species in ${made} of ${results.length} seeds`,
      `with a corridor from the start there was one species at the end in ${one} of ${results.length} seeds`,
      `a corridor that opened later left at least two in ${still}, and merged species in ${mergers}`,
    );
    const most = Math.ceil(0.8 * results.length);
    // Back in time the tree's living lines become one where the events record the first split that they outlived.
    const agree = results.every(({ species, split, meet }) => (species >= 2 ? meet >= split : meet === 0));
    return { lines, holds: made >= most && one >= most && agree };
  },
  found: {
    scene: 'islands',
    text(results) {
      const { seeds, range, both, count } = summarise(results);
      return (
        `${seeds}: at tick ${ticks.toLocaleString('en')} the barrier has made two species or more from one in ${count(({ species }) => species >= 2)} seeds ` +
        `(first splits at ticks ${range('split', 0)}; ${range('living', 0)} living; a share of ${both('atHome', 3)} on the island of its species, standard error in brackets). ` +
        `With a corridor from the start one species is alive then in ${count(({ joinedSpecies }) => joinedSpecies === 1)}. When the corridor opens at that tick, species merge in ` +
        `${count(({ reopenedMergers }) => reopenedMergers > 0)}, and ${reopened.toLocaleString('en')} ticks later two or more are still alive in ` +
        `${count(({ reopenedSpecies }) => reopenedSpecies >= 2)}; in the others one has taken over. Not shown: how wide a corridor must be, or how early it must open, to keep one species.`
      );
    },
  },
};

/** A world with its record. */
function watch(of: PlaneScene, seed: number) {
  const simulation: Simulation = createSimulation(of, String(seed));
  const record = new LifeRecord(simulation);
  simulation.observe(record);
  const events = (kind: string) => record.species.events.filter((event) => event.kind === kind);
  return {
    simulation,
    /** As of the last look. */
    count() {
      const [{ table, count }] = simulation.populations;
      const { individuals, species } = record;
      const sides = new Map<number, [left: number, right: number]>();
      for (let row = 0; row < count; row++) {
        const name = individuals.speciesOf(individuals.rowOf(table.f64('id')[row]));
        const there = sides.get(name) ?? [0, 0];
        there[table.f32('x')[row] < of.habitat.width / 2 ? 0 : 1]++;
        sides.set(name, there);
      }
      const { entries } = species;
      const tree = {
        count: entries.length,
        parent: Int32Array.from(entries, ({ parent }) => parent),
        origin: Float64Array.from(entries, ({ originTick }) => originTick),
        end: Float64Array.from(entries, ({ endTick }) => endTick ?? Number.POSITIVE_INFINITY),
        id: Float64Array.from(entries, ({ id }) => id),
      };
      const living = entries.filter(({ fate }) => fate === 'living').map(({ id }) => id);
      const times = coalescenceTimes(tree, living, simulation.tick);
      return {
        species: living.length,
        /** Tick of the first, 0 if there was none. */
        split: events('split')[0]?.tick ?? 0,
        /** Tick at which the lines of the living species become one, going back in the tree; 0 if there is only one line. */
        meet: times.length > 0 ? simulation.tick - times[times.length - 1] : 0,
        splits: events('split').length,
        mergers: events('merge').length,
        /** Share of the living that are on the island on which most of their species are. */
        atHome: [...sides.values()].reduce((sum, there) => sum + Math.max(...there), 0) / count,
        living: count,
      };
    },
  };
}
