import type { Phylogeny } from '../../analysis/tree/phylogeny.ts';
import { readTree, TreeColumns } from './read-tree.ts';
import { TextReader, type TextSource } from './text-reader.ts';
import { endOfLine } from './validate-newick.ts';

/** A forest that was read; `label[node]` is '' where a label is missing. */
export interface ParsedTrees {
  /** Time starts at 0 where each root's own branch starts. */
  readonly phylogeny: Phylogeny;
  readonly label: readonly string[];
}

/** Reads Newick with the rules of `validateNewick`, except that labels may repeat. Throws TreeTextError. */
export function parseNewick(source: TextSource): ParsedTrees {
  const reader = new TextReader(source);
  const columns = new TreeColumns();
  const label: string[] = [];
  for (reader.skip(true); reader.code >= 0; reader.skip(true)) {
    readTree(reader, columns, false, (text, node) => {
      label[node] = text;
    });
    endOfLine(reader);
  }
  const { count } = columns;
  const parent = columns.parent.slice(0, count);
  const [origin, end] = [new Float64Array(count), new Float64Array(count)];
  for (let i = 0; i < count; i++) {
    if (parent[i] >= 0) origin[i] = end[parent[i]];
    end[i] = origin[i] + columns.length[i];
  }
  const line = Int32Array.from(parent, (_, i) => i);
  return {
    phylogeny: { count, parent, origin, end, id: Float64Array.from(line), line },
    label: Array.from(line, (i) => label[i] ?? ''),
  };
}
