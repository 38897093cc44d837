import { transfer } from 'comlink';
import { assayedGenomes } from '../../analysis/assay/assayed-genomes.ts';
import { effectMetric } from '../../analysis/assay/effect-metric.ts';
import { locusSegments } from '../../analysis/assay/locus-segments.ts';
import { assayedSlots } from '../../analysis/assay/prepare-fork.ts';
import type { ClimbWindow } from '../../analysis/climb/climb-of-window.ts';
import { climbMomentum } from '../../analysis/climb/climb-over-time.ts';
import type { MomentumFit } from '../../analysis/gradient/momentum.ts';
import { pairwiseInvasibility, singularPoints } from '../../analysis/lab/invasion.ts';
import { expression } from '../../analysis/price/price-of-loci.ts';
import { immigration } from '../../analysis/price/price-of-window.ts';
import { spreadEvenly } from '../../analysis/tournament/tournament.ts';
import type { InvasionReport } from '../../experiment/describe-invasion.ts';
import { makeLandscape } from '../../habitat/landscape/forms.ts';
import { type CopyChannel, copyChannels } from '../../population/copy-counts.ts';
import { SceneError } from '../../scene/error.ts';
import { vocabularyOf } from '../../scene/vocabulary-of.ts';
import { onLandscape } from '../../simulation/kinds.ts';
import type { PriceWindowTerms } from '../account-log.ts';
import type { CurrentRun } from '../current-run.ts';
import type { Run } from '../live-run.ts';
import type { AssayStart, TournamentStart } from '../tasks/task-protocol.ts';

/** Price's equation between the censuses of a run so far. */
export interface PriceReport {
  readonly windows: readonly PriceWindowTerms[];
  readonly traits: readonly { readonly id: string; readonly title: string; readonly unit: string }[];
  /** Mechanisms with ledgers, in the order of the terms, and last the introduced organisms. */
  readonly mechanisms: readonly { readonly id: string; readonly title: string }[];
  /** Channels of the account by copies of loci, then what changes copies or their expression, in the order of its terms. */
  readonly channels: readonly { readonly id: string; readonly title: string }[];
  readonly writers: readonly { readonly id: string; readonly title: string }[];
  /** Titles of the populations, by index. */
  readonly populations: readonly string[];
  /** Tick of the next census. */
  readonly nextCensus: number;
}

/** The climb of a population between the censuses so far. */
export interface ClimbReport {
  readonly windows: readonly ClimbWindow[];
  /** Momentum of the mean, once there are enough windows. */
  readonly momentum: MomentumFit | undefined;
  /** Name of the population in the scene. */
  readonly population: string;
  readonly nextCensus: number;
}

const channelTitles: Readonly<Record<CopyChannel, string>> = {
  births: 'Selection by births and deaths',
  gametes: 'Choice among gametes',
  drive: 'Drive',
  transfer: 'Spread by transfer',
  transposition: 'Transposition',
};

/** Traits of the plot of invasion, in either direction. */
const invasionPoints = 81;

/** Tick of the next census of a run. */
function nextCensus({ world, record }: Run): number {
  return (record.lastCensus[0]?.tick ?? world.tick) + world.scene.record.census.every;
}

/** Questions of analysis about the present run. They read only. */
export class AnalysisTopic {
  constructor(private readonly current: CurrentRun) {}

  /**
   * The present world, ready for an assay.
   * @param name of the population; the first if none has that name
   * @throws {SceneError} if fewer than two live
   */
  assayStart(name: string): AssayStart {
    const { world, record } = this.current.require();
    const population = world.populations.find((one) => one.name === name) ?? world.populations[0];
    if (population.count < 2) throw new SceneError(`${population.name}: ${population.count} living; an assay needs two or more`);
    const names = new Map(population.layout.loci.map(({ slot, name: locus }) => [slot, locus]));
    const start: AssayStart = {
      snapshot: world.snapshot(),
      tick: world.tick,
      seed: world.seed,
      population: population.name,
      title: population.parameters.title || population.name,
      clades: record.cladesOfCopies(population, assayedSlots(population)) ?? record.cladesOf(population),
      genomes: assayedGenomes(population),
      since: Math.max(0, (record.lastCensus[0]?.tick ?? 0) - world.scene.record.census.every),
      loci: Array.from(assayedSlots(population), (slot) => names.get(slot) ?? ''),
      segments: locusSegments(population.layout, assayedSlots(population)),
      metric: population.has('policy') ? effectMetric(population, assayedSlots(population)) : undefined,
    };
    return transfer(start, [start.snapshot, start.clades.buffer as ArrayBuffer, start.genomes.buffer as ArrayBuffer]);
  }

