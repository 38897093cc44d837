import { firstPlace } from '../../math/first-place.ts';
import type { History } from '../history.ts';
import { type LivingSample, NumberList, WantedCopies } from './alleles-of-history.ts';
import { inheritLoci } from './inherit-loci.ts';
import { eachMutation } from './mutations.ts';
import type { NodePlan } from './plan-nodes.ts';

/** An origin at a locus: the copy of a founder, or a mutation at a birth; its carriers are the copies that descend from it, mutated again or not. */
export interface Origin {
  readonly locus: number;
  /** Row of the organism that was born with it, and the node of its haplotype. */
  readonly row: number;
  readonly node: number;
  readonly isMutation: boolean;
  /** Place of the origin that it arose on, if that is one of those that are followed; -1 otherwise. */
  readonly above: number;
}

/** Origins and the numbers of their carriers through time. */
export interface OriginCounts {
  /** Those above others come first. */
  readonly origins: readonly Origin[];
  readonly ticks: readonly number[];
  /** Copies of a locus at each tick. */
  readonly copies: Float64Array;
  /** Carriers of origin o at tick k: `[o * ticks.length + k]`. */
  readonly carriers: Int32Array;
  /** Of these, such as have the locus by a transfer since its origin; undefined where the run has no transfers. */
  readonly transferred: Int32Array | undefined;
}

/** Most numbers of carriers that are kept: memory follows them. */
const mostCounts = 16_000_000;

/**
 * Follows the common origins of a population through a whole history, with exact numbers of carriers.
 * @param samples in which an origin is looked for; @param share of the copies of a sample that an origin must have to be followed
 * @param to last tick at which carriers are counted; @param most number of ticks, spread evenly
 */
export function originsOfHistory(
  history: History,
  plan: NodePlan,
  population: number,
  samples: readonly LivingSample[],
  share: number,
  { to, most }: { readonly to: number; readonly most: number },
): OriginCounts {
  const found = commonOrigins(history, plan, population, samples, share);
  const points = Math.max(2, Math.min(most, to + 1, Math.floor(mostCounts / Math.max(1, found.size))));
  const ticks = Array.from({ length: points }, (_, k) => Math.floor((k * to) / (points - 1)));
  return new CarrierCount(history, plan, population, ticks, found).count();
}

/** Key of an origin: the number of a mutation, or below 0 the founder's node and locus. */
const founderKey = (node: number, locus: number, loci: number) => -1 - (node * loci + locus);

/** Keys of the origins that are common in a sample, or above one that is. */
function commonOrigins(
  history: History,
  plan: NodePlan,
  population: number,
  samples: readonly LivingSample[],
  share: number,
): Set<number> {
  const { loci, ploidy } = history.populations[population];
  const { changes } = history;
  const parents = new NumberList();
  const held = new WantedCopies(history, plan, ploidy, samples).collect(loci, (take) =>
    inheritLoci(history, plan, {
      unknown: (node) => -1 - node,
      node(node, row, haplotype, current) {
        if (changes && row >= 0 && history.organisms.population[row] === population) {
          eachMutation(history, changes, row, haplotype, undefined, (site) => {
            // What a founder copy is above is kept too: parents below 0.
            current[site] = parents.push(current[site]);
          });
        }
        take(node, current);
      },
    }),
  );
  const above = parents.numbers();
  const found = new Set<number>();
  for (const [t, { rows }] of samples.entries()) {
    const copies = rows.length * ploidy;
    const fewest = Math.max(2, share * copies);
    for (let locus = 0; locus < loci; locus++) {
      const counts = new Map<number, number>();
      for (let copy = 0; copy < copies; copy++) {
        const one = held[t][copy * loci + locus];
        counts.set(one, (counts.get(one) ?? 0) + 1);
      }
      const carried = new Map<number, number>();
      for (const [one, count] of counts) {
        for (let at = one; ; at = above[at]) {
          carried.set(at, (carried.get(at) ?? 0) + count);
          if (at < 0) break;
        }
      }
      for (const [at, count] of carried) {
        if (count >= fewest) found.add(at < 0 ? founderKey(-1 - at, locus, loci) : at);
      }
    }
  }
  return found;
}

/** Counts the carriers of chosen origins at some ticks, each copy for the time that it lives. */
class CarrierCount {
  private readonly origins: (Origin & { readonly isOnTransferred: boolean })[] = [];
  private readonly copies: Float64Array;
  private readonly carriers: Int32Array;
  private readonly transferred: Int32Array | undefined;
  /** Tick of the death of each node, or of the transfer after which its haplotype has another one. */
  private readonly ends: Float64Array;
  /** Place in `transferOrder` of the first transfer of each node; -1 for nodes of births. */
  private readonly received: Int32Array;
  /** Loci at which an origin is followed. */
  private readonly loci: number[] = [];
  private readonly isFollowed: Uint8Array;

  constructor(
    private readonly history: History,
    private readonly plan: NodePlan,
    private readonly population: number,
    private readonly ticks: readonly number[],
    private readonly found: ReadonlySet<number>,
  ) {
    const cells = found.size * ticks.length;
    this.copies = new Float64Array(ticks.length);
    this.carriers = new Int32Array(cells);
    const { transfers } = history;
    this.transferred = transfers.count > 0 ? new Int32Array(cells) : undefined;
    this.ends = endsOfNodes(history, plan);
    this.received = new Int32Array(plan.nodes).fill(-1);
    for (let i = transfers.count - 1; i >= 0; i--) this.received[plan.transferNode[plan.transferOrder[i]]] = i;
    this.isFollowed = new Uint8Array(plan.length);
  }

