import type { Population } from '../population/population.ts';
import { chunkBits, chunkMask } from './row-chunk.ts';
import type { Stores } from './stores.ts';

/** Adds the living of a population, whose births were not seen, as roots of the record. */
export function enterLiving(stores: Stores, population: Population, species: number): void {
  enterRoots(stores, population, 0, population.count, () => species);
}

/**
 * Adds organisms whose parents are not known to the record.
 * @param first and `count`: their rows in the population's table
 * @param speciesOf the species of the organism in a row
 */
export function enterRoots(
  { individuals, genomes, ledgers }: Stores,
  population: Population,
  first: number,
  count: number,
  speciesOf: (row: number) => number,
): void {
  const { table, index } = population;
  const [id, founder] = [table.f64('id'), table.f64('founder')];
  const [birthTick, generation, offspring] = [table.i32('birthTick'), table.u32('generation'), table.u32('offspring')];
  const [x, y] = [table.f32('x'), table.f32('y')];
  for (let from = first; from < first + count; from++) {
    const row = individuals.enter(id[from]);
    const chunk = individuals.chunks[row >> chunkBits];
    const at = row & chunkMask;
    chunk.population[at] = index;
    chunk.second[at] = -1;
    chunk.share[at] = 1;
    chunk.founder[at] = founder[from];
    chunk.generation[at] = generation[from];
    chunk.birthTick[at] = birthTick[from];
    chunk.lineTick[at] = birthTick[from];
    chunk.species[at] = speciesOf(from);
    chunk.offspring[at] = offspring[from];
    chunk.x[at] = x[from];
    chunk.y[at] = y[from];
    individuals.linkParents(row, -1, -1);
    genomes.addRoot(row, population.genomeOf(from));
    chunk.ledger[at] = ledgers.take();
    ledgers.open(chunk.ledger[at], founder[from]);
  }
}
