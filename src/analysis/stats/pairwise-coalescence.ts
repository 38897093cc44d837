/** The genealogy of copies of one locus, by nodes in the order of time: a parent has a smaller number than its children. @experimental */
export interface LocusGenealogy {
  /** Node that a node has the locus from; -1 for a founder. */
  parent(node: number): number;
  /** Ticks ago. */
  ago(node: number): number;
}

/** Times in which pairs of copies had, or did not have, a common ancestor. @experimental */
export interface PairTimes {
  /** Pairs of copies. */
  readonly pairs: number;
  /** Pairs with a common ancestor since the founding. */
  readonly met: number;
  /** Sum over pairs of the ticks back to the common ancestor, or to the founding where there is none. */
  readonly ticks: number;
}

/**
 * Coalescence of pairs of copies of a locus, back in time.
 * @param sample nodes of the copies; each must be there once
 * @param founding ticks since the founding, for pairs that do not meet
 * @experimental
 */
export function pairwiseCoalescence(genealogy: LocusGenealogy, sample: ArrayLike<number>, founding: number): PairTimes {
  const carried = new Map<number, number>();
  const queue = new NodeQueue();
  const n = sample.length;
  let [met, ticks, apart] = [0, 0, (n * (n - 1)) / 2];
  const arrive = (node: number, copies: number) => {
    const before = carried.get(node);
    if (before === undefined) {
      carried.set(node, copies);
      queue.push(node);
      return;
    }
    // Lines that arrive at a node have their common ancestor there.
    met += before * copies;
    ticks += before * copies * genealogy.ago(node);
    apart -= before * copies;
    carried.set(node, before + copies);
  };
  for (let k = 0; k < n; k++) arrive(sample[k], 1);
  for (let node = queue.pop(); node >= 0; node = queue.pop()) {
    const copies = carried.get(node) as number;
    carried.delete(node);
    const parent = genealogy.parent(node);
    if (parent >= 0) arrive(parent, copies);
  }
  return { pairs: (n * (n - 1)) / 2, met, ticks: ticks + apart * founding };
}

/** Nodes by number, the greatest first. */
class NodeQueue {
  private readonly heap: number[] = [];

  push(node: number): void {
    const { heap } = this;
    let at = heap.push(node) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (heap[above] >= node) break;
      heap[at] = heap[above];
      at = above;
    }
    heap[at] = node;
  }

  /** -1 when it is empty. */
  pop(): number {
    const { heap } = this;
    if (heap.length === 0) return -1;
    const top = heap[0];
    const last = heap.pop() as number;
    if (heap.length === 0) return top;
    let at = 0;
    for (let child = 1; child < heap.length; child = 2 * at + 1) {
      if (child + 1 < heap.length && heap[child + 1] > heap[child]) child++;
      if (heap[child] <= last) break;
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = last;
    return top;
  }
}

/**
 * Effective size from the genealogies of a sample: the rate at which pairs meet is 1 / (ploidy Ne) a generation (Kingman 1982, J. Appl. Probab. 19A: 27), so that Ne
 * is the ticks in which pairs were apart, divided by the pairs that met, T and the ploidy: the estimate of greatest likelihood where the founding cuts
 * times off.
 * @param generation generation time T, ticks
 * @returns organisms; infinite where none met
 * @experimental
 */
export function coalescentEffectiveSize({ met, ticks }: Omit<PairTimes, 'pairs'>, generation: number, ploidy: 1 | 2): number {
  return met > 0 ? ticks / (met * generation * ploidy) : Number.POSITIVE_INFINITY;
}
