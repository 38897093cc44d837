import { type PairTimes, pairwiseCoalescence } from '../../analysis/stats/pairwise-coalescence.ts';
import type { History } from '../history.ts';
import { type LivingSample, nodesAt } from './alleles-of-history.ts';
import { disjointEdges, type EdgeIndex, parentAt } from './edge-index.ts';
import { eachEdge } from './edges.ts';
import type { NodePlan } from './plan-nodes.ts';

/**
 * Pairwise coalescence of copies of a sample, summed over loci that are spread evenly along the genome.
 * @param most organisms that are followed: the first, spread evenly over the sample; @param loci that are followed at most
 */
export function coalescenceOfHistory(
  history: History,
  plan: NodePlan,
  population: number,
  { tick, rows }: LivingSample,
  most: number,
  loci: number,
): PairTimes {
  const { ploidy, loci: all } = history.populations[population];
  const used = Math.min(most, rows.length);
  const chosen = Int32Array.from({ length: used }, (_, i) => rows[Math.floor((i * rows.length) / used)]);
  const nodes = nodesAt(history, plan, chosen, ploidy, tick);
  const edges = ancestralEdges(history, plan, nodes);
  const time = timesOf(history, plan);
  const founding = tick;
  // Founders are older than the founding, but what was before is not known: times are cut off there for pairs that meet in one too.
  const ago = (node: number) => Math.min(tick - time[node], founding);
  let [pairs, met, ticks] = [0, 0, 0];
  const followed = Math.min(loci, all);
  for (let k = 0; k < followed; k++) {
    const locus = Math.floor((k * all) / followed);
    const one = pairwiseCoalescence({ parent: (node) => parentAt(edges, node, locus), ago }, nodes, founding);
    pairs += one.pairs;
    met += one.met;
    ticks += one.ticks;
  }
  return { pairs, met, ticks };
}

/** Tick of each node: of the birth, or of the transfer. */
function timesOf({ organisms, transfers, populations }: History, plan: NodePlan): Float64Array {
  const time = new Float64Array(plan.nodes);
  for (let row = 0; row < organisms.count; row++) {
    const { ploidy } = populations[organisms.population[row]];
    for (let h = 0; h < ploidy; h++) time[plan.organismNode[row] + h] = organisms.birthTick[row];
  }
  for (let k = 0; k < transfers.count; k++) time[plan.transferNode[k]] = transfers.tick[k];
  return time;
}

/** Edges of the ancestors of some nodes. */
function ancestralEdges(history: History, plan: NodePlan, nodes: Uint32Array): EdgeIndex {
  const starts = new Uint32Array(plan.nodes + 1);
  eachEdge(history, plan, { edge: (_left, _right, _parent, child) => starts[child + 1]++ });
  for (let node = 0; node < plan.nodes; node++) starts[node + 1] += starts[node];
  const count = starts[plan.nodes];
  const parent = new Uint32Array(count);
  const next = starts.slice();
  eachEdge(history, plan, {
    edge(_left, _right, above, child) {
      parent[next[child]++] = above;
    },
  });
  const needed = new Uint8Array(plan.nodes);
  for (const node of nodes) needed[node] = 1;
  let kept = 0;
  // Parents have smaller numbers than their children.
  for (let node = plan.nodes - 1; node >= 0; node--) {
    if (needed[node] === 0) continue;
    for (let e = starts[node]; e < starts[node + 1]; e++) needed[parent[e]] = 1;
    kept += starts[node + 1] - starts[node];
  }
  const edges: EdgeIndex = {
    count: kept,
    left: new Float64Array(kept),
    right: new Float64Array(kept),
    parent: new Uint32Array(kept),
    child: new Uint32Array(kept),
    starts: new Uint32Array(0),
    order: new Uint32Array(0),
  };
  let at = 0;
  eachEdge(history, plan, {
    edge(left, right, above, child) {
      if (needed[child] === 0) return;
      edges.left[at] = left;
      edges.right[at] = right;
      edges.parent[at] = above;
      edges.child[at++] = child;
    },
  });
  disjointEdges(edges, plan.nodes);
  return edges;
}
