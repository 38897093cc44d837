import type { AssayForkResult } from '../analysis/assay/perform-assay-fork.ts';
import type { AssaySummary } from '../analysis/assay/summarise-assay.ts';
import { type AssayStart, type AssayThread, startAssayThread } from '../worker/assay/assay-protocol.ts';
import type { Station } from './station.svelte.ts';

/** Most threads of an assay. One core is left to the world that is watched. */
const mostThreads = 4;
/** Forks after which what there is is told again. */
const tellEvery = 8;

/** An assay of the page's world: what is asked for, the threads that make it, what has come so far. It goes on without its panel. */
export class ClimbState {
  forks = $state(40);
  horizon = $state(400);
  population = $state('');
  status = $state<'idle' | 'running' | 'done' | 'stopped' | 'failed'>('idle');
  done = $state(0);
  problem = $state('');
  start = $state.raw<AssayStart>();
  summary = $state.raw<AssaySummary>();
  private threads: AssayThread[] = [];
  private run = 0;

  constructor(private readonly station: Station) {}

  /** Takes the world as it is and begins; the world goes on. */
  async begin(): Promise<void> {
    if (this.status === 'running') return;
    const { station } = this;
    const run = ++this.run;
    // At once, so that nobody begins twice while the world is being taken.
    this.status = 'running';
    this.done = 0;
    const start = await station.ask(station.worker.assayStart(this.population));
    if (run !== this.run) return;
    if (!start) {
      this.status = 'idle';
      return;
    }
    this.start = start;
    this.summary = undefined;
    this.problem = '';
    this.done = 0;
    this.status = 'running';
    const size = Math.max(1, Math.min(mostThreads, this.forks, (navigator.hardwareConcurrency || 2) - 1));
    this.threads = Array.from({ length: size }, startAssayThread);
    const results: AssayForkResult[] = [];
    let next = 0;
    const lane = async (thread: AssayThread) => {
      while (run === this.run && this.status === 'running' && next < this.forks) {
        const index = next++;
        const { population, clades, seed, snapshot, tick } = start;
        const fork = { population, clades, ticks: this.horizon, size: 1, reshuffled: true, seed: `${seed}/${tick}/${index}` };
        const reply = await thread.ask({ kind: 'fork', index, snapshot, fork });
        if (run !== this.run) return;
        if (reply.kind !== 'fork') {
          this.fail(reply.kind === 'failed' ? reply.message : 'a fork gave no answer');
          return;
        }
        results.push(reply.result);
        this.done = results.length;
        if (results.length >= 4 && (results.length % tellEvery === 0 || results.length === this.forks)) {
          await this.tell(thread, start, results.slice(), run);
        }
      }
    };
    await Promise.all(this.threads.map(lane));
    if (run !== this.run || this.status !== 'running') return;
    this.status = 'done';
    this.endThreads();
  }

  /** Ends it at once. What has been told stays. */
  stop(): void {
    if (this.status !== 'running') return;
    this.run++;
    this.status = 'stopped';
    this.endThreads();
  }

  /** Forgets everything: another world is shown. */
  clear(): void {
    this.stop();
    this.status = 'idle';
    this.start = undefined;
    this.summary = undefined;
    this.population = '';
  }

  private async tell(thread: AssayThread, start: AssayStart, forks: AssayForkResult[], run: number): Promise<void> {
    const { genomes, clades, seed } = start;
    const reply = await thread.ask({ kind: 'summary', forks, genomes, clades, seed });
    if (run === this.run && reply.kind === 'summary' && reply.summary.forks >= (this.summary?.forks ?? 0))
      this.summary = reply.summary;
  }

  private fail(message: string): void {
    this.run++;
    this.problem = message;
    this.status = 'failed';
    this.endThreads();
  }

  private endThreads(): void {
    for (const thread of this.threads) thread.end();
    this.threads = [];
  }
}

/** The assay of a page: made when its instrument is opened first, and the same ever after. */
export function climbOf(station: Station): ClimbState {
  station.climb ??= new ClimbState(station);
  return station.climb;
}
