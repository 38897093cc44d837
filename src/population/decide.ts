import type { Kernels } from '../kernel/generated/kernel.ts';
import type { PopulationWith } from './capabilities.ts';

/** All organisms decide: forward pass of each policy, then its stochastic heads. */
export function decide(population: PopulationWith<'policy'>, tick: number, kernel: Kernels): void {
  const { table } = population;
  const { network, actions } = population.policy;
  const { count, columns } = table;
  const { inputs, outputs, keyLow, keyHigh, turn, thrust, eat } = columns;
  kernel.forward({
    count,
    inputs,
    inputCount: network.inputs,
    // Weights learned within life replace inherited ones.
    weights: table.find('weights') ?? columns.genome,
    hidden: network.hidden,
    hiddenBlocks: network.hiddenBlocks,
    outputBlocks: network.outputBlocks,
    outputs,
  });
  const stream = population.stream('act');
  const indexOf = (id: string) => actions.findIndex((action) => action.id === id);
  kernel.heads({
    count,
    outputs,
    spreadTurn: columns['policy.spread.turn'],
    spreadThrust: columns['policy.spread.thrust'],
    keyLow,
    keyHigh,
    stream,
    tick,
    turn,
    thrust,
    eat,
    bite: table.find('bite'),
    biteAt: indexOf('bite'),
    signal: table.find('signal'),
    signalAt: indexOf('signal'),
    normalTurn: table.find('normal.turn'),
    normalThrust: table.find('normal.thrust'),
  });
  // Actions that mechanisms offer make their own draws; 1 is the first draw that the heads kernel leaves free.
  for (const [outputAt, { id }] of actions.entries()) {
    if (id !== 'mate' && id !== 'share') continue;
    const draw = id === 'mate' ? 1 : 2;
    kernel.bernoulliHead({ count, outputs, outputAt, keyLow, keyHigh, stream, tick, draw, column: table.of(id) });
  }
  const memory = table.find('memory');
  if (memory) kernel.remember({ count, outputs, outputAt: actions.length, units: memory.width, memoryOut: memory });
}
