import { LabelTable } from './label-table.ts';
import { readTree, TreeColumns } from './read-tree.ts';
import { TextReader, type TextSource } from './text-reader.ts';
import { endOfLine, type TreeTextSummary, TreeTotals } from './validate-newick.ts';

/**
 * Checks an extended Newick file: the rules of `validateNewick`, where a hybrid node is `name#H1` (the name may be absent) once
 * for each of its parents, two at least and all within one network, with its subtree at exactly one of them, and no node
 * descends from itself. Tips are counted without what stands for hybrids. Throws TreeTextError at the first problem.
 */
export function validateExtendedNewick(source: TextSource): TreeTextSummary & { readonly hybrids: number } {
  const reader = new TextReader(source);
  const labels = new LabelTable();
  const totals = new TreeTotals();
  let hybrids = 0;
  for (reader.skip(true); reader.code >= 0; reader.skip(true)) {
    const columns = new TreeColumns();
    /** By its number: the name, the node with its subtree (-1 until it is met), how often it stands without. */
    const numbers = new LabelTable();
    const [name, own, others]: [number[], number[], number[]] = [[], [], []];
    /** Pairs of a node and the hybrid that it stands for. */
    const stands: number[] = [];
    const start = [reader.line, reader.column] as const;
    let tips = 0;
    readTree(reader, columns, true, (label, node, tip, line, column) => {
      const hash = label.indexOf('#');
      if (hash < 0) {
        if (labels.add(label) < 0) reader.fail(`label ${label} stands a second time`, line, column);
        if (tip) tips++;
        return;
      }
      const number = label.slice(hash);
      if (!/^#H[1-9]\d*$/.test(number)) reader.fail(`label ${label}: '#' asks for H and a number after it`, line, column);
      const called = label.slice(0, hash);
      let k = numbers.find(number);
      if (k < 0) {
        k = numbers.add(number);
        name[k] = called === '' ? -1 : labels.size;
        own[k] = -1;
        others[k] = 0;
        if (called !== '' && labels.add(called) < 0) reader.fail(`label ${called} stands a second time`, line, column);
      } else if (name[k] !== (called === '' ? -1 : labels.find(called))) {
        reader.fail(`hybrid ${label} had another name before`, line, column);
      }
      if (tip) {
        others[k]++;
        stands.push(node, k);
      } else if (own[k] >= 0) reader.fail(`hybrid ${label} has its subtree a second time`, line, column);
      else own[k] = node;
    });
    endOfLine(reader);
    for (let k = 0; k < own.length; k++) {
      if (own[k] < 0) reader.fail(`hybrid ${numbers.text(k)} has its subtree nowhere`, ...start);
      if (others[k] === 0) reader.fail(`hybrid ${numbers.text(k)} stands only once`, ...start);
    }
    if (descendsFromItself(columns, own, stands)) reader.fail('a node of the network descends from itself', ...start);
    totals.add(columns, tips);
    hybrids += own.length;
  }
  if (totals.trees === 0) reader.fail('the file holds no tree');
  return { ...totals.summary, hybrids };
}

/** Takes nodes away whose parents are all gone, until none is left or only circles are. */
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
