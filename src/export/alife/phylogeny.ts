import { csvField } from '../csv-field.ts';
import type { Sink } from '../export-table.ts';
import type { History } from '../history.ts';
import { speciesLabel } from '../trees/species-tree.ts';
import { TextSink } from '../trees/text-sink.ts';

/** Columns of `phylogeny.csv`, the required ones of the standard first. */
export const phylogenyColumns = [
  'id',
  'ancestor_list',
  'origin_time',
  'destruction_time',
  'taxon_label',
  'population',
  'fate',
  'merged_into',
  'representative_id',
  'peak_count',
] as const;

/**
 * Writes the phylogeny of species in the data standard of artificial life (Lalejini et al. 2019, ALIFE): at most one ancestor,
 * parents first. The species that a species merged into is not its ancestor and has a column of its own.
 */
export function writePhylogeny({ species, populations }: History, sink: Sink): void {
  const { count, id, parent, population, originTick, endTick, fate, mergedInto, representative, peak } = species;
  const writer = new TextSink(sink);
  writer.write(`${phylogenyColumns.join()}\n`);
  for (let row = 0; row < count; row++) {
    const ancestors = parent[row] < 0 ? '[none]' : `[${id[parent[row]]}]`;
    const end = endTick[row];
    const lives = end !== end;
    const into = mergedInto[row] < 0 ? '' : id[mergedInto[row]];
    const named = csvField(populations[population[row]].name);
    writer.write(
      `${id[row]},${ancestors},${originTick[row]},${lives ? 'inf' : end},${speciesLabel(id[row])},${named},${fate[row]},${into},${representative[row]},${peak[row]}\n`,
    );
  }
  writer.flush();
}
