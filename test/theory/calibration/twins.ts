// Differences between a world and its twin, looked at after every replicate: real worlds of one state, and a switch that changes nothing but the draws.
import { z } from 'zod';
import { performReplicate, type ReplicatePiece } from '../../../src/experiment/twins/perform-replicate.ts';
import { TwinReplicates } from '../../../src/experiment/twins/twin-replicates.ts';
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
/** Changes nothing but the draws. */
const neutralSwitch = { path: 'populations.grazers.mechanisms.other-keys.on', value: true };
const measures = [
  { probe: 'census', name: 'grazers.population' },
  { probe: 'census', name: 'grazers.energy' },
  { probe: 'traits', name: 'grazers.body.size.mean' },
];
/** Ticks for which the worlds are watched after the parting, and replicates of a trial: enough for an interval in both windows. */
const [watched, most] = [200, 20];

interface TriedChange {
  readonly path: string;
  readonly value: unknown;
}

/** A trial: how replicates of it begin, and all that they give, piece by piece. */
interface MadeTrial {
  readonly begin: () => TwinReplicates;
  /** Tick that the watched worlds have reached. */
  readonly until: number;
  readonly pieces: readonly ReplicatePiece[];
}

/** Makes a world of the trial's own and its replicates, of which the first of each pair gets a change: nothing is shared with other trials. */
function makeTrial(index: number, change: TriedChange): MadeTrial {
  const world = catalogue.createSimulation(catalogue.parseScene(tinyScene, 'tiny'), `twins ${index}`);
  try {
    world.step(20);
    const { tick, seed } = world;
    const until = tick + watched;
    const changes = [[{ at: tick, ...change }], []] as const;
    const plan = { snapshot: world.snapshot(), tick, seed, changes, every: 10, measures };
    const begin = () => new TwinReplicates(plan, most);
    const replicates = begin();
    const pieces: ReplicatePiece[] = [];
    for (let order = replicates.next(until); order; order = replicates.next(until)) {
      const piece = performReplicate(order.step, catalogue);
      replicates.add(order.replicate, piece);
      // States are not needed when it is looked at.
      pieces.push({ ...piece, worlds: [new ArrayBuffer(0), new ArrayBuffer(0)] });
    }
    return { begin, until, pieces };
  } finally {
    world.dispose();
  }
}

/** Trials of the neutral switch: the planted difference is added to the same worlds. */
const neutralTrials = new Map<number, MadeTrial>();

function neutralTrial(index: number): MadeTrial {
  const known = neutralTrials.get(index) ?? makeTrial(index, neutralSwitch);
  neutralTrials.set(index, known);
  return known;
}

/** Looks after each piece. @param planted added to every sample of the first of each pair */
function watch({ begin, until, pieces }: MadeTrial, planted: number, look: (replicates: TwinReplicates) => void): void {
  const replicates = begin();
  for (const { worlds, sums, numbers } of pieces) {
    const order = replicates.next(until);
    if (!order) throw new Error('a trial has more pieces than its replicates ask for');
    const lifted = sums[0].map((sum, m) => sum + planted * numbers[0][m]);
    replicates.add(order.replicate, { worlds, sums: [lifted, sums[1]], numbers });
    look(replicates);
  }
}

function isNeverSaid(trial: MadeTrial): boolean {
  let said = false;
  watch(trial, 0, (replicates) => {
    said ||= replicates.look().some(({ differs }) => differs !== undefined);
  });
  return !said;
}

export const neutral: Calibration = {
  name: 'the word differs, of a neutral switch',
  world: `${most} pairs of two dozen grazers in a world of its own for each trial, of which one half gets other draws; looked at after each piece, in two windows and three measures: never said`,
  over: true,
  trials: { few: 5, many: 200 },
  trial: (index) => all([isNeverSaid(neutralTrial(index))]),
};

/** The row of a switch that is not neutral: no grass regrows in the first of each pair. It must fail. */
export const starved: Calibration = {
  ...neutral,
  name: 'the word differs, where grass ends in the first of each pair',
  trials: { few: 2, many: 2 },
  trial: (index) => all([isNeverSaid(makeTrial(index, { path: 'habitat.grass.regrowth', value: 0 }))]),
};

export const planted: Calibration = {
  name: 'intervals of a twin, at every look',
  world: 'the same worlds with 1 added to every measure of the first: every interval at every look holds 1',
  over: true,
  trials: neutral.trials,
  trial(index) {
    let holds = true;
    watch(neutralTrial(index), 1, (replicates) => {
      for (const { windows } of replicates.look())
        for (const { low, high } of windows) if (!Number.isNaN(low)) holds &&= within(low, 1, high);
    });
    return all([holds]);
  },
};
