import { z } from 'zod';
import { exp } from '../math/elementary.ts';
import { parameter } from '../parameter/parameter.ts';
import type { PlanePopulation } from '../population/plane-population.ts';
import { traitReader } from '../population/trait-reader.ts';
import { floatColumn, scoresColumn, weightsColumn } from './learned-columns.ts';
import type { Mechanism } from './mechanism.ts';

const parameters = z.strictObject({
  rule: parameter(z.enum(['policy-gradient', 'hebbian']).default('policy-gradient'), {
    title: 'Rule of learning',
    description:
      'policy-gradient: what was done before a reward beyond the usual becomes likelier (REINFORCE with an eligibility trace). hebbian: activity before times activity after, gated by the same reward, without anything that is carried back through the network.',
    unit: '',
    live: true,
  }),
  layers: parameter(z.enum(['all', 'outputs', 'biases']).default('all'), {
    title: 'What can be learned',
    description:
      'All weights of the policy, those to its outputs, or only the biases of its outputs: how much it does of each action at all.',
    unit: '',
    live: true,
  }),
  baseline: parameter(z.number().min(0).max(1).default(0.02), {
    title: 'Getting used to reward',
    description: 'Share of the way that the usual reward goes to the present one in a tick; 0 compares with no reward.',
    unit: '1/tick',
    live: true,
    step: 0.01,
  }),
});

const codes = { 'policy-gradient': 0, hebbian: 1, biases: 1, outputs: 2, all: 3 } as const;

/** Within a life, policies change by reward; what is rewarding, how fast and how far back it reaches are genes. */
export const learning: Mechanism<z.infer<typeof parameters>> = {
  id: 'learning',
  title: 'Learning',
  summary:
    'Organisms learn within their lives: what they did before something that their genes call good becomes likelier. The weights they were born with are what their offspring inherit.',
  lookFor: 'Whether wants evolve (the traits reward.*), and whether newborns need less and less to be taught.',
  source:
    'Williams (1992), Mach. Learn. 8: 229 (REINFORCE); Sutton & Barto (2018), Reinforcement Learning, ch. 12 and 13; Frémaux & Gerstner (2016), Front. Neural Circuits 9: 85 (three-factor Hebbian rules); Ackley & Littman (1991), Artificial Life II (evolved rewards).',
  habitats: ['plane'],
  parameters,
  traits: [
    'learning.rate',
    'learning.trace',
    'learning.halving',
    'reward.energy',
    'reward.damage',
    'reward.cue',
    'reward.social',
    'reward.novelty',
  ],
  needs: ['reward.energy'],
  columns: (population) => [
    weightsColumn(population),
    { ...weightsColumn(population), name: 'trace', start: 'zero' },
    floatColumn('reward', 'shown'),
    floatColumn('reward.usual', 'state'),
    scoresColumn(population),
    ...['normal.turn', 'normal.thrust', 'learning.decay', 'learning.step'].map((name) => floatColumn(name, 'scratch')),
  ],
  live(population, { rule, layers, baseline }, { tick }) {
    const plane = population as PlanePopulation;
    measureReward(plane, baseline, tick);
    const { table, network, actions, arena } = plane;
    const { kernel, scratch } = arena;
    const indexOf = (id: string) => actions.findIndex((action) => action.id === id);
    const done = (id: string) => [table.pointer(id), indexOf(id)] as const;
    kernel.policyScores(
      table.count,
      table.pointer('outputs'),
      table.rowBytes('outputs'),
      table.pointer('policy.spread.turn'),
      table.pointer('policy.spread.thrust'),
      table.pointer('normal.turn'),
      table.pointer('normal.thrust'),
      table.pointer('eat'),
      ...done('bite'),
      ...done('mate'),
      ...done('share'),
      table.pointer('scores'),
    );
    kernel.learn(
      table.count,
      0,
      table.pointer('inputs'),
      table.rowBytes('inputs'),
      network.inputs,
      table.pointer('weights'),
      table.rowBytes('weights'),
      network.hidden,
      network.hiddenBlocks,
      network.outputBlocks,
      table.pointer('scores'),
      table.pointer('trace'),
      table.pointer('learning.decay'),
      table.pointer('learning.step'),
      codes[rule],
      codes[layers],
      scratch.pointer,
    );
  },
};

/**
 * The reward of the tick: the sum over signals of the gene times the signal. Taken in and damage are those of this tick; cue,
 * company and novelty were observed before its action, so that the trace brings them back to what led there. The step is
 * alpha (r - usual), alpha = learning.rate 2^(-age learning.halving / 1000).
 */
function measureReward(population: PlanePopulation, baseline: number, tick: number): void {
  const { table, senses } = population;
  const genes = ['energy', 'damage', 'cue', 'social', 'novelty'] as const;
  const [ofEnergy, ofDamage, ofCue, ofSocial, ofNovelty] = genes.map((gene) => traitReader(population, `reward.${gene}`));
  const rate = traitReader(population, 'learning.rate');
  const trace = traitReader(population, 'learning.trace');
  const halving = traitReader(population, 'learning.halving');
  const [intake, appetite, storage] = [table.f32('intake'), table.f32('appetite'), table.f32('storage')];
  const damage = population.hunted ? table.f32('damage') : undefined;
  const novelty = table.has('novelty') ? table.f32('novelty') : undefined;
  const inputs = table.f32('inputs');
  const stride = table.stride('inputs');
  const placeOf = (id: string) => senses.find((sense) => sense.id === id);
  const [cue, company] = [placeOf('cue'), placeOf('neighbours')];
  const [reward, usual] = [table.f32('reward'), table.f32('reward.usual')];
  const [decay, step, birthTick] = [table.f32('learning.decay'), table.f32('learning.step'), table.i32('birthTick')];
  for (let row = 0; row < table.count; row++) {
    let r = appetite[row] > 0 ? ofEnergy(row) * (intake[row] / appetite[row]) : 0;
    if (damage) r += ofDamage(row) * (damage[row] / storage[row]);
    if (novelty) r += ofNovelty(row) * novelty[row];
    if (cue) r += ofCue(row) * largest(inputs, row * stride + cue.at, cue.labels.length);
    if (company) r += ofSocial(row) * largest(inputs, row * stride + company.at, company.labels.length);
    reward[row] = r;
    const beyond = reward[row] - usual[row];
    usual[row] += baseline * beyond;
    decay[row] = trace(row);
    const halvings = (halving(row) * (tick - birthTick[row])) / 1000;
    step[row] = rate(row) * beyond * (halvings > 0 ? exp(-Math.LN2 * halvings) : 1);
  }
}

/** The largest of some inputs: the nearest neighbour or the strongest cue in any sector. */
function largest(inputs: Float32Array, at: number, count: number): number {
  let most = inputs[at];
  for (let i = at + 1; i < at + count; i++) if (inputs[i] > most) most = inputs[i];
  return most;
}
