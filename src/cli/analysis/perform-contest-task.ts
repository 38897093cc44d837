import { type Contest, type ContestOutcome, contestOutcome } from '../../analysis/tournament/contest.ts';
import { loadCatalogue } from '../load-extension.ts';

/** A contest as it is sent to a thread: with the modules of the extensions that its world has. */
export interface ContestTask extends Contest {
  readonly extensions: readonly string[];
}

/** Lets two genomes compete: what a thread of the pool does. */
export async function performContestTask({ extensions, ...contest }: ContestTask): Promise<ContestOutcome> {
  const catalogue = await loadCatalogue(extensions);
  return contestOutcome({ ...contest, scene: catalogue.adopt(contest.scene) });
}
