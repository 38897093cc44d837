import type { Population } from '../population/population.ts';
import type { LifeRecord } from '../record/life-record.ts';
import type { Census } from '../record/types.ts';
import type { Simulation } from '../simulation/types.ts';
import type { Cell } from './export-table.ts';
import { locusValues } from './gamete-entries.ts';
import type { TableSource } from './source.ts';
import type { TableWriter } from './table-writer.ts';

/** Fills `census`: the rows of a census when the next one has told how many descendants each has. */
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
    cells.push(genomes ? locusValues(layout, genomes.subarray(k * length, (k + 1) * length)) : null);
    writer.append(cells);
  }
}
