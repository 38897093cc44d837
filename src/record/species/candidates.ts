import type { Descent } from '../types.ts';

/** A component that may become a species: it is not the heir of one, and was seen in `seen` consecutive samples. */
export interface Candidate {
  readonly seen: number;
  /** Ids of its members in the last sample, ascending. */
  readonly members: Float64Array;
}

/** Finds the candidate from which an organism comes. */
export class CandidateFinder {
  private readonly places = new Map<number, number>();

  /** @param lastId highest id that lived when the candidates were seen: an organism with a higher id was born after that */
  constructor(
    private readonly descent: Descent,
    candidates: readonly Candidate[],
    private readonly lastId: number,
  ) {
    for (const [place, { members }] of candidates.entries()) for (const id of members) this.places.set(id, place);
  }

  /** Place of the candidate that contained its ancestor along first parents (or itself) in the last sample; -1 for none. */
  of(row: number): number {
    if (this.places.size === 0) return -1;
    let at = row;
    while (at >= 0 && this.descent.idOf(at) > this.lastId) at = this.descent.firstParentOf(at);
    return at < 0 ? -1 : (this.places.get(this.descent.idOf(at)) ?? -1);
  }
}
