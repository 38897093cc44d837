import type { Population } from '../population/population.ts';
import type { BirthEvents, InheritanceTrace } from '../simulation/types.ts';
import { enterRoots } from './enter-living.ts';
import { chunkBits, chunkMask } from './row-chunk.ts';
import { knownRow, type Stores } from './stores.ts';

/**
 * Records the births of one population in one tick, before its deaths: parents are still known as living, or are in the bank. A revived organism whose parent died
 * before the record began is a root.
 * @param speciesOf the species of a revived organism, whose parent's may have ended: of a row of the population's table
 */
export function takeBirths(
  stores: Stores,
  population: Population,
  births: BirthEvents,
  tick: number,
  speciesOf: (row: number) => number,
): void {
  if (births.count === 0) return;
  const { individuals, ledgers, genomes } = stores;
  // Read once: its columns are made again at each look.
  const trace = columnsOf(births.trace as InheritanceTrace);
  ledgers.noteTaken(trace.taken);
  let tableRows: Int32Array | undefined;
  const rowOfNewborn = (id: number) => {
    tableRows ??= rowsOfNewborns(population, births);
    return tableRows[id - births.id[0]];
  };
  const genomeOf = (id: number) => population.genomeOf(rowOfNewborn(id));
  for (let k = 0; k < births.count; k++) {
    const revived = births.sinceDeath[k] > 0;
    if (revived && individuals.rowOf(births.parent[k]) < 0) {
      enterRoots(stores, population, rowOfNewborn(births.id[k]), 1, speciesOf);
      continue;
    }
    const first = knownRow(stores, births.parent[k]);
    const second = births.mate[k] < 0 ? -1 : knownRow(stores, births.mate[k]);
    const row = individuals.enter(births.id[k]);
    const parent = individuals.chunks[first >> chunkBits];
    const parentAt = first & chunkMask;
    const chunk = individuals.chunks[row >> chunkBits];
    const at = row & chunkMask;
    chunk.population[at] = population.index;
    chunk.second[at] = births.mate[k];
    chunk.share[at] = births.share[k];
    chunk.founder[at] = births.founder[k];
    chunk.generation[at] = births.generation[k];
    chunk.birthTick[at] = tick;
    chunk.lineTick[at] = tick;
    chunk.species[at] = parent.species[parentAt];
    chunk.x[at] = births.x[k];
    chunk.y[at] = births.y[k];
    // Offspring are those of a life, as in the tables.
    if (!revived) parent.offspring[parentAt]++;
    individuals.linkParents(row, first, second);
    genomes.addNewborn(row, trace, k, genomeOf);
    const place = ledgers.take();
    chunk.ledger[at] = place;
    const secondPlace = second < 0 ? -1 : individuals.chunks[second >> chunkBits].ledger[second & chunkMask];
    ledgers.inherit(place, parent.ledger[parentAt], secondPlace, births.share[k], trace.traitChange, k * ledgers.width);
    if (revived) chunk.species[at] = speciesOf(rowOfNewborn(births.id[k]));
  }
}

/** Rows of a population's table by id minus the first newborn's: ids of births ascend. */
function rowsOfNewborns({ table }: Population, births: BirthEvents): Int32Array {
  const first = births.id[0];
  const rows = new Int32Array(births.id[births.count - 1] - first + 1);
  const id = table.f64('id');
  for (let row = 0; row < table.count; row++) if (id[row] >= first) rows[id[row] - first] = row;
  return rows;
}

const columnsOf = (trace: InheritanceTrace): InheritanceTrace => ({
  maskWords: trace.maskWords,
  masks: trace.masks,
  changeStarts: trace.changeStarts,
  changeSlot: trace.changeSlot,
  changeValue: trace.changeValue,
  mechanisms: trace.mechanisms,
  traitChange: trace.traitChange,
  taken: trace.taken,
});