  /**
   * Fossils of a population, evenly over time, for a tournament in fresh worlds of the scene that the run began with.
   * @param name of the population; the first if none has that name
   * @throws {SceneError} if there are fewer than three
   */
  tournamentStart(name: string, players: number): TournamentStart {
    const { world } = this.current.require();
    const { population, fossils: all } = this.fossilsOf(name);
    if (all.length < 3) {
      throw new SceneError(
        `${population.name}: ${all.length} fossils; a tournament needs three: let the world continue, or keep organisms by hand`,
      );
    }
    const chosen = spreadEvenly(all, Math.min(Math.max(3, players), all.length));
    return {
      scene: world.initialScene,
      seed: world.seed,
      population: population.name,
      title: population.parameters.title || population.name,
      players: chosen.map(({ id, organism, tick }) => ({ fossil: id, organism, tick })),
      genomes: chosen.map(({ genome }) => genome),
    };
  }

  /** A population, the first if none has that name, and its fossils in the order of their ticks. */
  private fossilsOf(name: string) {
    const { world, record } = this.current.require();
    const index = Math.max(
      0,
      world.populations.findIndex((one) => one.name === name),
    );
    const fossils = record.fossils.filter((fossil) => fossil.population === index).sort((a, b) => a.tick - b.tick || a.id - b.id);
    return { population: world.populations[index], fossils };
  }

  /** The climb of a population between the censuses so far. @param population its name; the first if none has that name */
  climbs(population: string): ClimbReport {
    const run = this.current.require();
    const { world, accounts } = run;
    const index = Math.max(
      0,
      world.populations.findIndex(({ name }) => name === population),
    );
    const { name } = world.populations[index];
    const windows = accounts.climbs[index]?.windows ?? [];
    const momentum = climbMomentum(windows);
    return { windows, momentum, population: name, nextCensus: nextCensus(run) };
  }

  /** Price's equation of all traits between the censuses so far. */
  prices(): PriceReport {
    const run = this.current.require();
    const { world, accounts } = run;
    const [{ traits, ledgers, writers }] = world.populations;
    const titled = (id: string) => ({ id, title: vocabularyOf(world.scene).mechanisms.get(id)?.title ?? id });
    const outside = { id: immigration, title: 'Introduced' };
    return {
      windows: accounts.prices,
      traits: traits.map(({ id, title, unit }) => ({ id, title, unit })),
      mechanisms: [...ledgers.map(titled), outside],
      channels: copyChannels.map((id) => ({ id, title: channelTitles[id] })),
      writers: [...writers.map(titled), { id: expression, title: 'Expression of heterozygotes' }, outside],
      populations: world.populations.map(({ name, parameters }) => parameters.title || name),
      nextCensus: nextCensus(run),
    };
  }

  /**
   * Pairwise invasibility between two traits on the current landscape of a run.
   * @throws {SceneError} if there is no landscape of one trait, or the traits are not a range
   */
  invasion(low: number, high: number): InvasionReport {
    const { world } = this.current.require();
    if (!onLandscape(world)) throw new SceneError(`${world.scene.name}: the world is not a landscape`);
    const { form, forms } = world.scene.habitat;
    try {
      // A separate landscape: the population's own would forget the organisms it has met.
      const landscape = makeLandscape(form, 1, forms[form], world.groundSeed);
      return {
        landscape: form,
        plot: pairwiseInvasibility(landscape, low, high, invasionPoints, world.tick),
        points: singularPoints(landscape, low, high, invasionPoints, { time: world.tick }),
      };
    } catch (error) {
      if (error instanceof RangeError) throw new SceneError(error.message);
      throw error;
    }
  }
}
