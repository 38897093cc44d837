import type { AlleleTable } from '../../analysis/stats/allele-table.ts';
import type { MutationTable } from '../../analysis/stats/site-frequencies.ts';
import type { History } from '../history.ts';
import { inheritLoci } from './inherit-loci.ts';
import { eachMutation } from './mutations.ts';
import { type NodePlan, planNodes } from './plan-nodes.ts';

/** Organisms of one population at a tick, and their alleles in two senses. */
export interface LivingAlleles {
  readonly tick: number;
  /** Rows of the history's organisms, ascending; organism i of the tables is row `rows[i]`. */
  readonly rows: Int32Array;
  /** Copies are equal where they descend from one copy of a founder, whatever has mutated since. */
  readonly byFounder: AlleleTable;
  /** Copies are equal where no mutation is between them and their common ancestor: infinite alleles. Undefined where the run did not record mutations. */
  readonly byMutation: MutationTable | undefined;
}

/** What is followed of a population. */
export interface AlleleQuestion {
  readonly population: number;
  /** At ticks; the last one may be the end. */
  readonly ticks: readonly number[];
}

/** Rows of the organisms of a population that live after a tick. */
export function livingRows({ organisms }: History, population: number, tick: number): Int32Array {
  const rows: number[] = [];
  for (let row = 0; row < organisms.count; row++) {
    if (organisms.population[row] !== population || organisms.birthTick[row] > tick) continue;
    if (!(organisms.deathTick[row] <= tick)) rows.push(row);
  }
  return Int32Array.from(rows);
}

/** The node of each haplotype of some organisms after a tick, haplotypes side by side. */
export function nodesAt({ transfers }: History, plan: NodePlan, rows: Int32Array, ploidy: 1 | 2, tick: number): Uint32Array {
  const nodes = new Uint32Array(rows.length * ploidy);
  const place = new Map<number, number>();
  for (let i = 0; i < rows.length; i++) {
    for (let h = 0; h < ploidy; h++) nodes[i * ploidy + h] = plan.organismNode[rows[i]] + h;
    if (transfers.count > 0) place.set(rows[i], i);
  }
  for (let k = 0; k < transfers.count && transfers.tick[k] <= tick; k++) {
    const i = place.get(transfers.recipient[k]);
    if (i !== undefined) nodes[i * ploidy + transfers.recipientHaplotype[k]] = plan.transferNode[k];
  }
  return nodes;
}

/**
 * Alleles of a population at some ticks by descent, from the births and transfers of its history.
 * @returns for each tick, in the order asked for
 * @throws {FormatError} as `planNodes` and `eachEdge`
 */
export function allelesOfHistory(
  history: History,
  { population, ticks }: AlleleQuestion,
  plan = planNodes(history),
): LivingAlleles[] {
  const { changes, populations } = history;
  const { loci, ploidy } = populations[population];
  const asked = ticks.map((tick) => {
    const rows = livingRows(history, population, tick);
    const size = rows.length * ploidy * loci;
    const nodes = nodesAt(history, plan, rows, ploidy, tick);
    return { tick, rows, nodes, founders: new Int32Array(size), mutations: new Int32Array(changes ? size : 0) };
  });
  const wanted = new Uint8Array(plan.nodes);
  const places = new Map<number, (readonly [tick: number, copy: number])[]>();
  for (const [t, { nodes }] of asked.entries()) {
    for (const [copy, node] of nodes.entries()) {
      wanted[node] = 1;
      const known = places.get(node);
      if (known) known.push([t, copy]);
      else places.set(node, [[t, copy]]);
    }
  }
  inheritLoci(history, plan, {
    unknown: (node) => node,
    node(node, _row, _haplotype, current) {
      if (wanted[node] === 0) return;
      for (const [t, copy] of places.get(node) ?? []) asked[t].founders.set(current.subarray(0, loci), copy * loci);
    },
  });
  const parents = new NumberList();
  if (changes) {
    inheritLoci(history, plan, {
      unknown: (node) => -1 - node,
      node(node, row, haplotype, current) {
        if (row >= 0) {
          eachMutation(history, changes, row, haplotype, undefined, (site) => {
            current[site] = parents.push(Math.max(-1, current[site]));
          });
        }
        if (wanted[node] === 0) return;
        for (const [t, copy] of places.get(node) ?? []) asked[t].mutations.set(current.subarray(0, loci), copy * loci);
      },
    });
  }
  return asked.map(({ tick, rows, founders, mutations }) => {
    const shape = { organisms: rows.length, ploidy, loci };
    return {
      tick,
      rows,
      byFounder: { ...shape, alleles: founders },
      byMutation: changes && { ...shape, alleles: mutations, parents: parents.numbers() },
    };
  });
}

/** Whole numbers in a column that grows. */
class NumberList {
  private column = new Int32Array(1024);
  private count = 0;

  /** @returns the place of the number */
  push(number: number): number {
    if (this.count === this.column.length) {
      const larger = new Int32Array(2 * this.count);
      larger.set(this.column);
      this.column = larger;
    }
    this.column[this.count] = number;
    return this.count++;
  }

  numbers(): Int32Array {
    return this.column.subarray(0, this.count);
  }
}
