import type { LifeRecord } from '../record/life-record.ts';
import { locusValues } from './gamete-entries.ts';
import type { TableSource } from './source.ts';
import type { TableWriter } from './table-writer.ts';

const known = (id: number) => (id < 0 ? null : id);

/** Fills `species` when the run ends. */
export function speciesSource(writer: TableWriter, record: LifeRecord): TableSource {
  return {
    writer,
    afterTick() {},
    sample() {},
    finish({ populations }) {
      for (const entry of record.species.entries) {
        const { name, layout } = populations[entry.population];
        writer.append([
          entry.id,
          known(entry.parent),
          name,
          entry.originTick,
          entry.endTick,
          entry.fate,
          known(entry.mergedInto),
          entry.representative,
          entry.peak,
          locusValues(layout, entry.genome),
        ]);
      }
    },
    state: () => null,
    restore() {},
  };
}
