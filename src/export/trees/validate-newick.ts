import { LabelTable } from './label-table.ts';
import { readTree, TreeColumns } from './read-tree.ts';
import { TextReader, type TextSource } from './text-reader.ts';

/** What a valid file of trees holds. */
export interface TreeTextSummary {
  readonly trees: number;
  readonly tips: number;
  readonly nodes: number;
  /** Most branches from a root to a tip. */
  readonly deepest: number;
  /** Trees that have one tip below other nodes than the root. */
  readonly chains: number;
}

/** Follows a file of trees while it is checked. */
export interface TreeVisitor {
  label(label: string, node: number, tip: boolean): void;
  /** Called after each tree, with its nodes. */
  tree(columns: TreeColumns, tips: number): void;
}

/** Sums up the trees of a file. */
export class TreeTotals {
  trees = 0;
  tips = 0;
  nodes = 0;
  deepest = 0;
  chains = 0;

  add(columns: TreeColumns, tips: number): void {
    this.trees++;
    this.tips += tips;
    this.nodes += columns.count;
    this.deepest = Math.max(this.deepest, columns.deepest);
    if (tips === 1 && columns.deepest > 1) this.chains++;
  }

  get summary(): TreeTextSummary {
    const { trees, tips, nodes, deepest, chains } = this;
    return { trees, tips, nodes, deepest, chains };
  }
}

/**
 * Checks a Newick file: one tree a line, balanced, labelled tips, labels without quotes and each once in the file, lengths
 * finite and not negative. Throws TreeTextError at the first problem. Accepts the text whole or in chunks.
 */
export function validateNewick(source: TextSource, visitor?: TreeVisitor): TreeTextSummary {
  const reader = new TextReader(source);
  const labels = new LabelTable();
  const totals = new TreeTotals();
  for (reader.skip(true); reader.code >= 0; reader.skip(true)) {
    const columns = new TreeColumns();
    let tips = 0;
    readTree(reader, columns, false, (label, node, tip, line, column) => {
      if (labels.add(label) < 0) reader.fail(`label ${label} is listed twice`, line, column);
      if (tip) tips++;
      visitor?.label(label, node, tip);
    });
    endOfLine(reader);
    totals.add(columns, tips);
    visitor?.tree(columns, tips);
  }
  if (totals.trees === 0) reader.fail('the file has no trees');
  return totals.summary;
}

/** Throws TreeTextError unless nothing follows on the line. */
export function endOfLine(reader: TextReader): void {
  reader.skip(false);
  if (reader.code >= 0 && reader.code !== 10) reader.fail(`expected the end of the line, found ${reader.here()}`);
}
