import { transfer } from 'comlink';
import { nameGenome } from '../../genome/fit-genome.ts';
import { onLandscape } from '../../simulation/kinds.ts';
import type { CurrentRun } from '../current-run.ts';
import type { LandscapeShow } from '../landscape/landscape-show.ts';
import { type FossilReport, type FossilText, fossilText, reportFossil } from '../report-fossil.ts';
import { type LineOfDescent, reportLine } from '../report-line.ts';
import { type Phylogeny, reportPhylogeny } from '../report-phylogeny.ts';
import type { SeriesData } from '../series.ts';
import { reportStory } from '../story/report-story.ts';
import type { Story } from '../story/story.ts';

/** What is recorded of the run: series, lines of descent, species, fossils. */
export class RecordTopic {
  constructor(
    private readonly current: CurrentRun,
    private readonly show: LandscapeShow,
  ) {}

  /** @param columns their indices in the list of the world's columns */
  series(columns: readonly number[]): SeriesData {
    const data = this.current.require().recorder.series.read(columns);
    const buffers = [data.ticks, ...data.mean, ...data.minimum, ...data.maximum].map((column) => column.buffer as ArrayBuffer);
    return transfer(data, buffers);
  }

  phylogeny(): Phylogeny {
    const { record, world } = this.current.require();
    return reportPhylogeny(record, world);
  }

  /** Hues of all species so far, as shares of a turn, by id: those of the present frame. */
  hues(): ReadonlyMap<number, number> {
    const run = this.current.require();
    void run.record;
    return run.hues.ofSpecies();
  }

  /** Undefined if the organism is not in the record. */
  lineOf(id: number): LineOfDescent | undefined {
    const { record, world } = this.current.require();
    return reportLine(record, id, world.initialScene, onLandscape(world) ? this.show.placesOf(world) : undefined);
  }

  /** How an organism came to be as it is; undefined if it is not in the record. */
  async story(id: number): Promise<Story | undefined> {
    const { changes, record, world } = this.current.require();
    return reportStory(world, record, changes.made(), id);
  }

  /** The genome with which a kept organism was born, a value a locus, haplotypes one behind the other; undefined if it is not in the record. */
  bornGenome(id: number): readonly number[] | undefined {
    const { record, world } = this.current.require();
    const own = record.individual(id);
    if (!own) return undefined;
    const { layout, ploidy } = world.populations[own.population];
    let values: readonly number[] = [];
    record.visitLine(id, ({ id: one }, { born }) => {
      if (one === id) values = nameGenome(layout, ploidy, born).values;
    });
    return values;
  }

  fossils(): readonly FossilText[] {
    return this.current.require().record.fossils.map(fossilText);
  }

  /** @throws {Error} if there is no such fossil */
  fossil(id: number): FossilReport {
    const { world, record } = this.current.require();
    return reportFossil(world, record, id);
  }

  /** Keeps a living organism as a fossil and returns the fossil's id. @param name of its population @throws {Error} if it is dead */
  keepFossil(name: string, id: number): number {
    const { world, record } = this.current.require();
    if (this.current.populationNamed(name).rowOf(id) < 0) throw new Error(`organism ${id} is not alive; pick another`);
    record.keepFossil(world, id);
    return (record.fossils.at(-1) as FossilText).id;
  }
}
