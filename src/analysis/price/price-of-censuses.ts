import type { Census } from '../../record/types.ts';
import { type PriceAccount, priceOfWindow } from './price-of-window.ts';

/**
 * Price's equation between a census and the next one of the same population, from the living record.
 * @param trait place of the trait among the census's
 * @param traits number of traits
 * @throws {RangeError} if the descendants of the first are not known yet, that is, the second is not the one after it
 * @public
 */
export function priceOfCensuses(opened: Census, closed: Census, trait: number, traits: number): PriceAccount {
  if (!opened.descendants || opened.population !== closed.population || opened.tick >= closed.tick) {
    throw new RangeError(`the census of tick ${closed.tick} does not directly follow that of tick ${opened.tick}`);
  }
  const column = ({ count, traits: values }: Census) =>
    Float64Array.from({ length: count }, (_, k) => values[k * traits + trait]);
  const ledger = ({ count, ledgers, mechanisms }: Census, m: number) =>
    Float64Array.from({ length: count }, (_, k) => ledgers[k * mechanisms.length * traits + m * traits + trait]);
  return priceOfWindow({
    before: column(opened),
    descendants: opened.descendants,
    clades: opened.clade,
    families: opened.elder,
    after: column(closed),
    ledgers: opened.mechanisms.map((mechanism, m) => ({ mechanism, before: ledger(opened, m), after: ledger(closed, m) })),
  });
}
