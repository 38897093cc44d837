import type { Tree } from '../../analysis/tree/tree.ts';
import type { Sink } from '../export-table.ts';
import { labelsOf } from './label.ts';
import { networkOf } from './network.ts';
import { type Reticulations, reticulationKinds } from './reticulations.ts';
import { TextSink } from './text-sink.ts';
import { writeBranches } from './write-branches.ts';

/**
 * Writes a forest with reticulations as extended Newick (Cardona, Rossello & Valiente 2008, BMC Bioinformatics 9: 532), one
 * network a line. A hybrid node is `name#H1` once for each of its two parents; its subtree is written at its own line. Names
 * are `<label>.birth` for a line with a second parent, `<label>.transfer<tick>` for a transfer to it (and
 * `<label>.transfer<tick>.2` for the second of that tick), and `<label>.merge` for the end of a line in another one. Times are
 * those of 'budding': the times of tips are true.
 * Throws RangeError for a forest without lines, a label that readers cannot read, or a reticulation outside its lines.
 */
export function writeExtendedNewick(
  tree: Tree,
  reticulations: Reticulations,
  { present, label }: { readonly present: number; readonly label?: (node: number) => string },
  sink: Sink,
): void {
  if (tree.count === 0) throw new RangeError('extended Newick: no line to write');
  const network = networkOf(tree, reticulations, present);
  const { line, hybrid } = network;
  const name = labelsOf(tree, label);
  const ordinals = transferOrdinals(tree, reticulations);
  const hybridLabel = (k: number) => {
    const kind = reticulationKinds[reticulations.kind[k]];
    const of = name(kind === 'merge' ? reticulations.from[k] : reticulations.line[k]);
    const ordinal = ordinals[k] > 1 ? `.${ordinals[k]}` : '';
    return `${of}.${kind}${kind === 'transfer' ? reticulations.tick[k] : ''}${ordinal}#H${k + 1}`;
  };
  const out = new TextSink(sink);
  const text = (node: number) => (hybrid[node] >= 0 ? hybridLabel(hybrid[node]) : line[node] < 0 ? '' : name(line[node]));
  writeBranches(network, text, out);
  out.flush();
}

/**
 * The number of each transfer among those of its tick to its line, from 1; 0 for other reticulations. Transfers of a line are
 * in the order of ticks.
 */
function transferOrdinals(tree: Tree, { count, line, tick, kind }: Reticulations): Uint32Array {
  const transfer = reticulationKinds.indexOf('transfer');
  const last = new Int32Array(tree.count).fill(-1);
  const ordinals = new Uint32Array(count);
  for (let k = 0; k < count; k++) {
    if (kind[k] !== transfer) continue;
    const before = last[line[k]];
    ordinals[k] = before >= 0 && tick[before] === tick[k] ? ordinals[before] + 1 : 1;
    last[line[k]] = k;
  }
  return ordinals;
}
