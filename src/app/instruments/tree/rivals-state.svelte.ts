import type { ReplayedRivals } from '../../../analysis/rivals/replay-rivals.ts';
import type { WorldScope } from '../../session/world-scope.svelte.ts';
import { TaskPool } from '../../ui/task-pool.svelte.ts';

/** Two clades of the page's world side by side: the question in progress and its answer. */
export class RivalsState {
  found = $state.raw<ReplayedRivals>();
  readonly lanes = new TaskPool();

  constructor(private readonly world: WorldScope) {
    world.onLeave(() => this.lanes.stop());
  }

  /** Makes the past of the world again, beside it. @param of whose clade is the winner; by default the one whose share rose most */
  async begin(population: string, of: { readonly organism?: number; readonly species?: number }): Promise<void> {
    const { page } = this.world;
    await this.lanes.begin(async () => {
      const replay = await page.notices.attempt(page.worker.rivals.start(population, of));
      if (!replay) return;
      this.found = undefined;
      return {
        tasks: 1,
        perform: async (_, thread) => {
          this.found = await thread.ask('rivals', replay);
        },
      };
    });
  }
}
