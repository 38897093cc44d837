import { LabelTable } from './label-table.ts';
import { labelBytes, readTree, TreeColumns } from './read-tree.ts';
import { bytes, TextReader, type TextSource } from './text-reader.ts';
import { type TreeTextSummary, TreeTotals, type TreeVisitor } from './validate-newick.ts';

const wordBytes = bytes('#ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-');

/**
 * Checks a NEXUS file as the writer makes it: `#NEXUS`, a TAXA block whose count and labels are those of the tips of all
 * trees, each once, and a TREES block of rooted (`[&R]`) trees that follow the rules of `validateNewick`. Case of keywords and
 * white space do not matter. Throws TreeTextError at the first problem.
 */
export function validateNexus(source: TextSource, visitor?: TreeVisitor): TreeTextSummary {
  const reader = new TextReader(source);
  const expected = (what: string): never => reader.fail(`expected ${what}, found ${reader.here()}`);
  const word = (...any: string[]): string => {
    reader.skip(true);
    const { line, column } = reader;
    const text = reader.take(wordBytes);
    if (text === '') expected(any.join(' or '));
    if (!any.includes(text.toUpperCase())) reader.fail(`expected ${any.join(' or ')}, found ${text}`, line, column);
    return text.toUpperCase();
  };
  const sign = (text: string) => {
    for (const character of text) {
      reader.skip(true);
      if (reader.code !== character.charCodeAt(0)) expected(`'${character}'`);
      reader.advance();
    }
  };
  const name = (what: string): string => {
    reader.skip(true);
    return reader.take(labelBytes) || expected(what);
  };

  word('#NEXUS');
  word('BEGIN');
  word('TAXA');
  sign(';');
  word('DIMENSIONS');
  word('NTAX');
  sign('=');
  reader.skip(true);
  const { line, column } = reader;
  const stated = name('the number of taxa');
  sign(';');
  word('TAXLABELS');
  const taxa = new LabelTable();
  for (reader.skip(true); String.fromCharCode(reader.code) !== ';'; reader.skip(true)) {
    const at = [reader.line, reader.column] as const;
    const label = name("a label or ';'");
    if (taxa.add(label) < 0) reader.fail(`taxon ${label} is listed twice`, ...at);
  }
  if (stated !== String(taxa.size)) reader.fail(`NTAX is ${stated}, but there are ${taxa.size} labels`, line, column);
  sign(';');
  word('END');
  sign(';');
  word('BEGIN');
  word('TREES');
  sign(';');

  const names = new LabelTable();
  const inner = new LabelTable();
  /** Taxa that have been found as tips. */
  const met = new Uint8Array(taxa.size);
  const totals = new TreeTotals();
  while (word('TREE', 'END') === 'TREE') {
    reader.skip(true);
    const at = [reader.line, reader.column] as const;
    const tree = name('the name of a tree');
    if (names.add(tree) < 0) reader.fail(`tree ${tree} is listed twice`, ...at);
    sign('=[&R]');
    const columns = new TreeColumns();
    let tips = 0;
    readTree(reader, columns, false, (label, node, tip, l, c) => {
      const taxon = taxa.find(label);
      if (tip && taxon < 0) reader.fail(`tip ${label} is not in the TAXA block`, l, c);
      if (tip ? met[taxon] === 1 : taxon >= 0 || inner.add(label) < 0) reader.fail(`label ${label} is listed twice`, l, c);
      visitor?.label(label, node, tip);
      if (!tip) return;
      met[taxon] = 1;
      tips++;
    });
    totals.add(columns, tips);
    visitor?.tree(columns, tips);
  }
  sign(';');
  reader.skip(true);
  if (reader.code >= 0) expected('the end of the file');
  if (names.size === 0) reader.fail('the TREES block has no trees');
  const { tips } = totals;
  if (tips < taxa.size) reader.fail(`the TAXA block names ${taxa.size} taxa, but the trees have ${tips} tips`);
  return totals.summary;
}
