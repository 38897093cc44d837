import type { History, OrganismHistory, TransferHistory } from '../history.ts';
import type { DrawnHistory } from './drawn-history.ts';
import { chosenRows, type OrganismChoice, organismLabel, organismTree } from './organism-tree.ts';
import { type Reticulations, reticulationKinds } from './reticulations.ts';

const [birth, transfer] = [reticulationKinds.indexOf('birth'), reticulationKinds.indexOf('transfer')];

/**
 * The genealogy of organisms with second parents and transfers. A sample includes all organisms that transferred genes to it or
 * to one of these, at any time of their lives; all these lines have their tips. An organism that is both parents of another is
 * drawn as its parent once, and one that transfers several segments to another in a tick is drawn as donor once. Throws
 * RangeError for an id that the history does not hold.
 */
export function organismNetwork(
  { organisms, transfers }: Pick<History, 'organisms' | 'transfers'>,
  which: OrganismChoice,
): DrawnHistory & { readonly reticulations: Reticulations } {
  const drawn = which === 'all' ? organismTree(organisms, which) : drawRows(organisms, givers(organisms, transfers, which));
  const { row } = drawn;
  const node = new Int32Array(organisms.count).fill(-1);
  for (let i = 0; i < row.length; i++) node[row[i]] = i;

  const { firstParent, secondParent, birthTick } = organisms;
  const second = row.filter((i) => secondParent[i] >= 0 && secondParent[i] !== firstParent[i]);
  const handed = new Int32Array(transfers.count);
  let count = 0;
  const { recipient, donor, tick } = transfers;
  /** Pairs of the tick that have been seen. */
  const pairs = new Set<number>();
  for (let k = 0; k < transfers.count; k++) {
    if (k > 0 && tick[k] !== tick[k - 1]) pairs.clear();
    const pair = recipient[k] * organisms.count + donor[k];
    if (donor[k] < 0 || donor[k] === recipient[k] || recipient[k] < 0 || node[recipient[k]] < 0 || pairs.has(pair)) continue;
    pairs.add(pair);
    handed[count++] = k;
  }
  const transferred = handed.subarray(0, count);
  const join = <T extends Int32Array | Float64Array | Uint8Array>(
    to: T,
    births: (i: number) => number,
    rest: (k: number) => number,
  ) => {
    for (let i = 0; i < second.length; i++) to[i] = births(second[i]);
    for (let k = 0; k < count; k++) to[second.length + k] = rest(transferred[k]);
    return to;
  };
  const all = second.length + count;
  return {
    ...drawn,
    reticulations: {
      count: all,
      line: join(
        new Int32Array(all),
        (i) => node[i],
        (k) => node[recipient[k]],
      ),
      from: join(
        new Int32Array(all),
        (i) => node[secondParent[i]],
        (k) => node[donor[k]],
      ),
      tick: join(
        new Float64Array(all),
        (i) => birthTick[i],
        (k) => tick[k],
      ),
      kind: join(
        new Uint8Array(all),
        () => birth,
        () => transfer,
      ),
    },
  };
}

/** Rows of a sample and of all that it descends from in any way, ascending. */
function givers(organisms: OrganismHistory, transfers: TransferHistory, which: Exclude<OrganismChoice, 'all'>): Int32Array {
  const { count, firstParent, secondParent } = organisms;
  const first = new Int32Array(count).fill(-1);
  const next = new Int32Array(transfers.count);
  for (let k = 0; k < transfers.count; k++) {
    const to = transfers.recipient[k];
    if (to < 0) continue;
    next[k] = first[to];
    first[to] = k;
  }
  const marked = new Uint8Array(count);
  const stack: number[] = [];
  const mark = (row: number) => {
    if (row < 0 || marked[row] === 1) return;
    marked[row] = 1;
    stack.push(row);
  };
  chosenRows(organisms, which).forEach(mark);
  for (let row = stack.pop(); row !== undefined; row = stack.pop()) {
    mark(firstParent[row]);
    mark(secondParent[row]);
    for (let k = first[row]; k >= 0; k = next[k]) mark(transfers.donor[k]);
  }
  const rows = new Int32Array(count);
  let found = 0;
  for (let row = 0; row < count; row++) if (marked[row] === 1) rows[found++] = row;
  return rows.slice(0, found);
}

function drawRows({ id, firstParent, lineTick, deathTick, count }: OrganismHistory, row: Int32Array): DrawnHistory {
  const node = new Int32Array(count).fill(-1);
  for (let i = 0; i < row.length; i++) node[row[i]] = i;
  const tree = {
    count: row.length,
    parent: row.map((i) => (firstParent[i] < 0 ? -1 : node[firstParent[i]])),
    origin: Float64Array.from(row, (i) => lineTick[i]),
    end: Float64Array.from(row, (i) => (Number.isNaN(deathTick[i]) ? Infinity : deathTick[i])),
    id: Float64Array.from(row, (i) => id[i]),
  };
  return { tree, row, tips: undefined, label: (i) => organismLabel(tree.id[i]) };
}
