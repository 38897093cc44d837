import scene from '../scenes/meadow.json';
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
  const column = (name: string, width: number) => arena.allocate(name, 4 * width * (organisms + 8));
  const inputs = column('inputs', inputCount);
  const weights = column('weights', plan.length);
  const trace = column('trace', plan.length);
  const outputs = column('outputs', plan.outputBlocks * 4);
  const scores = column('scores', plan.outputBlocks * 4);
  const one = ['turn', 'thrust', 'spread', 'eat', 'decays', 'steps'].map((name) => column(name, 1));
  const [turning, thrusting, spread, eat, decays, steps] = one;
  fillNormal(inputs.f32(), 1);
  fillNormal(weights.f32(), 2);
  spread.f32().fill(0.25);
  decays.f32().fill(0.7);
  steps.f32().fill(1e-6);
  const { kernel, scratch } = arena;
  const shape = [
    inputs.pointer,
    4 * inputCount,
    inputCount,
    weights.pointer,
    4 * plan.length,
    hidden,
    plan.hiddenBlocks,
  ] as const;
  const forward = () => {
    for (let i = 0; i < passes; i++) {
      kernel.forward(organisms, ...shape, plan.outputBlocks, outputs.pointer, scratch.pointer);
    }
  };
  const learn = () => {
    for (let i = 0; i < passes; i++) {
      kernel.policyScores(
        organisms,
        outputs.pointer,
        16 * plan.outputBlocks,
        spread.pointer,
        spread.pointer,
        turning.pointer,
        thrusting.pointer,
        eat.pointer,
        0,
        0,
        0,
        0,
        0,
        0,
        scores.pointer,
      );
      kernel.learn(
        organisms,
        0,
        ...shape,
        plan.outputBlocks,
        scores.pointer,
        trace.pointer,
        decays.pointer,
        steps.pointer,
        0,
        3,
        scratch.pointer,
      );
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
