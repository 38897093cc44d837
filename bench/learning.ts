import scene from '../scenes/meadow.json';
import { type ColumnsOf, Table } from '../src/ecs/table.ts';
import { Arena } from '../src/kernel/memory.ts';
import { planNetwork } from '../src/policy/network.ts';
import { parseScene } from '../src/scene/parse.ts';
import { applyChanges } from '../src/scene/set-path.ts';
import { createSimulation } from '../src/simulation/create.ts';
import { fillNormal } from './fill-normal.ts';
import { measure } from './measure.ts';

const organisms = 10_000;
const passes = 20;

/** What learning costs against the forward pass of the same network, in turns, so that a busy machine slows both alike. */
export function benchLearning(): void {
  const [inputCount, hidden, outputCount] = [12, 12, 6];
  const plan = planNetwork(inputCount, hidden, outputCount);
  const arena = new Arena();
  const f32 = <N extends string>(name: N, width = 1) => ({ name, type: 'f32', width, kind: 'state' }) as const;
  const specs = [
    f32('inputs', inputCount),
    f32('weights', plan.length),
    f32('trace', plan.length),
    f32('outputs', plan.outputBlocks * 4),
    f32('scores', plan.outputBlocks * 4),
    ...(['turning', 'thrusting', 'spread', 'eat', 'decays', 'steps'] as const).map((name) => f32(name)),
  ] as const;
  const table = new Table<ColumnsOf<typeof specs>>(arena, 'bench', specs, organisms);
  table.append(organisms);
  const { inputs, weights, trace, outputs, scores, turning, thrusting, spread, eat, decays, steps } = table.columns;
  fillNormal(inputs.values, 1);
  fillNormal(weights.values, 2);
  spread.values.fill(0.25);
  decays.values.fill(0.7);
  steps.values.fill(1e-6);
  const { kernel } = arena;
  const network = { inputs, inputCount, weights, hidden, hiddenBlocks: plan.hiddenBlocks, outputBlocks: plan.outputBlocks };
  const forward = () => {
    for (let i = 0; i < passes; i++) kernel.forward({ count: organisms, ...network, outputs });
  };
  const learn = () => {
    for (let i = 0; i < passes; i++) {
      kernel.policyScores({
        count: organisms,
        outputs,
        spreadTurn: spread,
        spreadThrust: spread,
        normalTurn: turning,
        normalThrust: thrusting,
        eat,
        bite: undefined,
        biteAt: 0,
        mate: undefined,
        mateAt: 0,
        share: undefined,
        shareAt: 0,
        scores,
      });
      kernel.learn({ count: organisms, list: undefined, ...network, scores, trace, decays, steps, rule: 0, layers: 3 });
    }
  };
  forward();
  learn();
  const rounds = Array.from({ length: 41 }, () => {
    const [pass, step] = [forward, learn].map((work) => measure(1, work).fastest);
    return { pass, step, ratio: step / pass };
  });
  // Of each the fastest, but the ratio of one round to the next: a machine that slows down slows both of a round.
  const best = (key: 'pass' | 'step') => Math.min(...rounds.map((round) => round[key]));
  const ratio = rounds.map((round) => round.ratio).sort((x, y) => x - y)[20];
  const each = (seconds: number) => `${((1e9 * seconds) / (organisms * passes)).toFixed(0)} ns`;
  console.log(
    'learning 12-12-6, 10,000 organisms'.padEnd(46),
    `${each(best('step'))} an organism beside ${each(best('pass'))} of the forward pass: ${ratio.toFixed(2)} times (median of rounds)`,
  );
  arena.dispose();
  benchWorld();
}

/** The same in the meadow, rewards and all, beside everything that is decided there with the forward pass. */
function benchWorld(): void {
  const path = 'populations.foragers.mechanisms.learning.on';
  const simulation = createSimulation(
    applyChanges(parseScene(scene, 'meadow'), [{ path, value: true }], { atStart: true }),
    'bench',
  );
  simulation.step(600);
  const rounds = Array.from({ length: 9 }, () => {
    const times = simulation.profile(() => performance.now());
    let organismTicks = 0;
    for (let tick = 0; tick < 30; tick++) {
      organismTicks += simulation.populations[0].count;
      simulation.step();
    }
    const [learning, decide] = ['learning', 'decide'].map((name) => (1e6 * (times.get(name) ?? 0)) / organismTicks);
    return { learning, decide, ratio: learning / decide };
  }).sort((a, b) => a.ratio - b.ratio);
  const { learning, decide, ratio } = rounds[4];
  console.log(
    'learning in the meadow'.padEnd(46),
    `${learning.toFixed(0)} ns an organism-tick beside ${decide.toFixed(0)} of deciding: ${ratio.toFixed(2)} times (median of rounds)`,
  );
  simulation.dispose();
}
