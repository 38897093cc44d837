import type { Column } from '../ecs/table.ts';
import type { Block } from '../kernel/memory.ts';
import type { Births } from '../population/births.ts';
import { followGametes } from '../population/copy-alleles.ts';
import type { Population } from '../population/population.ts';

const blocks = new WeakMap<Population, { readonly block: Block; rates: Float32Array | undefined }>();

/**
 * Writes the haplotypes of the newborns that have two parents, each gamete beginning with the source that the first bit of its
 * mask names.
 * @param rates chance of a change of source a slot (`recombinationRates`), or undefined for none
 * @param convert changes gametes and masks before traces follow them
 */
export function formGametes(
  births: Births,
  rates: Float32Array | undefined,
  stream: readonly [number, number],
  convert?: () => void,
): void {
  const { population, count, firstRow } = births;
  const { arena, layout, ploidy, haplotypes } = population;
  let held = blocks.get(population);
  if (!held) {
    held = { block: arena.allocate(`${population.name} recombination rates`, 4 * layout.stride), rates: undefined };
    blocks.set(population, held);
  }
  if (held.rates !== rates || rates === undefined) {
    if (rates) held.block.f32().set(rates);
    else held.block.f32().fill(-1);
    held.rates = rates;
  }
  const { table } = population;
  const { mates, keyLow, keyHigh } = table.columns;
  const column = (h: number) => table.of(haplotypes[h]);
  for (let g = 0; g < ploidy; g++) {
    // Haploid: a mosaic of two organisms. Diploid: of the two haplotypes of the first parent, and of the second.
    const rows = g === 0 ? pairedParents(births) : mates;
    arena.kernel.formGametes({
      count,
      first: firstRow,
      rowsA: rows,
      columnA: column(0),
      rowsB: ploidy === 1 ? mates : rows,
      columnB: column(ploidy - 1),
      target: column(g),
      slots: layout.stride,
      rates: held.block,
      masks: births.masksOf(g),
      keyLow,
      keyHigh,
      stream,
      draw: g,
    });
  }
  convert?.();
  followGametes(population);
}

/** First parents, or -1 for newborns that have one parent only among others that have two: they are clones, as revived ones are. */
function pairedParents({ count, population }: Births): Column<'u32'> {
  const { parents, mates, ready } = population.table.columns;
  const second = mates.values.subarray(0, count);
  if (population.ploidy === 1 || !second.includes(-1)) return parents;
  // `ready` is not needed again in this tick.
  for (let k = 0; k < count; k++) ready.values[k] = second[k] < 0 ? 0xffff_ffff : parents.values[k];
  return ready;
}
