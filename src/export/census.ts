import { copyChannels } from '../population/copy-counts.ts';
import type { Population } from '../population/population.ts';
import type { LifeRecord } from '../record/life-record.ts';
import type { Census } from '../record/types.ts';
import type { Simulation } from '../simulation/types.ts';
import { locusValues } from './gamete-entries.ts';
import type { RowBuffer } from './row-buffer.ts';
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
  const { genomes, descendants, ledgers } = census;
  const length = ploidy * layout.stride;
  const width = census.mechanisms.length * traits.length;
  for (let k = 0; k < census.count; k++) {
    const cells = writer.beginRow();
    cells.number(census.tick);
    cells.text(name);
    cells.number(census.id[k]);
    cells.number(census.clade[k]);
    cells.number(census.species[k]);
    cells.number(descendants ? descendants[k] : Number.NaN);
    for (let t = 0; t < traits.length; t++) cells.number(census.traits[k * traits.length + t]);
    for (let i = 0; i < width; i++) cells.number(ledgers[k * width + i]);
    writeLoci(cells, census, k, traits.length);
    cells.cell(genomes ? locusValues(layout, genomes.subarray(k * length, (k + 1) * length)) : null);
    writer.endRow();
  }
}

/** Values of `locusColumns`. */
function writeLoci(cells: RowBuffer, { locus }: Census, k: number, traits: number): void {
  if (!locus) {
    for (let i = 0; i < 4 + copyChannels.length; i++) cells.cell(null);
    return;
  }
  const { loci, ploidy, writers, descent, alleles, ledgers, origins, added } = locus;
  const row = <Column extends { subarray(from: number, to: number): ArrayLike<number> }>(
    column: Column | undefined,
    width: number,
  ) => (column ? cells.list(column.subarray(k * width, (k + 1) * width)) : cells.cell(null));
  cells.text(descent);
  row(alleles, traits * ploidy);
  row(ledgers, writers.length * traits * ploidy);
  row(origins, loci * ploidy);
  for (const channel of copyChannels) row(added?.[channel], loci * ploidy);
}
