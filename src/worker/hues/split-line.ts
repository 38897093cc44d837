// Finds a part of a line of descent that may have a hue of its own, where few lines are left.
import type { Descent } from '../../record/types.ts';

/** Least and most share of its line that a part may have. */
const [leastShare, mostShare] = [0.15, 0.85];

/**
 * The clade whose share of a line is nearest to one half: an organism and its descendants by first parents. Of equal ones the
 * oldest.
 * @param members rows of the record of the living of the line
 * @returns the row of that organism and which of the members descend from it; undefined if no clade has a fitting share
 */
export function splitLine(
  descent: Descent,
  members: readonly number[],
): { readonly row: number; readonly inside: readonly boolean[] } | undefined {
  const shares = new Map<number, number>();
  for (const member of members) {
    for (let row = member; row >= 0 && !shares.has(row); row = descent.firstParentOf(row)) shares.set(row, 0);
  }
  for (const member of members) shares.set(member, 1);
  // Ids increase from parents to children.
  const rows = [...shares.keys()].sort((a, b) => descent.idOf(b) - descent.idOf(a));
  let [found, least] = [-1, Number.POSITIVE_INFINITY];
  for (const row of rows) {
    const own = shares.get(row) as number;
    const parent = descent.firstParentOf(row);
    if (parent >= 0) shares.set(parent, (shares.get(parent) as number) + own);
    const share = own / members.length;
    const off = Math.abs(share - 0.5);
    if (share >= leastShare && share <= mostShare && off <= least) [found, least] = [row, off];
  }
  if (found < 0) return undefined;
  const within = new Map<number, boolean>([[found, true]]);
  for (const row of rows.reverse()) {
    if (row !== found) within.set(row, within.get(descent.firstParentOf(row)) ?? false);
  }
  return { row: found, inside: members.map((row) => within.get(row) as boolean) };
}
