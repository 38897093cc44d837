import { fewestOfRival } from '../../analysis/rivals/choose-rivals.ts';
import type { RivalsReplay } from '../../analysis/rivals/replay-rivals.ts';
import { SceneError } from '../../scene/error.ts';
import type { CurrentRun } from '../current-run.ts';
import type { RunHistory } from '../run-history.ts';

/** Ticks that are made again: clades begin at their start, and are compared in the second half. */
const usualSpan = 4000;

/** Fewest ticks that are made again. */
const leastSpan = 200;

/** How clades of the present run fared. Questions read only. */
export class RivalsTopic {
  constructor(
    private readonly current: CurrentRun,
    private readonly history: RunHistory,
  ) {}

  /**
   * The past of the present line, from the kept snapshot nearest to 4,000 ticks ago.
   * @param name of the population; the first if none has that name
   * @param of whose clade is the winner: a living organism, or the living of a species; by default the clade whose share rose most
   * @throws {SceneError} if too little of the past is kept
   */
  start(name: string, of: { readonly organism?: number; readonly species?: number } = {}): RivalsReplay {
    const { world, record, changes } = this.current.require();
    const population = world.populations.find((one) => one.name === name) ?? world.populations[0];
    if (population.count < 2 * fewestOfRival)
      throw new SceneError(`${population.name}: ${population.count} living; two clades need ${2 * fewestOfRival} or more`);
    const kept = this.history.nearest(world.tick - usualSpan, world.tick - leastSpan);
    if (!kept)
      throw new SceneError(`no snapshot of ${leastSpan} ticks ago or earlier is kept on this line; let the world continue`);
    const { organism, species } = of;
    const ids = Array.from(population.table.f64('id').subarray(0, population.count));
    const speciesOf = (id: number) => record.individuals.speciesOf(record.individuals.rowOf(id));
    return {
      snapshot: kept.world,
      changes: changes.madeSince(kept.changes),
      to: world.tick,
      seed: world.seed,
      population: population.name,
      members: organism !== undefined ? [organism] : species !== undefined ? ids.filter((id) => speciesOf(id) === species) : [],
    };
  }
}
