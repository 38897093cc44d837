import { contestSeed } from '../../../analysis/tournament/tournament.ts';
import type { TournamentReport } from '../../../experiment/describe-tournament.ts';
import type { TournamentStart } from '../../../worker/tasks/task-protocol.ts';
import type { WorldScope } from '../../session/world-scope.svelte.ts';
import { TaskPool } from '../../ui/task-pool.svelte.ts';

/** A tournament of the fossils of the page's world: its settings and its result. It continues without its panel. */
export class TournamentState {
  players = $state(5);
  ticks = $state(500);
  replicates = $state(4);
  population = $state('');
  start = $state.raw<TournamentStart>();
  report = $state.raw<TournamentReport>();
  readonly pool = new TaskPool();

  constructor(private readonly world: WorldScope) {
    world.onLeave(() => this.pool.stop());
  }

  /** Takes fossils, evenly over time, and lets each meet every other; the world continues. */
  async begin(): Promise<void> {
    const { ticks, replicates } = this;
    const { page } = this.world;
    await this.pool.begin(async () => {
      const start = await page.notices.attempt(page.worker.analysis.tournamentStart(this.population, this.players));
      if (!start) return;
      this.start = start;
      this.report = undefined;
      const { scene, seed, population, players, genomes } = start;
      const pairs = players.flatMap((_, i) => Array.from({ length: i }, (__, j) => [i, j] as const));
      const margins = pairs.map(() => new Array<number>(replicates));
      const tasks = pairs.length * replicates;
      let left = tasks;
      return {
        tasks,
        perform: async (task, thread) => {
          const [pair, replicate] = [Math.floor(task / replicates), task % replicates];
          const [i, j] = pairs[pair];
          const ask = {
            scene,
            seed: contestSeed(seed, i, j, replicate),
            population,
            first: genomes[i],
            second: genomes[j],
            ticks,
          };
          margins[pair][replicate] = (await thread.ask('contest', ask)).margin;
          if (--left > 0) return;
          const result = await thread.ask('judge', { players: players.length, replicates: margins });
          if (start === this.start) this.report = { population, ticks, replicates, players, result };
        },
      };
    });
  }
}
