import type { Population } from '../population/population.ts';
import { chunkBits, chunkMask } from './row-chunk.ts';
import type { Stores } from './stores.ts';

/** Enters the living of a population, whose births were not seen, as roots of the record. */
export function enterLiving({ individuals, genomes, ledgers }: Stores, population: Population, species: number): void {
  const { table, index } = population;
  const [id, founder] = [table.f64('id'), table.f64('founder')];
  const [birthTick, generation, offspring] = [table.i32('birthTick'), table.u32('generation'), table.u32('offspring')];
  const [x, y] = [table.f32('x'), table.f32('y')];
  for (let from = 0; from < table.count; from++) {
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
    chunk.species[at] = species;
    chunk.offspring[at] = offspring[from];
    chunk.x[at] = x[from];
    chunk.y[at] = y[from];
    individuals.linkParents(row, -1, -1);
    genomes.addRoot(row, population.genomeOf(from));
    chunk.ledger[at] = ledgers.take();
    ledgers.open(chunk.ledger[at], founder[from]);
  }
}
