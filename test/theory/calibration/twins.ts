// Differences between a world and its twin, looked at after every replicate: real worlds of one state, and a switch that changes nothing but the draws.
import { z } from 'zod';
import { performReplicate, type ReplicatePiece } from '../../../src/experiment/twins/perform-replicate.ts';
import { type ReplicatePlan, TwinReplicates } from '../../../src/experiment/twins/twin-replicates.ts';
import { namedStream } from '../../../src/math/streams.ts';
import type { Mechanism } from '../../../src/mechanisms/mechanism.ts';
import { standard } from '../../../src/simulation/catalogue.ts';
import { tinyScene } from '../../unit/experiment/small-plan.ts';
import { all, type Calibration, within } from './row.ts';

/** Gives all that live other keys once it is switched on: their draws are others from then on, of the same distribution. */
const otherKeys: Mechanism<object> = {
  id: 'other-keys',
  title: 'Other keys',
  summary: 'All that live get other keys.',
  lookFor: 'Nothing.',
  source: 'A test.',
  parameters: z.strictObject({}),
  whenSwitchedOn({ table }) {
    const [low, high] = [table.u32('keyLow'), table.u32('keyHigh')];
    for (let row = 0; row < table.count; row++) [low[row], high[row]] = [~low[row], ~high[row]];
  },
};
const catalogue = standard.with({ name: 'neutral', version: '1.0.0', mechanisms: [otherKeys] });
const on = 'populations.grazers.mechanisms.other-keys.on';
const measures = [
  { probe: 'census', name: 'grazers.population' },
  { probe: 'census', name: 'grazers.energy' },
  { probe: 'traits', name: 'grazers.body.size.mean' },
];
/** Ticks for which the worlds are watched after the parting; replicates that are made, and those of a trial. */
const [watched, poolSize, most] = [200, 48, 24];

type Pieces = readonly ReplicatePiece[];
let pool: readonly Pieces[] | undefined;
let plan: ReplicatePlan | undefined;

/** Replicates of one state, each piece by piece. */
function replicatesOf(): readonly Pieces[] {
  if (pool) return pool;
  const world = catalogue.createSimulation(catalogue.parseScene(tinyScene, 'tiny'), '1');
  try {
    world.step(20);
    const changes = [[{ at: world.tick, path: on, value: true }], []] as const;
    plan = { snapshot: world.snapshot(), tick: world.tick, seed: world.seed, changes, every: 10, measures };
    const made: ReplicatePiece[][] = Array.from({ length: poolSize }, () => []);
    const replicates = new TwinReplicates(plan, poolSize);
    for (let order = replicates.next(world.tick + watched); order; order = replicates.next(world.tick + watched)) {
      const piece = performReplicate(order.step, catalogue);
      replicates.add(order.replicate, piece);
      made[order.replicate].push(piece);
    }
    pool = made;
    return made;
  } finally {
    world.dispose();
  }
}

/**
 * Gives replicates of the pool to a trial, and looks after each piece. Which of a pair is called the first is drawn too: both have the same distribution, so that
 * what is planted is the truth for the pool as well.
 */
function watch(index: number, planted: number, look: (replicates: TwinReplicates) => void): void {
  const known = replicatesOf();
  const trial = plan as ReplicatePlan;
  const stream = namedStream(String(index), `twins ${planted}`);
  const drawn = Array.from({ length: most }, () => ({
    pieces: known[stream.integer(poolSize)],
    isSwapped: stream.integer(2) === 1,
  }));
  const given = new Array<number>(most).fill(0);
  const replicates = new TwinReplicates(trial, most);
  for (let order = replicates.next(trial.tick + watched); order; order = replicates.next(trial.tick + watched)) {
    const { pieces, isSwapped } = drawn[order.replicate];
    const { worlds, sums, numbers } = pieces[given[order.replicate]++];
    const [one, other] = isSwapped ? [1, 0] : [0, 1];
    const lifted = sums[one].map((sum, m) => sum + planted * numbers[one][m]);
    replicates.add(order.replicate, { worlds, sums: [lifted, sums[other]], numbers: [numbers[one], numbers[other]] });
    look(replicates);
  }
}

export const neutral: Calibration = {
  name: 'the word differs, of a neutral switch',
  world: `${most} of ${poolSize} pairs of two dozen grazers, of which one half gets other draws; looked at after each piece, in two windows and three measures: never said`,
  over: true,
  trials: { few: 40, many: 1000 },
  trial(index) {
    let said = false;
    watch(index, 0, (replicates) => {
      said ||= replicates.look().some(({ differs }) => differs !== undefined);
    });
    return all([!said]);
  },
};

export const planted: Calibration = {
  name: 'intervals of a twin, at every look',
  world: 'the same with 1 added to every measure of the first: every interval at every look holds 1',
  over: true,
  trials: { few: 40, many: 1000 },
  trial(index) {
    let holds = true;
    watch(index, 1, (replicates) => {
      for (const { windows } of replicates.look())
        for (const { low, high } of windows) if (!Number.isNaN(low)) holds &&= within(low, 1, high);
    });
    return all([holds]);
  },
};
