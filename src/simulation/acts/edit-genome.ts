import { suggest } from '../../parameter/nearest.ts';
import { showText } from '../../parameter/show.ts';
import { develop } from '../../population/genomes.ts';
import type { Acts } from '../../scene/acts.ts';
import { SceneError } from '../../scene/error.ts';
import { type InterventionResult, type InterventionScope, populationNamed, rowOfLiving } from './intervention.ts';
import { admit } from './place-organisms.ts';
import { takeOut } from './remove-organisms.ts';

/**
 * Replaces an organism by one with other values at some loci, in all haplotypes: of the same age, at its place and with its reserve.
 * @throws {SceneError} if it does not live, or a locus is unknown
 */
export function editGenome(scope: InterventionScope, { population: name, id, loci }: Acts['edit']): InterventionResult {
  const population = populationNamed(scope, name);
  const row = rowOfLiving(population, id);
  const { layout, ploidy } = population;
  const slots = new Map(layout.loci.map((locus) => [locus.name, locus.slot]));
  const genome = population.genomeOf(row);
  const edited = Object.entries(loci);
  if (edited.length === 0) throw new SceneError(`no locus given for organism ${id}; name at least one`);
  for (const [locus, value] of edited) {
    const slot = slots.get(locus);
    if (slot === undefined) {
      throw new SceneError(`genomes of ${name} have no locus '${showText(locus)}'; ${suggest(locus, [...slots.keys()])}`);
    }
    for (let h = 0; h < ploidy; h++) genome[h * layout.stride + slot] = value;
  }
  const kept = ['x', 'y', 'headingX', 'headingY', 'energy'] as const;
  const body = kept.map((column) => population.table.f32(column)[row]);
  const birthTick = population.table.i32('birthTick')[row];
  takeOut(population, [row]);
  admit(scope, population, genome, 1);
  const { births, table } = population;
  const { firstRow } = births;
  develop(population, firstRow, 1);
  population.copyToOwn(firstRow, 1);
  for (const [k, column] of kept.entries()) table.f32(column)[firstRow] = body[k];
  table.i32('birthTick')[firstRow] = birthTick;
  // A larger body may hold more than the reserve was made for, a smaller one no more than its storage.
  const [energy, storage] = [table.f32('energy'), table.f32('storage')];
  energy[firstRow] = Math.min(energy[firstRow], storage[firstRow]);
  births.noteArrivals();
  const own = table.f64('id')[firstRow];
  const where = `${edited.length} ${edited.length === 1 ? 'locus' : 'loci'}`;
  return { text: `the genome of organism ${id} was edited at ${where} by hand; it is now organism ${own}`, organism: own };
}
