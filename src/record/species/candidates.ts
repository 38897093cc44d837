import type { Descent } from '../types.ts';

/** A component that may become a species: no species' heir, and seen `seen` looks in a row. */
export interface Candidate {
  seen: number;
  /** Ids of its members at the last look, ascending. */
  members: Float64Array;
}

/**
 * Index of the candidate from which an organism comes: that of its ancestor along first parents (or itself) that lived at
 * the last look; -1 for none.
 * @param lastId highest id that lived at the last look: whoever has a higher one was born after it
 */
export function candidateOf(row: number, descent: Descent, candidates: readonly Candidate[], lastId: number): number {
  let at = row;
  while (at >= 0 && descent.idOf(at) > lastId) at = descent.firstParentOf(at);
  if (at < 0) return -1;
  const id = descent.idOf(at);
  return candidates.findIndex(({ members }) => holds(members, id));
}

/** Whether ascending numbers hold a value. */
function holds(values: Float64Array, value: number): boolean {
  let [from, to] = [0, values.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (values[middle] < value) from = middle + 1;
    else to = middle;
  }
  return values[from] === value;
}
