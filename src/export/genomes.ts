import type { LifeRecord } from '../record/life-record.ts';
import { locusValues } from './gamete-entries.ts';
import type { GenomeChoice } from './organisms.ts';
import { placesIn } from './places.ts';
import type { TableSource } from './source.ts';
import type { TableWriter } from './table-writer.ts';

/** Fills `genomes` when the run ends: fossils and, on request, the ancestors. */
export function genomesSource(writer: TableWriter, genomes: GenomeChoice, record: LifeRecord): TableSource {
  return {
    writer,
    afterTick() {},
    sample() {},
    finish({ populations, initialScene }) {
      const placesAt = placesIn(initialScene);
      // An ancestor’s place is not kept.
      const nowhere = placesAt(0, 0).map(() => null);
      for (const fossil of record.fossils) {
        const { name, layout } = populations[fossil.population];
        const { organism, tick, species, generation, id, reason, x, y } = fossil;
        const genome = locusValues(layout, fossil.genome);
        writer.append([organism, name, 'fossil', tick, species, generation, id, reason, x, y, ...placesAt(x, y), genome]);
      }
      if (genomes !== 'kept') return;
      record.visitAncestors((kin, born) => {
        const { name, layout } = populations[kin.population];
        const genome = locusValues(layout, born);
        const { id, birthTick, species, generation } = kin;
        writer.append([id, name, 'ancestor', birthTick, species, generation, null, null, null, null, ...nowhere, genome]);
      });
    },
    state: () => null,
    restore() {},
  };
}
