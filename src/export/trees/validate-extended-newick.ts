import { LabelTable } from './label-table.ts';
import { readTree, TreeColumns } from './read-tree.ts';
import { TextReader, type TextSource } from './text-reader.ts';
import { endOfLine, type TreeTextSummary, TreeTotals } from './validate-newick.ts';

/**
 * Checks an extended Newick file by the rules of `validateNewick`, with these for hybrids: a hybrid node is `name#H1` (the name
 * may be absent) once for each of its parents, at least two and all within one network; its subtree is at exactly one of them;
 * no node descends from itself. Tips are counted without those that represent hybrids. Throws TreeTextError at the first
 * problem.
 */
export function validateExtendedNewick(source: TextSource): TreeTextSummary & { readonly hybrids: number } {
  const reader = new TextReader(source);
  const labels = new LabelTable();
  const totals = new TreeTotals();
  let hybrids = 0;
  for (reader.skip(true); reader.code >= 0; reader.skip(true)) {
    const columns = new TreeColumns();
    /** By the hybrid's number: the name, the node with its subtree (-1 before it is found), how often it appears without. */
    const numbers = new LabelTable();
    const [name, own, others]: [number[], number[], number[]] = [[], [], []];
    /** Pairs of a node and the hybrid that it represents. */
    const stands: number[] = [];
    const start = [reader.line, reader.column] as const;
    let tips = 0;
    readTree(reader, columns, true, (label, node, tip, line, column) => {
      const hash = label.indexOf('#');
      if (hash < 0) {
        if (labels.add(label) < 0) reader.fail(`label ${label} is listed twice`, line, column);
        if (tip) tips++;
        return;
      }
      const number = label.slice(hash);
      if (!/^#H[1-9]\d*$/.test(number)) reader.fail(`label ${label}: '#' must be followed by H and a number`, line, column);
      const called = label.slice(0, hash);
      let k = numbers.find(number);
      if (k < 0) {
        k = numbers.add(number);
        name[k] = called === '' ? -1 : labels.size;
        own[k] = -1;
        others[k] = 0;
        if (called !== '' && labels.add(called) < 0) reader.fail(`label ${called} is listed twice`, line, column);
      } else if (name[k] !== (called === '' ? -1 : labels.find(called))) {
        reader.fail(`hybrid ${label} has another name earlier in the file`, line, column);
      }
      if (tip) {
        others[k]++;
        stands.push(node, k);
      } else if (own[k] >= 0) reader.fail(`hybrid ${label} has its subtree twice`, line, column);
      else own[k] = node;
    });
    endOfLine(reader);
    for (let k = 0; k < own.length; k++) {
      if (own[k] < 0) reader.fail(`hybrid ${numbers.text(k)} has no subtree`, ...start);
      if (others[k] === 0) reader.fail(`hybrid ${numbers.text(k)} appears only once`, ...start);
    }
    if (descendsFromItself(columns, own, stands)) reader.fail('a node of the network descends from itself', ...start);
    totals.add(columns, tips);
    hybrids += own.length;
  }
  if (totals.trees === 0) reader.fail('the file has no trees');
  return { ...totals.summary, hybrids };
}

/** Removes nodes whose parents are all removed, until none is left or only circles are. */
function descendsFromItself({ count, parent }: TreeColumns, own: readonly number[], stands: readonly number[]): boolean {
  const instead = new Int32Array(count).fill(-1);
  const parents = new Int32Array(count).fill(1);
  for (let i = 0; i < stands.length; i += 2) {
    instead[stands[i]] = own[stands[i + 1]];
    parents[own[stands[i + 1]]]++;
  }
  const first = new Int32Array(count).fill(-1);
  const next = new Int32Array(count);
  for (let i = 1; i < count; i++) {
    next[i] = first[parent[i]];
    first[parent[i]] = i;
  }
  const stack = new Int32Array(count);
  let [open, left] = [0, count];
  const release = (node: number) => {
    if (--parents[node] === 0) stack[open++] = node;
  };
  release(0);
  while (open > 0) {
    const node = stack[--open];
    left--;
    if (instead[node] >= 0) release(instead[node]);
    for (let child = first[node]; child >= 0; child = next[child]) release(child);
  }
  return left > 0;
}
