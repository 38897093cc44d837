import { csvRecords } from '../validate/csv-records.ts';
import { FormatError } from '../validate/format-error.ts';
import { validateCsv } from '../validate/validate-csv.ts';
import type { TreeColumns } from './read-tree.ts';
import { subtreeTable } from './subtree-table.ts';
import type { TreeVisitor } from './validate-newick.ts';

/** A file of subtrees, and its check, which passes each tree to a visitor. */
export interface SubtreeFile {
  readonly name: string;
  check(visitor: TreeVisitor): void;
}

interface Row {
  readonly line: number;
  readonly tree: number;
  readonly parent: number;
  readonly start: number;
  readonly depth: number;
  readonly tips: number;
  readonly subtrees: number;
}

/**
 * Checks a table of subtrees: its columns; rows in the order of the trees; a parent before each subtree. Against each file of
 * these trees it checks the numbers of trees and tips and the depth, that every subtree except the first of a tree has one tip
 * that represents it, in its parent, and that the subtree starts where this tip ends. Returns the number of rows.
 * @param read the table from its beginning
 * @throws {FormatError}
 */
export function validateSubtrees(name: string, read: () => Iterable<Uint8Array>, files: readonly SubtreeFile[]): number {
  const required = subtreeTable.columns.map((column) => column.name);
  validateCsv(name, read(), { table: subtreeTable, required });
  const rows = rowsOf(name, read());
  for (const file of files) compare(name, rows, file);
  return rows.length;
}

function rowsOf(name: string, chunks: Iterable<Uint8Array>): Row[] {
  const rows: Row[] = [];
  let trees = 0;
  const records = csvRecords(name, chunks);
  records.next();
  for (const { line, fields } of records) {
    const [subtree, tree, parent, start, depth, tips, subtrees] = fields.map(Number);
    const fail = (problem: string): never => {
      throw new FormatError(`${name}, line ${line}`, problem);
    };
    if (subtree !== rows.length + 1) fail(`subtree is ${subtree}, but ${rows.length + 1} is next`);
    if (fields[2] === '') {
      if (tree !== ++trees) fail(`tree is ${tree}, but ${trees} is next`);
    } else if (!(parent >= 1 && parent < subtree)) fail(`parent is ${parent}, which is not a subtree before it`);
    else if (tree !== rows[parent - 1].tree) fail(`tree is ${tree}, that of its parent ${rows[parent - 1].tree}`);
    rows.push({ line, tree, parent: fields[2] === '' ? 0 : parent, start, depth, tips, subtrees });
  }
  return rows;
}

function compare(table: string, rows: readonly Row[], file: SubtreeFile): void {
  /** The subtrees that tips of the present tree represent, and these tips. */
  let stands: (readonly [subtree: number, node: number])[] = [];
  const met = new Uint8Array(rows.length + 1);
  let k = 0;
  file.check({
    label(label, node, tip) {
      const number = tip ? /^subtree([1-9]\d*)$/.exec(label)?.[1] : undefined;
      if (number !== undefined) stands.push([Number(number), node]);
    },
    tree(columns, tips) {
      const row = rows[k++];
      if (row === undefined) throw new FormatError(file.name, `tree ${k} has no row in ${table}`);
      const fail = (problem: string): never => {
        throw new FormatError(`${table}, line ${row.line}`, `${problem} in ${file.name}`);
      };
      if (row.subtrees !== stands.length) fail(`subtrees is ${row.subtrees}, but there are ${stands.length}`);
      if (row.tips !== tips - stands.length) fail(`tips is ${row.tips}, but there are ${tips - stands.length}`);
      if (row.depth !== columns.deepest) fail(`depth is ${row.depth}, but it is ${columns.deepest}`);
      const ends = stands.length === 0 ? undefined : endsOf(columns, row.start);
      for (const [subtree, node] of stands) {
        const below = rows[subtree - 1];
        if (below === undefined) throw new FormatError(file.name, `subtree${subtree} has no row in ${table}`);
        if (below.parent !== k) fail(`subtree${subtree} is a tip of tree ${k}, which is not its parent`);
        met[subtree] = 1;
        const end = (ends as Float64Array)[node];
        if (Math.abs(end - below.start) > 1e-9 * Math.max(1, Math.abs(end))) {
          throw new FormatError(
            `${table}, line ${below.line}`,
            `start_tick is ${below.start}, but its tip ends at ${end} in ${file.name}`,
          );
        }
      }
      stands = [];
    },
  });
  if (k < rows.length) throw new FormatError(table, `has ${rows.length} rows, but ${file.name} has ${k} trees`);
  for (const [i, { parent, line }] of rows.entries()) {
    if (parent > 0 && met[i + 1] === 0)
      throw new FormatError(`${table}, line ${line}`, `subtree${i + 1} is not a tip in ${file.name}`);
  }
}

/** Ticks at which branches end. */
function endsOf({ count, parent, length }: TreeColumns, start: number): Float64Array {
  const ends = new Float64Array(count);
  for (let i = 0; i < count; i++) ends[i] = (parent[i] < 0 ? start : ends[parent[i]]) + length[i];
  return ends;
}
