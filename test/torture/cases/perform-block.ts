import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '../random.ts';
import type { CaseTarget, ReadyTarget } from './target.ts';
import { describeError, faultOfMessage } from './verdict.ts';

/** Cases of a target that a thread performs one after the other: `from` to `to - 1`. */
export interface Block {
  readonly target: string;
  readonly seed: string;
  readonly from: number;
  readonly to: number;
}

/** How far a block has come. Kept where the thread that watches can read it. */
export interface Tally {
  index: number;
  refused: number;
  accepted: number;
  failures: number;
  slowestIndex: number;
  slowestMilliseconds: number;
}

export interface CaseFailure {
  readonly index: number;
  readonly problem: string;
  readonly input: Uint8Array;
}

/** Bytes of a process from which its threads collect what is not needed before they go on. */
const collectFrom = 2 ** 31;

/** Targets that are ready, with a folder each. */
export class TargetStore {
  private readonly ready = new Map<string, ReadyTarget>();
  private readonly folder = mkdtempSync(join(tmpdir(), 'upslope-fuzz-'));

  constructor(private readonly targets: readonly CaseTarget[]) {}

  async get(name: string): Promise<ReadyTarget> {
    const there = this.ready.get(name);
    if (there) return there;
    const target = this.targets.find((one) => one.name === name);
    if (!target) throw new Error(`there is no target '${name}'`);
    const made = await target.prepare(mkdtempSync(join(this.folder, `${name}-`)));
    this.ready.set(name, made);
    return made;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Performs the cases of a block and keeps the tally; every failure is handed on at once. */
export async function performBlock(
  target: ReadyTarget,
  block: Block,
  tally: Tally,
  fail: (failure: CaseFailure) => void,
): Promise<void> {
  for (let index = block.from; index < block.to; index++) {
    tally.index = index;
    // Memory of worlds that are gone is collected late on a busy machine: only what is held may count against the limit.
    if (index % 32 === 0 && process.memoryUsage.rss() > collectFrom) (globalThis as { gc?: () => void }).gc?.();
    const input = target.make(new Random(block.seed, block.target, index));
    const before = performance.now();
    let problem: string | undefined;
    try {
      const verdict = await target.give(input);
      if ('refused' in verdict) {
        problem = faultOfMessage(verdict.refused, input);
        if (problem === undefined) tally.refused++;
      } else tally.accepted++;
    } catch (error) {
      problem = describeError(error);
    }
    const took = performance.now() - before;
    if (took > tally.slowestMilliseconds) {
      tally.slowestMilliseconds = took;
      tally.slowestIndex = index;
    }
    if (problem === undefined) continue;
    tally.failures++;
    fail({ index, problem, input });
  }
}
