import { LabelTable } from './label-table.ts';
import { readTree, TreeColumns } from './read-tree.ts';
import { TextReader, type TextSource } from './text-reader.ts';

/** What a valid file of trees holds. */
export interface TreeTextSummary {
  readonly trees: number;
  readonly tips: number;
  readonly nodes: number;
}

/**
 * Checks a Newick file: one tree a line, balanced, labelled tips, labels without quotes and each once in the file, lengths
 * finite and not negative. Throws TreeTextError at the first problem. Takes the text whole or in chunks.
 */
export function validateNewick(source: TextSource): TreeTextSummary {
  const reader = new TextReader(source);
  const labels = new LabelTable();
  let [trees, tips, nodes] = [0, 0, 0];
  for (reader.skip(true); reader.code >= 0; reader.skip(true)) {
    const columns = new TreeColumns();
    readTree(reader, columns, false, (label, _node, tip, line, column) => {
      if (labels.add(label) < 0) reader.fail(`label ${label} stands a second time`, line, column);
      if (tip) tips++;
    });
    endOfLine(reader);
    trees++;
    nodes += columns.count;
  }
  if (trees === 0) reader.fail('the file holds no tree');
  return { trees, tips, nodes };
}

/** Throws TreeTextError unless nothing follows on the line. */
export function endOfLine(reader: TextReader): void {
  reader.skip(false);
  if (reader.code >= 0 && reader.code !== 10) reader.fail(`expected the end of the line, found ${reader.here()}`);
}
