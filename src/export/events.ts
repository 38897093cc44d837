import { expectObject, expectWhole } from '../record/expect-shape.ts';
import type { LifeRecord } from '../record/life-record.ts';
import type { Simulation } from '../simulation/types.ts';
import { locusFrom } from './gamete-entries.ts';
import type { TableSource } from './source.ts';
import type { TableWriter } from './table-writer.ts';

/** Fills `events`: transfers of genes, origins and ends of species, and events of the run itself. */
export function eventsSource(writer: TableWriter, record: LifeRecord): TableSource {
  let speciesTold = 0;
  let noticesTold = 0;
  /** What has happened up to a tick. A change bears the tick before which it was made. */
  const describeNotices = (simulation: Simulation, until: number) => {
    const { notices } = simulation;
    for (; noticesTold < notices.length && notices[noticesTold].tick <= until; noticesTold++) {
      const { tick, kind, population, text } = notices[noticesTold];
      writer.append([tick, kind, population, null, null, null, null, null, null, text]);
    }
  };
  const tell = (simulation: Simulation) => {
    const { events, entries } = record.species;
    for (; speciesTold < events.length; speciesTold++) {
      const { tick, kind, species, other } = events[speciesTold];
      const { name } = simulation.populations[entries[species].population];
      writer.append([tick, `species-${kind}`, name, species, other < 0 ? null : other, null, null, null, null, null]);
    }
    describeNotices(simulation, simulation.tick);
  };
  return {
    writer,
    afterTick(simulation) {
      describeNotices(simulation, simulation.tick - 1);
      for (const population of simulation.populations) {
        const { count, recipient, donor, start, end, recipientHaplotype, donorHaplotype } = simulation.transfers(population);
        const { name, layout } = population;
        for (let k = 0; k < count; k++) {
          const loci = [locusFrom(layout, start[k]), locusFrom(layout, end[k])];
          const haplotypes = [recipientHaplotype[k], donorHaplotype[k]];
          writer.append([simulation.tick, 'transfer', name, recipient[k], donor[k], ...loci, ...haplotypes, null]);
        }
      }
      tell(simulation);
    },
    sample: tell,
    finish: tell,
    state: () => ({ speciesTold, noticesTold }),
    restore(state, simulation) {
      const saved = expectObject(state, 'events');
      speciesTold = expectWhole(saved.speciesTold, 'events.speciesTold', 0, record.species.events.length);
      noticesTold = expectWhole(saved.noticesTold, 'events.noticesTold', 0, simulation.notices.length);
    },
  };
}