  count(): OriginCounts {
    const { history, plan, population, found, ticks } = this;
    const { organisms, transfers, changes } = history;
    let mutations = 0;
    // A locus holds 2 (place + 1) of the nearest origin that is followed, 1 more once it was transferred since; 0 for none.
    inheritLoci(history, plan, {
      unknown: () => 0,
      node: (node, row, haplotype, current) => {
        const first = row >= 0 ? -1 : plan.transferOrder[this.received[node]];
        const organism = row >= 0 ? row : transfers.recipient[first];
        if (organisms.population[organism] !== population) return;
        if (row < 0) this.markReceived(node, current);
        else if (organisms.firstParent[row] < 0 && organisms.secondParent[row] < 0) this.beginFounder(node, row, current);
        if (row >= 0 && changes) {
          eachMutation(history, changes, row, haplotype, undefined, (site) => {
            if (found.has(mutations++)) current[site] = this.begin({ locus: site, row, node, isMutation: true }, current[site]);
          });
        }
        this.add(row >= 0 ? organisms.birthTick[row] : transfers.tick[first], this.ends[node], current);
      },
    });
    return this.summed(ticks.length);
  }

  private beginFounder(node: number, row: number, current: Int32Array): void {
    const { loci } = this.history.populations[this.population];
    for (let locus = 0; locus < loci; locus++) {
      if (this.found.has(founderKey(node, locus, loci))) current[locus] = this.begin({ locus, row, node, isMutation: false }, 0);
    }
  }

  /** @returns what the locus holds from here on */
  private begin(origin: Omit<Origin, 'above'>, held: number): number {
    if (this.isFollowed[origin.locus] === 0) this.loci.push(origin.locus);
    this.isFollowed[origin.locus] = 1;
    return 2 * this.origins.push({ ...origin, above: (held >> 1) - 1, isOnTransferred: (held & 1) === 1 });
  }

  private markReceived(node: number, current: Int32Array): void {
    const { transferOrder, transferNode } = this.plan;
    const { start, end } = this.history.transfers;
    for (let i = this.received[node]; i < transferOrder.length && transferNode[transferOrder[i]] === node; i++) {
      const k = transferOrder[i];
      for (let locus = start[k]; locus < end[k]; locus++) if (current[locus] > 0) current[locus] |= 1;
    }
  }

  /** Counts a copy from the end of one tick until before the end of another: notes changes, which are summed later. */
  private add(from: number, end: number, current: Int32Array): void {
    const { ticks, copies, carriers, transferred } = this;
    const first = firstPlace(ticks.length, (k) => ticks[k] < from);
    const past = firstPlace(ticks.length, (k) => ticks[k] < end);
    if (past <= first) return;
    copies[first]++;
    if (past < ticks.length) copies[past]--;
    for (const locus of this.loci) {
      const held = current[locus];
      if (held === 0) continue;
      const at = ((held >> 1) - 1) * ticks.length;
      for (const counts of transferred && (held & 1) === 1 ? [carriers, transferred] : [carriers]) {
        counts[at + first]++;
        if (past < ticks.length) counts[at + past]--;
      }
    }
  }

  private summed(points: number): OriginCounts {
    const { origins, ticks, copies, carriers, transferred } = this;
    for (const counts of [copies, carriers, ...(transferred ? [transferred] : [])]) {
      for (let at = 1; at < counts.length; at++) if (at % points !== 0) counts[at] += counts[at - 1];
    }
    // Carriers of an origin carry what it arose on.
    for (let o = origins.length - 1; o >= 0; o--) {
      const { above, isOnTransferred } = origins[o];
      if (above < 0) continue;
      for (let k = 0; k < points; k++) {
        carriers[above * points + k] += carriers[o * points + k];
        if (transferred) transferred[above * points + k] += (isOnTransferred ? carriers : transferred)[o * points + k];
      }
    }
    return { origins, ticks, copies, carriers, transferred };
  }
}

/** First tick at whose end a node is gone; infinite while it lives. */
function endsOfNodes({ organisms, transfers, populations }: History, plan: NodePlan): Float64Array {
  const ends = new Float64Array(plan.nodes).fill(Number.POSITIVE_INFINITY);
  const death = (row: number) => (Number.isNaN(organisms.deathTick[row]) ? Number.POSITIVE_INFINITY : organisms.deathTick[row]);
  for (let row = 0; row < organisms.count; row++) {
    for (let h = 0; h < populations[organisms.population[row]].ploidy; h++) ends[plan.organismNode[row] + h] = death(row);
  }
  if (transfers.count === 0) return ends;
  const newest = new Map<number, number>();
  for (let k = 0; k < transfers.count; k++) {
    const recipient = transfers.recipient[k];
    const haplotype = 2 * recipient + transfers.recipientHaplotype[k];
    const before = newest.get(haplotype) ?? plan.organismNode[recipient] + transfers.recipientHaplotype[k];
    if (before === plan.transferNode[k]) continue;
    ends[before] = transfers.tick[k];
    ends[plan.transferNode[k]] = death(recipient);
    newest.set(haplotype, plan.transferNode[k]);
  }
  return ends;
}
