import type { NamedGenome } from '../../genome/fit-genome.ts';
import { inspectOrganism, type OrganismReport } from '../../simulation/inspect.ts';
import type { CurrentRun } from '../current-run.ts';
import { findHeir, type Heir } from '../find-heir.ts';
import { findKin, type Kin, parentsOf } from '../find-kin.ts';
import { type FrozenText, fitInto, freezeOrganism } from '../report-frozen.ts';
import { TangentQueries, type TangentReport } from '../report-tangent.ts';
import { type End, EndWatch } from '../watch-end.ts';

/** A picked organism, or its end. */
export interface PickReport {
  readonly organism?: OrganismReport;
  readonly kin: Kin;
  readonly end?: End;
}

/** Single organisms: the picked one, which is watched to its end, and those that go to the freezer and come from it. */
export class OrganismsTopic {
  private readonly tangents = new TangentQueries();
  private watch: EndWatch | undefined;
  /** Ids of the parents of the picked one. */
  private parents: readonly number[] = [];
  private unwatch: () => void = () => {};

  constructor(private readonly current: CurrentRun) {
    current.onLeave(() => this.unpick());
  }

  /** @param name of its population */
  pick(name: string, id: number): PickReport {
    const { world, record } = this.current.require();
    const population = this.current.populationNamed(name);
    if (this.watch?.population !== population || this.watch.id !== id) {
      this.unpick();
      this.watch = new EndWatch(population, id);
      this.unwatch = world.observe(this.watch);
      const row = population.rowOf(id);
      this.parents = row < 0 ? [] : parentsOf(population, record.individuals, row);
    }
    return {
      organism: inspectOrganism(world, name, id),
      kin: findKin(population, record.individuals, id, this.parents),
      end: this.watch.end,
    };
  }

  /** The organism that continues the line of the picked one, which has died; undefined if there is none. @param name of its population */
  heir(name: string, id: number): Heir | undefined {
    const { record } = this.current.require();
    return findHeir(this.current.populationNamed(name), record, id, this.watch?.id === id ? this.parents : []);
  }

  /** How the actions of an organism's policy change together; undefined if it is dead or has no policy. @param restart watch changes from now on */
  tangent(population: string, id: number, restart = false): TangentReport | undefined {
    return this.tangents.report(this.current.require().world, population, id, restart);
  }

  /** A living organism in the form of the freezer. @param name of its population */
  freeze(name: string, id: number): FrozenText {
    return freezeOrganism(this.current.require().world, this.current.populationNamed(name), id);
  }

  /** A genome in the layout of a population of this world. @param name of the population */
  fit(name: string, genome: NamedGenome): ReturnType<typeof fitInto> {
    return fitInto(this.current.populationNamed(name), genome);
  }

  /** Id of the living organism without a parent that appeared last at a tick; -1 if there is none. @param name of its population */
  placedAt(name: string, tick: number): number {
    const { table, count } = this.current.populationNamed(name);
    const [id, parent, birthTick] = [table.f64('id'), table.f64('parent'), table.i32('birthTick')];
    let found = -1;
    for (let row = 0; row < count; row++) if (parent[row] < 0 && birthTick[row] === tick) found = Math.max(found, id[row]);
    return found;
  }

  /** Id of the living organism that is nearest to a place; -1 if there is none. @param name of its population */
  nearestTo(name: string, x: number, y: number): number {
    const { table, count } = this.current.populationNamed(name);
    const [id, px, py] = [table.f64('id'), table.f32('x'), table.f32('y')];
    let [found, least] = [-1, Number.POSITIVE_INFINITY];
    for (let row = 0; row < count; row++) {
      const away = (px[row] - x) * (px[row] - x) + (py[row] - y) * (py[row] - y);
      if (away < least) [found, least] = [id[row], away];
    }
    return found;
  }

  private unpick(): void {
    this.unwatch();
    this.unwatch = () => {};
    this.watch = undefined;
    this.tangents.clear();
  }
}
