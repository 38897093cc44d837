import type { Declaration, OwnColumnSpec } from '../ecs/table.ts';
import type { Rows } from '../kernel/arguments.ts';
import type { PopulationWith } from '../population/capabilities.ts';
import type { Population } from '../population/population.ts';
import type { Visible } from './mechanism.ts';

/**
 * The weights that a policy acts by, instead of the inherited ones: a copy of the expressed genome at birth, to which what
 * is learned within life is added. Every mechanism that changes them declares this column.
 */
export const weightsColumn = ({ layout }: Population): OwnColumnSpec & Declaration<'f32'> => ({
  name: 'weights',
  type: 'f32',
  width: layout.stride,
  kind: 'state',
  start: 'genome',
});

/** Scores of actions, one an output, padded as the outputs are. */
export const scores = { name: 'scores', type: 'f32', kind: 'scratch', start: 'zero' } as const;

export const scoresColumn = ({ policy }: PopulationWith<'policy'>): OwnColumnSpec => ({
  ...scores,
  width: policy.network.outputBlocks * 4,
});

/** A column of one float a row. */
export const floatColumn = (name: string, kind: OwnColumnSpec['kind']): OwnColumnSpec & Declaration<'f32'> => ({
  name,
  type: 'f32',
  kind,
  start: 'zero',
});

/** The columns of a mechanism that changes weights: past activity, and for each organism how much of it is kept and how far weights move. */
export interface LearnedColumns {
  readonly trace: Declaration<'f32'>;
  readonly decay: Declaration<'f32'>;
  readonly step: Declaration<'f32'>;
}

/** How weights change in a tick: which organisms learn (all of the first `count` rows without a list), by which rule and in which layers (codes of the kernel). */
export interface LearningStep {
  readonly count: number;
  readonly list: Rows<'u32'> | undefined;
  readonly rule: number;
  readonly layers: number;
}

/** Changes weights by the scores of actions, which are in the column `scores`. */
export function learn(
  population: PopulationWith<'policy'>,
  own: LearnedColumns,
  { count, list, rule, layers }: LearningStep,
): void {
  const { table, arena } = population;
  const { network } = population.policy;
  arena.kernel.learn({
    count,
    list,
    inputs: table.columns.inputs,
    inputCount: network.inputs,
    weights: table.of(weightsColumn(population)),
    hidden: network.hidden,
    hiddenBlocks: network.hiddenBlocks,
    outputBlocks: network.outputBlocks,
    scores: table.of(scores),
    trace: table.of(own.trace),
    decays: table.of(own.decay),
    steps: table.of(own.step),
    rule,
    layers,
  });
}

/** Loci of an organism that are compared at most, spread evenly: enough for a picture, and few for thousands of organisms. */
const mostCompared = 48;
/** Mean change of a weight with which half of what can be seen of learning is seen. */
const halfLearned = 0.1;

/** How far the weights that an organism acts by are from those it inherited. */
export const learnedWeights: Visible = {
  form: 'learned',
  share({ table, layout }: Population) {
    const [weights, genome] = [table.f32('weights'), table.f32('genome')];
    const { stride } = layout;
    const step = Math.max(1, Math.ceil(stride / mostCompared));
    const compared = Math.ceil(stride / step);
    return (row) => {
      let change = 0;
      for (let k = row * stride; k < (row + 1) * stride; k += step) change += Math.abs(weights[k] - genome[k]);
      return change / (change + halfLearned * compared);
    };
  },
};
