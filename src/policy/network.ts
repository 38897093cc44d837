/** Where a network's weights are in a genome row, in floats: as the forward kernel reads them. */
export interface NetworkPlan {
  readonly inputs: number;
  readonly hidden: number;
  readonly outputs: number;
  /** Blocks of four lanes. */
  readonly hiddenBlocks: number;
  readonly outputBlocks: number;
  readonly inputWeights: number;
  readonly outputBias: number;
  readonly outputWeights: number;
  readonly length: number;
}

/** Plan of a network; hidden and output units are padded to whole lanes of four. */
export function planNetwork(inputs: number, hidden: number, outputs: number): NetworkPlan {
  const hiddenBlocks = Math.ceil(hidden / 4);
  const outputBlocks = Math.ceil(outputs / 4);
  const inputWeights = hiddenBlocks * 4;
  const outputBias = inputWeights + inputs * hiddenBlocks * 4;
  const outputWeights = outputBias + outputBlocks * 4;
  return {
    inputs,
    hidden,
    outputs,
    hiddenBlocks,
    outputBlocks,
    inputWeights,
    outputBias,
    outputWeights,
    length: outputWeights + hidden * outputBlocks * 4,
  };
}
