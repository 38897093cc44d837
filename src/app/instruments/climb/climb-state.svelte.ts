import type { AssayForkResult } from '../../../analysis/assay/perform-assay-fork.ts';
import { planAssay, usualAssay } from '../../../analysis/assay/plan-assay.ts';
import type { AssaySummary } from '../../../analysis/assay/summarise-assay.ts';
import type { AssayStart, TaskThread } from '../../../worker/tasks/task-protocol.ts';
import type { WorldScope } from '../../session/world-scope.svelte.ts';
import { TaskPool } from '../../ui/task-pool.svelte.ts';

/** Number of forks after which the summary is updated. */
const describeEvery = 8;

/** An assay of the page's world: its settings, and the results so far. It continues without its panel. */
export class ClimbState {
  forks = $state(40);
  horizon = $state(400);
  population = $state('');
  start = $state.raw<AssayStart>();
  summary = $state.raw<AssaySummary>();
  readonly pool = new TaskPool();

  constructor(private readonly world: WorldScope) {
    world.onLeave(() => this.pool.stop());
  }

  /** Takes the present world and begins; the world continues. */
  async begin(): Promise<void> {
    const { forks, horizon } = this;
    const { page } = this.world;
    await this.pool.begin(async () => {
      const start = await page.notices.attempt(page.worker.analysis.assayStart(this.population));
      if (!start) return;
      this.start = start;
      this.summary = undefined;
      const { population, clades, seed, snapshot, tick } = start;
      const results: AssayForkResult[] = [];
      // Enough to see the effect of bodies beside the gradient, which takes most of the time.
      const replays = Math.max(2, Math.ceil(forks / 4));
      const plan = planAssay({ seed: `${seed}/${tick}`, forks, replays });
      return {
        tasks: plan.length,
        perform: async (index, thread) => {
          const { size, policySize } = usualAssay;
          const fork = { population, clades, size, policySize, ticks: horizon, ...plan[index] };
          results.push(await thread.ask('fork', { snapshot, fork }));
          const count = results.length;
          if (count >= 4 && (count % describeEvery === 0 || count === plan.length))
            await this.update(thread, start, results.slice());
        },
      };
    });
  }

  private async update(thread: TaskThread, start: AssayStart, forks: readonly AssayForkResult[]): Promise<void> {
    const { genomes, clades, segments, metric, seed } = start;
    const summary = await thread.ask('summary', { forks, genomes, clades, segments, metric, seed });
    if (start === this.start && forksOf(summary) >= forksOf(this.summary)) this.summary = summary;
  }
}

/** Forks that a summary joins. */
function forksOf(summary: AssaySummary | undefined): number {
  return summary ? Object.values(summary.forks).reduce((sum, count) => sum + count, 0) : 0;
}
