import { transplantSeed } from '../../../analysis/transplant/transplant.ts';
import type { TransplantOutcome, TransplantReport } from '../../../experiment/describe-transplant.ts';
import type { TransplantStart } from '../../../worker/tasks/task-protocol.ts';
import type { WorldScope } from '../../session/world-scope.svelte.ts';
import { TaskPool } from '../../ui/task-pool.svelte.ts';

/** A transplant between fossils of the page's world: its settings and its result. It continues without its panel. */
export class TransplantState {
  /** Ticks near which fossils are chosen; undefined for those of the first and the last. */
  from = $state<number>();
  to = $state<number>();
  pairs = $state(5);
  /** Names of the parts of the genome that are transplanted; undefined for the usual ones. */
  segments = $state.raw<readonly string[]>();
  ticks = $state(1000);
  replicates = $state(2);
  population = $state('');
  start = $state.raw<TransplantStart>();
  report = $state.raw<TransplantReport>();
  readonly pool = new TaskPool();

  constructor(private readonly world: WorldScope) {
    world.onLeave(() => this.pool.stop());
  }

  /** Lets later loci compete with earlier ones; the world continues. @param first, last ticks of the first and the last fossil */
  async begin(first: number, last: number): Promise<void> {
    const { ticks, replicates, population, pairs, segments } = this;
    const { page } = this.world;
    await this.pool.begin(async () => {
      const asked = page.worker.transplants.start(population, this.from ?? first, this.to ?? last, pairs, segments);
      const start = await page.notices.attempt(asked);
      if (!start) return;
      this.start = start;
      this.report = undefined;
      const { scene, seed, contests, ...about } = start;
      const tasks = contests.length * replicates;
      const outcomes = new Array<TransplantOutcome>(tasks);
      let left = tasks;
      return {
        tasks,
        perform: async (task, thread) => {
          const replicate = task % replicates;
          const { pair, segment, background, first: one, second } = contests[Math.floor(task / replicates)];
          const world = { scene, seed: transplantSeed(seed, pair, replicate), population: about.population, ticks };
          const outcome = await thread.ask('contest', { ...world, first: one, second });
          outcomes[task] = { pair, replicate, segment, background, ...outcome };
          if (--left === 0 && start === this.start) this.report = { ...about, ticks, replicates, outcomes };
        },
      };
    });
  }
}
