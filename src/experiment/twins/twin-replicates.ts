import { fewestValues, type MeanSequence, meanSequence } from './mean-sequence.ts';
import type { ReplicatePiece, ReplicateStep } from './perform-replicate.ts';

/** Ticks of a piece, which is also the length of the first window; each later window is as long as all before it. */
export const pieceTicks = 100;
/** Most replicates. */
export const mostReplicates = 40;
/** Chance that the word "differs" appears at any look although nothing differs. */
const alpha = 0.05;

/** How a change is tried: the state at which the worlds parted and what each of them got since. */
export type ReplicatePlan = Pick<ReplicateStep, 'changes' | 'every' | 'measures'> & {
  readonly snapshot: ArrayBuffer;
  readonly tick: number;
  /** Names the draws of all replicates. */
  readonly seed: string;
};

/** A stretch of time after the parting, over which a measure is averaged in each world. */
export interface WindowDifference extends MeanSequence {
  /** Ticks after which it begins and with which it ends. */
  readonly from: number;
  readonly to: number;
}

/** Differences of the replicates in a measure. */
export interface ReplicateLook {
  /** Ends of the pieces, ticks; lowest and highest difference of a replicate in each; mean of all. */
  readonly ticks: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly mean: Float64Array;
  /** Replicates that reach the end of the first window. */
  readonly replicates: number;
  readonly windows: readonly WindowDifference[];
  /** The latest window whose interval leaves out 0; undefined while there is none. */
  readonly differs: WindowDifference | undefined;
}

/** A piece that is to be made: which replicate it belongs to, and what the replicate begins it with. */
export interface ReplicateOrder {
  readonly replicate: number;
  readonly step: ReplicateStep;
}

interface Replicate {
  worlds: readonly [ArrayBuffer, ArrayBuffer] | undefined;
  /** Of each finished piece. */
  readonly pieces: Pick<ReplicatePiece, 'sums' | 'numbers'>[];
  isBusy: boolean;
}

/** What the intervals of a window of one of some measures may fail with. */
export const alphaOf = (measures: number, window: number): number => alpha / (measures * (window + 1) * (window + 2));

/** Replicates from which the first window of one of some measures has an interval. */
export const fewestReplicates = (measures: number): number => fewestValues(alphaOf(measures, 0));

/** Ends of the windows in pieces: 1, 2, 4, 8... */
const endOf = (window: number): number => 1 << window;

/**
 * Replicates of a trial: pairs of worlds that begin in one state, with draws of their own for each pair and the same for both of it, of which the one gets a change. It says which piece
 * is to be made next, takes what was found, and judges. It starts no threads.
 *
 * All replicates are brought to the end of a window before any goes further, as far as the watched worlds have come. In each window a replicate gives one
 * difference of means; over replicates these have a confidence sequence (`meanSequence`), in the order in which replicates were begun. Window j = 0, 1, ... of one of m measures has
 * 0.05 / (m (j + 1)(j + 2)), which adds up to 0.05 over all windows and measures: the word "differs" appears at any look with at most that chance if the change has no effect
 * (union bound; Howard et al. 2021 as there).
 */
export class TwinReplicates {
  /** Increases with every finished piece. */
  version = 0;
  private readonly replicates: Replicate[] = [];

  /** @param most replicates */
  constructor(
    private readonly plan: ReplicatePlan,
    private readonly most = mostReplicates,
  ) {}

  /**
   * The piece that is to be made next; undefined if there is none now.
   * @param until tick that the watched worlds have reached: the piece in which it lies is made
   */
  next(until: number): ReplicateOrder | undefined {
    const allowed = this.allowed(until);
    for (let window = 0; ; window++) {
      const end = Math.min(endOf(window), allowed);
      for (let replicate = 0; replicate < this.most; replicate++) {
        this.replicates[replicate] ??= { worlds: undefined, pieces: [], isBusy: false };
        const one = this.replicates[replicate];
        if (!one.isBusy && one.pieces.length < end) return this.order(replicate);
      }
      if (end === allowed) return undefined;
    }
  }

  private allowed(until: number): number {
    return Math.max(1, Math.ceil((until - this.plan.tick) / pieceTicks));
  }

  /** Whether no pieces are left to make as far as the watched worlds have come, other than those that are being made. */
  isIdle(until: number): boolean {
    const allowed = this.allowed(until);
    if (this.replicates.length < this.most) return false;
    return this.replicates.every(({ isBusy, pieces }) => isBusy || pieces.length >= allowed);
  }

  /** Pieces that are being made will not come. A replicate whose states went with them begins again. */
  giveUp(): void {
    for (const one of this.replicates) {
      if (!one.isBusy) continue;
      one.isBusy = false;
      one.worlds = undefined;
      one.pieces.length = 0;
    }
  }

  private order(replicate: number): ReplicateOrder {
    const { snapshot, tick, seed, changes, every, measures } = this.plan;
    const one = this.replicates[replicate];
    one.isBusy = true;
    const draws = `${seed}/twin ${tick}/${replicate}`;
    return { replicate, step: { worlds: one.worlds ?? [snapshot], seed: draws, changes, ticks: pieceTicks, every, measures } };
  }

  /** Takes a finished piece. */
  add(replicate: number, { worlds, sums, numbers }: ReplicatePiece): void {
    const one = this.replicates[replicate];
    one.worlds = worlds;
    one.pieces.push({ sums, numbers });
    one.isBusy = false;
    this.version += 1;
  }

  /** What is known of each measure. */
  look(): readonly ReplicateLook[] {
    return this.plan.measures.map((_, m) => this.lookAt(m));
  }

  private lookAt(m: number): ReplicateLook {
    const { replicates, plan } = this;
    const longest = replicates.reduce((most, { pieces }) => Math.max(most, pieces.length), 0);
    const ends = Array.from({ length: longest }, (_, piece) => piece + 1);
    const inPiece = ends.map((end) => this.differences(m, end - 1, end).filter((value) => !Number.isNaN(value)));
    const windows: WindowDifference[] = [];
    for (let window = 0; endOf(window) <= longest; window++) {
      const [from, to] = [window === 0 ? 0 : endOf(window - 1), endOf(window)];
      const sequence = meanSequence(this.differences(m, from, to), alphaOf(plan.measures.length, window));
      windows.push({ ...sequence, from: plan.tick + from * pieceTicks, to: plan.tick + to * pieceTicks });
    }
    return {
      ticks: Float64Array.from(ends, (end) => plan.tick + end * pieceTicks),
      low: Float64Array.from(inPiece, (values) => (values.length > 0 ? Math.min(...values) : Number.NaN)),
      high: Float64Array.from(inPiece, (values) => (values.length > 0 ? Math.max(...values) : Number.NaN)),
      mean: Float64Array.from(inPiece, (values) => values.reduce((sum, value) => sum + value, 0) / values.length),
      replicates: replicates.filter(({ pieces }) => pieces.length > 0).length,
      windows,
      differs: windows.findLast(({ differs }) => differs),
    };
  }

  /** Differences of the means over some pieces, of the replicates that have them: without gaps from the first one on. */
  private differences(m: number, from: number, to: number): number[] {
    const found: number[] = [];
    for (const { pieces } of this.replicates) {
      if (pieces.length < to) break;
      const mean = (side: 0 | 1): number => {
        let [sum, number] = [0, 0];
        for (let piece = from; piece < to; piece++) {
          sum += pieces[piece].sums[side][m];
          number += pieces[piece].numbers[side][m];
        }
        return sum / number;
      };
      found.push(mean(0) - mean(1));
    }
    return found;
  }
}
