import type { Declaration, OwnColumnSpec } from '../ecs/table.ts';
import type { PlanePopulation } from '../population/plane-population.ts';
import type { Population } from '../population/population.ts';

/**
 * The weights that a policy acts by, in place of inherited ones: a copy of the expressed genome at birth, to which what
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

export const scoresColumn = (population: Population): OwnColumnSpec => ({
  ...scores,
  width: (population as PlanePopulation).network.outputBlocks * 4,
});

/** A column of one float a row. */
export const floatColumn = (name: string, kind: OwnColumnSpec['kind']): OwnColumnSpec & Declaration<'f32'> => ({
  name,
  type: 'f32',
  kind,
  start: 'zero',
});
