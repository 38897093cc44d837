import { csvField } from '../csv-field.ts';
import type { Sink } from '../export-table.ts';
import type { History } from '../history.ts';
import { transfersByRecipient } from '../transfers-by-recipient.ts';
import { organismLabel } from '../trees/organism-tree.ts';
import { TextSink } from '../trees/text-sink.ts';

/** Columns of `pedigree.csv`, the required ones of the standard first. */
export const pedigreeColumns = [
  'id',
  'ancestor_list',
  'origin_time',
  'destruction_time',
  'taxon_label',
  'population',
  'species_id',
  'generation',
  'offspring_count',
  'first_parent_share',
  'transfer_donor_list',
] as const;

/**
 * Writes the pedigree of organisms in the data standard of artificial life, with all parents, parents first. In the standard's
 * sense donors of genes are not ancestors: they have a column of their own, each donor once, the earliest first.
 */
export function writePedigree({ organisms, transfers, populations }: History, sink: Sink): void {
  const { count, id, firstParent, secondParent, firstShare, birthTick, deathTick, species, generation, offspring } = organisms;
  const names = populations.map(({ name }) => csvField(name));
  const { starts, order } = transfersByRecipient(transfers, count);
  const writer = new TextSink(sink);
  writer.write(`${pedigreeColumns.join()}\n`);
  for (let row = 0; row < count; row++) {
    const first = firstParent[row];
    const second = secondParent[row];
    let ancestors = '[none]';
    if (first >= 0) ancestors = second >= 0 && second !== first ? `"[${id[first]},${id[second]}]"` : `[${id[first]}]`;
    else if (second >= 0) ancestors = `[${id[second]}]`;
    const death = deathTick[row];
    const kind = species[row] < 0 ? '' : species[row];
    let donors = '[none]';
    if (starts[row + 1] > starts[row]) {
      const ids = new Set<number>();
      for (let k = starts[row]; k < starts[row + 1]; k++) ids.add(transfers.donorId[order[k]]);
      // A donor drawn from all organisms may be the recipient.
      ids.delete(id[row]);
      if (ids.size > 0) donors = ids.size === 1 ? `[${[...ids][0]}]` : `"[${[...ids].join()}]"`;
    }
    writer.write(
      `${id[row]},${ancestors},${birthTick[row]},${death !== death ? 'inf' : death},${organismLabel(id[row])},${names[organisms.population[row]]},${kind},${generation[row]},${offspring[row]},${firstShare[row]},${donors}\n`,
    );
  }
  writer.flush();
}
