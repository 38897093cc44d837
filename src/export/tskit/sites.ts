import type { Sink } from '../export-table.ts';
import type { ChangeHistory, History } from '../history.ts';
import { TextSink } from '../trees/text-sink.ts';
import { encodeBase64 } from './base64.ts';
import type { ChosenSites } from './chosen-sites.ts';

/** A value as text that reads back to the same float, including the sign of zero. */
export const stateText = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

/** Value of the first founder that has the locus, by locus. The other founders have mutations of their own. */
export function ancestralStates({ organisms, populations }: History, changes: ChangeHistory, length: number): Float32Array {
  const states = new Float32Array(length);
  let known = 0;
  for (let row = 0; row < organisms.count && known < length; row++) {
    if (organisms.firstParent[row] >= 0) continue;
    const { loci } = populations[organisms.population[row]];
    for (; known < loci; known++) states[known] = changes.values[changes.starts[row] + known];
  }
  return states;
}

/** Writes `sites.txt`: a site for each chosen locus where the changes of births are known; otherwise no sites. */
export function writeSites(history: History, { positions, metadata }: ChosenSites, length: number, sink: Sink): void {
  const writer = new TextSink(sink);
  writer.write('position\tancestral_state\tmetadata\n');
  if (history.changes) {
    const states = ancestralStates(history, history.changes, length);
    for (const [site, position] of positions.entries()) {
      writer.write(`${position}\t${stateText(states[position])}\t${encodeBase64(metadata[site])}\n`);
    }
  }
  writer.flush();
}
