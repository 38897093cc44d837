import type { History } from '../history.ts';
import { eachEdge } from './edges.ts';
import type { NodePlan } from './plan-nodes.ts';

/** Numbers of loci that are handed on along a history. */
export interface LocusInheritance {
  /** What a locus of a node holds that is from no other node. */
  unknown(node: number): number;
  /**
   * Called for each node in order, once it has what its sources hold: `loci` may be changed, and copied, but not kept.
   * @param row organism of whose birth it is a haplotype, -1 for the node of a transfer
   */
  node(node: number, row: number, haplotype: number, loci: Int32Array): void;
}

/**
 * Hands numbers down from node to node, locus by locus, as genes are: the mutations above a node, or the founder that a copy comes from. Nodes that nothing
 * more comes from are forgotten, so that memory follows the living.
 */
export function inheritLoci(history: History, plan: NodePlan, inheritance: LocusInheritance): void {
  // Edges still to come from each node: a node without any left is forgotten.
  const uses = new Uint32Array(plan.nodes);
  eachEdge(history, plan, { edge: (_left, _right, parent) => uses[parent]++ });
  const above = new Map<number, Int32Array>();
  const spare: Int32Array[] = [];
  let current: Int32Array = new Int32Array(plan.length);
  let open: { node: number; row: number; haplotype: number } | undefined;
  const close = () => {
    if (open === undefined) return;
    const { node, row, haplotype } = open;
    inheritance.node(node, row, haplotype, current);
    if (uses[node] === 0) return;
    above.set(node, current);
    current = spare.pop() ?? new Int32Array(plan.length);
  };
  eachEdge(history, plan, {
    node(node, row, haplotype) {
      close();
      open = { node, row, haplotype };
      current.fill(inheritance.unknown(node));
    },
    edge(left, right, parent) {
      const from = above.get(parent) as Int32Array;
      current.set(from.subarray(left, right), left);
      if (--uses[parent] > 0) return;
      above.delete(parent);
      spare.push(from);
    },
  });
  close();
}
