import { genealogyOf } from '../../analysis/tree/genealogy-of.ts';
import { firstPlace } from '../../math/first-place.ts';
import type { OrganismHistory } from '../history.ts';
import type { DrawnHistory } from './drawn-history.ts';

/** The organisms to draw: all that the history holds, or a sample with its ancestors: the living, or these ids. */
export type OrganismChoice = 'all' | 'living' | ArrayLike<number>;

/** Label of an organism in all files of trees: `o12`. */
export function organismLabel(id: number): string {
  return `o${id}`;
}

/**
 * The genealogy of organisms along first parents. With 'all' every line has its tip; with a sample only the sampled lines have
 * tips, and their ancestors are drawn without. O(organisms). Throws RangeError for an id that the history does not hold.
 */
export function organismTree(organisms: OrganismHistory, which: OrganismChoice): DrawnHistory {
  if (which !== 'all') {
    const { tree, row, sampled } = genealogyOf({ ...organisms, birthTick: organisms.lineTick }, chosenRows(organisms, which));
    return { tree, row, tips: sampled, label: (node) => organismLabel(tree.id[node]) };
  }
  const { count, id, firstParent, lineTick, deathTick } = organisms;
  return {
    tree: {
      count,
      parent: firstParent.subarray(0, count),
      origin: lineTick.subarray(0, count),
      end: deathTick.subarray(0, count).map((tick) => (Number.isNaN(tick) ? Infinity : tick)),
      id: id.subarray(0, count),
    },
    row: Int32Array.from(id.subarray(0, count), (_, i) => i),
    tips: undefined,
    label: (node) => organismLabel(id[node]),
  };
}

/** Rows of a sample. */
export function chosenRows({ count, id, deathTick }: OrganismHistory, which: 'living' | ArrayLike<number>): Int32Array {
  if (which === 'living') {
    const rows = new Int32Array(count);
    let living = 0;
    for (let i = 0; i < count; i++) if (Number.isNaN(deathTick[i])) rows[living++] = i;
    return rows.slice(0, living);
  }
  return Int32Array.from(which, (wanted) => {
    // Ids ascend.
    const row = firstPlace(count, (place) => id[place] < wanted);
    if (row < count && id[row] === wanted) return row;
    throw new RangeError(`organism ${wanted} is not in the history; give the id of an organism that it holds`);
  });
}
