import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Performer } from '../../../src/cli/sweep/performer.ts';
import { inThread } from '../../../src/cli/sweep/performer.ts';
import { sweepCommand } from '../../../src/cli/sweep/sweep.ts';
import type { SweepFlags } from '../../../src/cli/sweep/sweep-flags.ts';
import { fakeProcesses, type Outcome, type TestIo, testIo } from '../cli/test-io.ts';
import { smallPlan } from '../experiment/small-plan.ts';

let processes = 0;

/** An io that counts as a process of its own. */
export function processIo(changes: Partial<TestIo> = {}): TestIo {
  const own = 4_000_000 + processes++;
  return testIo({
    processes: fakeProcesses('alive', own),
    now: () => performance.now(),
    randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    ...changes,
  });
}

/** A new directory with a plan of twelve tiny runs in it. */
export class SweepPlace {
  readonly path = mkdtempSync(join(tmpdir(), 'upslope-sweep-'));
  readonly plan = join(this.path, 'plan.json');

  constructor(plan: Record<string, unknown> = smallPlan) {
    writeFileSync(this.plan, JSON.stringify(plan));
  }

  at(...names: string[]): string {
    return join(this.path, ...names);
  }

  names(...folder: string[]): string[] {
    return readdirSync(this.at(...folder)).sort();
  }

  read(...names: string[]): Buffer {
    return readFileSync(this.at(...names));
  }

  /** Calls the command with everything in this thread. */
  async sweep(given: string | undefined, flags: SweepFlags, io = processIo(), performer: Performer = inThread): Promise<Outcome> {
    const status = await sweepCommand(io, given, flags, () => performer);
    return { status, ...io.text };
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
