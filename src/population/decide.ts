import type { KernelExports } from '../kernel/generated/kernel.ts';
import type { PlanePopulation } from './plane-population.ts';

/** All organisms decide: forward pass of each policy, then its stochastic heads. */
export function decide(population: PlanePopulation, tick: number, kernel: KernelExports): void {
  const { table, network, arena, actions } = population;
  const scratch = arena.scratch.pointer;
  const outputs = table.pointer('outputs');
  const outputStride = table.rowBytes('outputs');
  kernel.forward(
    table.count,
    table.pointer('inputs'),
    table.rowBytes('inputs'),
    network.inputs,
    // Weights learned within life replace inherited ones.
    table.pointer(table.has('weights') ? 'weights' : 'genome'),
    table.rowBytes('genome'),
    network.hidden,
    network.hiddenBlocks,
    network.outputBlocks,
    outputs,
    scratch,
  );
  const [stream0, stream1] = population.stream('act');
  const keys = [table.pointer('keyLow'), table.pointer('keyHigh')] as const;
  const indexOf = (id: string) => actions.findIndex((action) => action.id === id);
  kernel.heads(
    table.count,
    outputs,
    outputStride,
    table.pointer('policy.spread.turn'),
    table.pointer('policy.spread.thrust'),
    ...keys,
    stream0,
    stream1,
    tick,
    table.pointer('turn'),
    table.pointer('thrust'),
    table.pointer('eat'),
    table.pointer('bite'),
    indexOf('bite'),
    table.pointer('signal'),
    indexOf('signal'),
    table.pointer('normal.turn'),
    table.pointer('normal.thrust'),
    scratch,
  );
  // Actions that mechanisms offer make their own draws; 1 is the first draw that the heads kernel leaves free.
  for (const [at, id] of actions.map((action) => action.id).entries()) {
    if (id !== 'mate' && id !== 'share') continue;
    const draw = id === 'mate' ? 1 : 2;
    kernel.bernoulliHead(
      table.count,
      outputs,
      outputStride,
      at,
      ...keys,
      stream0,
      stream1,
      tick,
      draw,
      table.pointer(id),
      scratch,
    );
  }
  const memory = population.parameters.policy.memory;
  if (memory > 0) {
    kernel.remember(table.count, outputs, outputStride, actions.length, memory, table.pointer('memory'), 4 * memory);
  }
}
