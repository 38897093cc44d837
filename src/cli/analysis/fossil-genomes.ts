import { listColumn, nameColumn, numberColumn } from '../../export/history-columns.ts';
import { ParquetReader } from '../../export/parquet-reader.ts';
import { FormatError } from '../../export/validate/format-error.ts';
import type { GenomeLayout } from '../../genome/layout.ts';
import { suggest } from '../../parameter/nearest.ts';
import { showText } from '../../parameter/show.ts';
import type { Scene } from '../../scene/schema.ts';
import { createSimulation } from '../../simulation/create.ts';
import type { Io } from '../io.ts';
import type { FinishedRun } from '../read-history.ts';
import { UserError } from '../user-error.ts';

/** A fossil of a finished run. */
export interface KeptFossil {
  readonly fossil: number;
  readonly organism: number;
  readonly tick: number;
  /** One value for each locus, in the order of the table loci, haplotypes one behind the other. */
  readonly loci: Float32Array;
}

/** A fossil as reports and files name it, without its genome. */
export const nameFossil = ({ fossil, organism, tick }: KeptFossil) => ({ fossil, organism, tick });

/** The scene of a finished run, one of its populations, and the fossils of that in the order of their ticks. */
export interface FossilsOfRun {
  readonly scene: Scene;
  readonly population: string;
  readonly fossils: readonly KeptFossil[];
}

/**
 * @param run opened with the table genomes
 * @param wanted name of the population; the first by default
 * @throws {UserError} if the run has no such table or population
 */
export async function fossilsOf(io: Io, run: FinishedRun, directory: string, wanted: string | undefined): Promise<FossilsOfRun> {
  const shown = showText(directory, 200);
  const file = run.tables.get('genomes.parquet');
  if (!file) throw new UserError(`${shown} has no genomes.parquet; make the run again with this version`);
  const scene = io.catalogue.parseScene(run.history.provenance.scene, `${directory}: provenance.json: scene`);
  const names = Object.keys(scene.populations);
  const population = wanted ?? names[0];
  if (!names.includes(population)) {
    throw new UserError(`there is no population '${showText(population)}' in ${shown}; ${suggest(population, names)}`);
  }
  return { scene, population, fossils: await readFossils(await ParquetReader.open('genomes.parquet', file), population) };
}

async function readFossils(table: ParquetReader, population: string): Promise<KeptFossil[]> {
  const [names, kinds]: string[][] = [[], []];
  const [of, kept] = [await nameColumn(table, 'population', names), await nameColumn(table, 'kept_as', kinds)];
  const [fossil, organism, tick] = [
    await numberColumn(table, 'fossil_id', -1),
    await numberColumn(table, 'organism_id', -1),
    await numberColumn(table, 'tick', -1),
  ];
  const { starts, items } = await listColumn(table, 'genome', Float32Array);
  return Array.from(of, (_, row) => row)
    .filter((row) => names[of[row]] === population && kinds[kept[row]] === 'fossil')
    .map((row) => ({
      fossil: fossil[row],
      organism: organism[row],
      tick: tick[row],
      loci: items.slice(starts[row], starts[row + 1]),
    }))
    .sort((a, b) => a.tick - b.tick || a.fossil - b.fossil);
}

/** Layout of the genomes of a population in a world of a scene. */
export interface PlacedLayout {
  readonly layout: GenomeLayout;
  readonly ploidy: number;
}

/** Whole genomes of fossils in the layout of a world of their scene. @throws {FormatError} if one has another number of loci */
export function placeGenomes(
  scene: Scene,
  name: string,
  fossils: readonly KeptFossil[],
): PlacedLayout & { genomes: Float32Array[] } {
  const simulation = createSimulation(scene, 'layout');
  const population = simulation.populations.find((one) => one.name === name);
  if (!population) throw new Error(`no population '${name}'`);
  const { layout, ploidy, genomeLength } = population;
  simulation.dispose();
  const genomes = fossils.map(({ loci, fossil }) => {
    if (loci.length !== ploidy * layout.loci.length) {
      throw new FormatError('genomes.parquet', `fossil ${fossil} has ${loci.length} loci, not ${ploidy * layout.loci.length}`);
    }
    const genome = new Float32Array(genomeLength);
    for (let h = 0; h < ploidy; h++) {
      for (const [position, { slot }] of layout.loci.entries()) {
        genome[h * layout.stride + slot] = loci[h * layout.loci.length + position];
      }
    }
    return genome;
  });
  return { layout, ploidy, genomes };
}
