import { pairNearest, transplantContests, transplantSegments, usualSegments } from '../../analysis/transplant/transplant.ts';
import type { Population } from '../../population/population.ts';
import { SceneError } from '../../scene/error.ts';
import type { CurrentRun } from '../current-run.ts';
import type { TransplantStart } from '../tasks/task-protocol.ts';

/** A part of the genome that can be transplanted. */
export interface SegmentChoice {
  readonly name: string;
  /** Number of its loci. */
  readonly loci: number;
  /** Whether it is taken where none is chosen. */
  readonly usual: boolean;
}

/** What the page asks of transplants between fossils. */
export class TransplantsTopic {
  constructor(private readonly current: CurrentRun) {}

  /** Parts of the genomes of a population that can be transplanted. @param name of the population; the first if none has that name */
  segments(name: string): readonly SegmentChoice[] {
    const { layout } = this.populationOf(name);
    const all = transplantSegments(layout, slotsOf(layout));
    const usual = usualSegments(all);
    return all.map((one) => ({ name: one.name, loci: one.loci.length, usual: usual.includes(one) }));
  }

  /**
   * Contests of later loci of fossils with earlier ones, in earlier and in later genomes.
   * @param name of the population; the first if none has that name
   * @param wanted pairs of fossils: those nearest to these ticks
   * @param names of segments; undefined for the usual ones
   * @throws {SceneError} if there are too few fossils, genomes are one segment, or no segment has one of the names
   */
  start(name: string, from: number, to: number, wanted: number, names: readonly string[] | undefined): TransplantStart {
    const { world, record } = this.current.require();
    const population = this.populationOf(name);
    const fossils = record.fossils
      .filter((fossil) => fossil.population === population.index)
      .sort((a, b) => a.tick - b.tick || a.id - b.id);
    const found = from < to && fossils.length > 0 ? pairNearest(fossils, from, to, wanted) : undefined;
    if (!found) {
      throw new SceneError(
        `${population.name}: ${fossils.length} fossils, too few for ${wanted} pairs near ticks ${from} and ${to}: choose fewer pairs or ticks further apart, or let the world continue`,
      );
    }
    const { layout, ploidy } = population;
    const slots = slotsOf(layout);
    const all = transplantSegments(layout, slots);
    if (all.length === 0) throw new SceneError(`${population.name}: genomes are one segment; hold a tournament instead`);
    const segments = names ? all.filter((one) => names.includes(one.name)) : usualSegments(all);
    if (segments.length === 0 || (names && segments.length < names.length))
      throw new SceneError(`${population.name}: no such part of the genome; choose one or more of ${all.length}`);
    const text = ({ id, tick }: (typeof fossils)[number]) => ({ fossil: id, tick });
    return {
      scene: world.initialScene,
      seed: world.seed,
      population: population.name,
      loci: slots.length,
      segments: segments.map((segment) => ({ name: segment.name, loci: segment.loci.length })),
      pairs: found.map(({ earlier, later }) => ({ earlier: text(earlier), later: text(later) })),
      contests: found.flatMap(({ earlier, later }, pair) =>
        transplantContests({ earlier: earlier.genome, later: later.genome }, segments, {
          ploidy,
          stride: layout.stride,
          slots,
        }).map((contest) => ({ ...contest, pair, segment: contest.segment?.name ?? '' })),
      ),
    };
  }

  private populationOf(name: string): Population {
    const { populations } = this.current.require().world;
    return populations.find((one) => one.name === name) ?? populations[0];
  }
}

const slotsOf = (layout: Population['layout']) => layout.loci.map(({ slot }) => slot);
