import type { NamedMeasure } from '../../experiment/twins/perform-replicate.ts';
import type { ReplicatePlan } from '../../experiment/twins/twin-replicates.ts';
import { seriesEvery } from '../../worker/series.ts';
import { changesOf, type Parting, signOf, type TwinChange } from './twin-change.ts';

/** What replicates of two worlds repeat. @param made changes since the parting */
export function planReplicates(
  { tick, snapshot }: Parting,
  made: readonly TwinChange[],
  measures: readonly NamedMeasure[],
  seed: string,
): ReplicatePlan {
  const [here, there] = [changesOf(made, 'here'), changesOf(made, 'there')];
  return {
    snapshot,
    tick,
    seed,
    changes: signOf(made) > 0 ? [here, there] : [there, here],
    every: seriesEvery,
    measures: measures.map(({ probe, name }) => ({ probe, name })),
  };
}
