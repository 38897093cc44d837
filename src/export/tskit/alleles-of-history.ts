import type { AlleleTable } from '../../analysis/stats/allele-table.ts';
import type { MutationTable } from '../../analysis/stats/site-frequencies.ts';
import type { History } from '../history.ts';
import { inheritLoci } from './inherit-loci.ts';
import { eachMutation } from './mutations.ts';
import { type NodePlan, planNodes } from './plan-nodes.ts';

/** Organisms of one population at a tick, and their alleles in two senses. */
export interface LivingAlleles {
  readonly tick: number;
  /** Organism i of the tables is row `rows[i]` of the history's. */
  readonly rows: Int32Array;
  /** Copies are equal where they descend from one copy of a founder, whatever has mutated since. */
  readonly byFounder: AlleleTable;
  /** Copies are equal where no mutation is between them and their common ancestor: infinite alleles. Undefined where the run did not record mutations. */
  readonly byMutation: MutationTable | undefined;
  /** Values of the loci, laid out as alleles; undefined where the run did not record what births changed. */
  readonly values: Float32Array | undefined;
}

/** Organisms of a population that live after a tick, all of them or a part. */
export interface LivingSample {
  readonly tick: number;
  /** Rows of the history's organisms. */
  readonly rows: Int32Array;
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
 * @param samples organisms that lived at a tick
 * @returns for each sample, in the order given
 * @throws {FormatError} as `planNodes` and `eachEdge`
 */
export function allelesOfHistory(
  history: History,
  population: number,
  samples: readonly LivingSample[],
  plan = planNodes(history),
): LivingAlleles[] {
  const { changes, populations } = history;
  const { loci, ploidy } = populations[population];
  const copies = new WantedCopies(history, plan, ploidy, samples);
  const shape = (t: number) => ({ organisms: samples[t].rows.length, ploidy, loci });
  const founders = copies.collect(loci, (take) =>
    inheritLoci(history, plan, { unknown: (node) => node, node: (node, _row, _haplotype, current) => take(node, current) }),
  );
  if (!changes) {
    return samples.map(({ tick, rows }, t) => ({
      tick,
      rows,
      byFounder: { ...shape(t), alleles: founders[t] },
      byMutation: undefined,
      values: undefined,
    }));
  }
  const parents = new NumberList();
  const mutations = copies.collect(loci, (take) =>
    inheritLoci(history, plan, {
      unknown: (node) => -1 - node,
      node(node, row, haplotype, current) {
        if (row >= 0) {
          eachMutation(history, changes, row, haplotype, undefined, (site) => {
            current[site] = parents.push(Math.max(-1, current[site]));
          });
        }
        take(node, current);
      },
    }),
  );
  const [bits, float] = bitsOfFloat();
  const values = copies.collect(loci, (take) =>
    inheritLoci(history, plan, {
      unknown: () => 0,
      node(node, row, haplotype, current) {
        for (let k = row < 0 ? 0 : changes.starts[row]; k < (row < 0 ? 0 : changes.starts[row + 1]); k++) {
          const site = changes.loci[k] - haplotype * loci;
          if (site < 0 || site >= loci) continue;
          float[0] = changes.values[k];
          current[site] = bits[0];
        }
        take(node, current);
      },
    }),
  );
  return samples.map(({ tick, rows }, t) => ({
    tick,
    rows,
    byFounder: { ...shape(t), alleles: founders[t] },
    byMutation: { ...shape(t), alleles: mutations[t], parents: parents.numbers() },
    values: new Float32Array(values[t].buffer),
  }));
}

/** A number as an integer of the same bits, and the other way. */
function bitsOfFloat(): readonly [Int32Array, Float32Array] {
  const word = new ArrayBuffer(4);
  return [new Int32Array(word), new Float32Array(word)];
}

/** Nodes of samples, and where what they hold goes. */
export class WantedCopies {
  private readonly wanted: Uint8Array;
  private readonly places = new Map<number, (readonly [sample: number, copy: number])[]>();
  private readonly sizes: readonly number[];

  constructor(history: History, plan: NodePlan, ploidy: 1 | 2, samples: readonly LivingSample[]) {
    this.wanted = new Uint8Array(plan.nodes);
    this.sizes = samples.map(({ rows }) => rows.length * ploidy);
    for (const [t, { tick, rows }] of samples.entries()) {
      for (const [copy, node] of nodesAt(history, plan, rows, ploidy, tick).entries()) {
        this.wanted[node] = 1;
        const known = this.places.get(node);
        if (known) known.push([t, copy]);
        else this.places.set(node, [[t, copy]]);
      }
    }
  }

  /** Loci of all copies of each sample. @param follow passes each node and what it holds to `take` */
  collect(loci: number, follow: (take: (node: number, held: Int32Array) => void) => void): Int32Array[] {
    const tables = this.sizes.map((copies) => new Int32Array(copies * loci));
    follow((node, held) => {
      if (this.wanted[node] === 0) return;
      for (const [t, copy] of this.places.get(node) ?? []) tables[t].set(held.subarray(0, loci), copy * loci);
    });
    return tables;
  }
}

/** Whole numbers in a column that grows. */
export class NumberList {
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
