import { copyChannels } from '../population/copy-counts.ts';
import type { Population } from '../population/population.ts';
import type { LifeRecord } from '../record/life-record.ts';
import type { Census } from '../record/types.ts';
import type { Simulation } from '../simulation/types.ts';
import type { Cell } from './export-table.ts';
import { locusValues } from './gamete-entries.ts';
import type { TableSource } from './source.ts';
import type { TableWriter } from './table-writer.ts';

/** Fills `census`: the rows of a census are written when the next one has counted the descendants of each organism. */
export function censusSource(writer: TableWriter, record: LifeRecord, { populations }: Simulation): TableSource {
  record.onCensus((census) => append(writer, populations[census.population], census));
  return {
    writer,
    afterTick() {},
    sample() {},
    finish() {},
    state: () => null,
    restore() {},
  };
}

function append(writer: TableWriter, { name, layout, ploidy, traits }: Population, census: Census): void {
  const { genomes } = census;
  const length = ploidy * layout.stride;
  const width = census.mechanisms.length * traits.length;
  for (let k = 0; k < census.count; k++) {
    const cells: Cell[] = [census.tick, name, census.id[k], census.clade[k], census.species[k]];
    cells.push(census.descendants ? census.descendants[k] : null);
    for (let t = 0; t < traits.length; t++) cells.push(census.traits[k * traits.length + t]);
    for (let i = 0; i < width; i++) cells.push(census.ledgers[k * width + i]);
    cells.push(...locusCells(census, k, traits.length));
    cells.push(genomes ? locusValues(layout, genomes.subarray(k * length, (k + 1) * length)) : null);
    writer.append(cells);
  }
}

/** Values of `locusColumns`. */
function locusCells({ locus }: Census, k: number, traits: number): Cell[] {
  if (!locus) return [null, null, null, null, ...copyChannels.map(() => null)];
  const { loci, ploidy, writers, descent, alleles, ledgers, origins, added } = locus;
  const rowOf = <Column extends { subarray(from: number, to: number): ArrayLike<number> }>(
    column: Column | undefined,
    width: number,
  ) => column?.subarray(k * width, (k + 1) * width) ?? null;
  return [
    descent,
    rowOf(alleles, traits * ploidy),
    rowOf(ledgers, writers.length * traits * ploidy),
    rowOf(origins, loci * ploidy),
    ...copyChannels.map((channel) => rowOf(added?.[channel], loci * ploidy)),
  ];
}
