import type { Tally } from './perform-block.ts';

const fields = [
  'index',
  'refused',
  'accepted',
  'failures',
  'slowestIndex',
  'slowestMilliseconds',
] as const satisfies readonly (keyof Tally)[];

/** A tally that two threads see. */
export function sharedTally(buffer: SharedArrayBuffer): Tally {
  const values = new Float64Array(buffer);
  const tally = {} as Tally;
  for (const [i, name] of fields.entries()) {
    Object.defineProperty(tally, name, {
      get: () => values[i],
      set: (value: number) => {
        values[i] = value;
      },
    });
  }
  return tally;
}

export const newTally = (): Tally => ({
  index: 0,
  refused: 0,
  accepted: 0,
  failures: 0,
  slowestIndex: 0,
  slowestMilliseconds: 0,
});

export const tallyBytes = 8 * fields.length;
