import { fewestOfRival } from '../../analysis/rivals/choose-rivals.ts';
import type { RivalsReplay } from '../../analysis/rivals/replay-rivals.ts';
import type { Population } from '../../population/population.ts';
import { SceneError } from '../../scene/error.ts';
import type { CurrentRun } from '../current-run.ts';
import type { RunHistory } from '../run-history.ts';

/** Ticks that are made again: clades begin at their start, and are compared in the second half. */
const usualSpan = 4000;

/** Fewest ticks that are made again. */
const leastSpan = 200;

/** Whose clade is compared: that of a living organism, or the main one of a species' living; by default the clade whose share rose most. */
export interface RivalOf {
  readonly organism?: number;
  readonly species?: number;
}

/** How clades of the present run fared. Questions read only. */
export class RivalsTopic {
  constructor(
    private readonly current: CurrentRun,
    private readonly history: RunHistory,
  ) {}

  /**
   * The past of the present line, from the kept snapshot nearest to 4,000 ticks ago.
   * @param name of the population; the first if none has that name
   * @throws {SceneError} for the reason that `problem` gives
   */
  start(name: string, of: RivalOf = {}): RivalsReplay {
    const problem = this.problem(name, of);
    const kept = this.kept();
    if (problem || !kept) throw new SceneError(problem);
    const { world, changes } = this.current.require();
    const population = this.population(name);
    return {
      snapshot: kept.world,
      changes: changes.madeSince(kept.changes),
      to: world.tick,
      seed: world.seed,
      population: population.name,
      members: this.members(population, of),
    };
  }

  /** Why the question cannot be answered now, and what to do; '' if it can, as far as is known before the past is made again. */
  problem(name: string, of: RivalOf = {}): string {
    const population = this.population(name);
    const { organism, species } = of;
    const asked = organism !== undefined || species !== undefined;
    if (asked && this.members(population, of).length === 0)
      return organism !== undefined
        ? `organism ${organism} is dead; pick one that lives`
        : `species ${species} has no living organisms; choose one that lives`;
    if (population.count < 2 * fewestOfRival)
      return `${population.name}: ${population.count} living; two clades need ${2 * fewestOfRival} or more`;
    if (!this.kept()) return `no snapshot of ${leastSpan} ticks ago or earlier is kept on this line; let the world continue`;
    return '';
  }

  private population(name: string): Population {
    const { populations } = this.current.require().world;
    return populations.find((one) => one.name === name) ?? populations[0];
  }

  private kept() {
    const { tick } = this.current.require().world;
    return this.history.nearest(tick - usualSpan, tick - leastSpan);
  }

  /** The living whose clade is meant. */
  private members(population: Population, { organism, species }: RivalOf): number[] {
    if (organism !== undefined) return population.rowOf(organism) < 0 ? [] : [organism];
    if (species === undefined) return [];
    const { individuals } = this.current.require().record;
    const ids = Array.from(population.table.f64('id').subarray(0, population.count));
    return ids.filter((id) => individuals.speciesOf(individuals.rowOf(id)) === species);
  }
}
