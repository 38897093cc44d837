// Reads one tree in Newick or extended Newick, sign by sign.

import { bytes, type TextReader } from './text-reader.ts';

const digits = '0123456789';
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
export const labelBytes = bytes(`${letters}${digits}_.-`);
const hybridBytes = bytes(`${letters}${digits}_.-#`);
/** The text between a colon and the next sign of the grammar, whether it is a number or not. */
const lengthBytes = new Uint8Array(256).fill(1);
for (const character of ',:;()[]\'" \t\r\n') lengthBytes[character.charCodeAt(0)] = 0;

const [OPEN, CLOSE, COMMA, COLON, SEMICOLON] = [...'(),:;'].map((character) => character.charCodeAt(0));

/** Nodes as they are read: parents before children. */
export class TreeColumns {
  count = 0;
  /** Most branches from the root of a tree to one of its tips. */
  deepest = 0;
  parent = new Int32Array(1024);
  length = new Float64Array(1024);

  add(parent: number): number {
    if (this.count === this.parent.length) {
      const [above, length] = [new Int32Array(2 * this.count), new Float64Array(2 * this.count)];
      above.set(this.parent);
      length.set(this.length);
      [this.parent, this.length] = [above, length];
    }
    this.parent[this.count] = parent;
    return this.count++;
  }
}

/** Called with every label after it has been read; `line` and `column` are where it starts. */
export type OnLabel = (label: string, node: number, tip: boolean, line: number, column: number) => void;

/**
 * Reads one tree, from its first byte to the semicolon, and appends its nodes. Strict: no line break, comment or quote within
 * the tree; a label of letters, digits, `_`, `.` and `-` (and `#` with `hybrids`) at every tip; at every node except the root a
 * length, finite and not negative. Not recursive. Throws TreeTextError.
 */
export function readTree(reader: TextReader, nodes: TreeColumns, hybrids: boolean, onLabel: OnLabel): void {
  const belongs = hybrids ? hybridBytes : labelBytes;
  const first = nodes.count;
  let node = -1;
  let depth = 0;
  for (;;) {
    reader.skip(false);
    node = nodes.add(node);
    if (reader.code === OPEN) {
      reader.advance();
      if (++depth > nodes.deepest) nodes.deepest = depth;
      continue;
    }
    readNode(true);
    for (;;) {
      reader.skip(false);
      if (reader.code !== CLOSE) break;
      if (depth === 0) reader.fail("')' closes a bracket that was not opened");
      reader.advance();
      depth--;
      node = nodes.parent[node];
      readNode(false);
    }
    if (reader.code === COMMA && depth > 0) {
      reader.advance();
      node = nodes.parent[node];
      continue;
    }
    if (reader.code === SEMICOLON && depth === 0) {
      reader.advance();
      return;
    }
    if (reader.code === SEMICOLON) reader.fail(`the tree ends with ${depth} ${depth === 1 ? 'bracket' : 'brackets'} open`);
    reader.fail(`expected ${depth > 0 ? "',' or ')'" : "';'"}, found ${reader.here()}`);
  }

  function readNode(tip: boolean): void {
    reader.skip(false);
    const { line, column } = reader;
    const label = reader.take(belongs);
    if (label === '' && tip) reader.fail(`expected a label, found ${reader.here()}`);
    if (label !== '') onLabel(label, node, tip, line, column);
    reader.skip(false);
    if (reader.code !== COLON) {
      if (node === first) return;
      reader.fail(`expected ':' and the length of the branch, found ${reader.here()}`);
    }
    reader.advance();
    reader.skip(false);
    const [l, c] = [reader.line, reader.column];
    const text = reader.take(lengthBytes);
    if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text)) {
      reader.fail(`length ${text === '' ? reader.here() : `'${text}'`} is not a number`, l, c);
    }
    const length = Number(text);
    if (!Number.isFinite(length)) reader.fail(`length ${text} is too large for a number`, l, c);
    if (length < 0) reader.fail(`length ${text} is negative`, l, c);
    nodes.length[node] = length;
  }
}
