import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const sources = join(dirname(fileURLToPath(import.meta.url)), '../../src');
const folders = [
  'parameter',
  'math',
  'kernel',
  'ecs',
  'genome',
  'policy',
  'population',
  'habitat',
  'mechanisms',
  'scene',
  'simulation',
  'record',
  'analysis',
  'export',
  'experiment',
];

/** Exact by the language's standard, so that every engine gives the same bits. All else of Math is not. */
const exact = new Set(
  'PI E abs ceil clz32 floor fround imul max min round sign sqrt trunc SQRT1_2 SQRT2 LN2 LN10 LOG2E LOG10E'.split(' '),
);
/** Clocks, hidden randomness, and what depends on the machine's language. */
const globals = new Set(['Date', 'performance', 'crypto', 'Intl']);
const methods = new Set(['localeCompare', 'toLocaleString', 'toLocaleLowerCase', 'toLocaleUpperCase']);

/** Everything in a source text that may differ between engines, machines or runs, as `line: what`. */
function findBanned(text: string, name = 'source.ts'): string[] {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const report = (node: ts.Node, what: string) => {
    found.push(`${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${what}`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node)) {
      const operator = node.operatorToken.kind;
      if (operator === ts.SyntaxKind.AsteriskAsteriskToken || operator === ts.SyntaxKind.AsteriskAsteriskEqualsToken) {
        report(node, '**');
      }
    }
    if (ts.isIdentifier(node)) {
      const parent = node.parent;
      const isProperty = ts.isPropertyAccessExpression(parent) && parent.name === node;
      const isKey = (ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent)) && parent.name === node;
      if (node.text === 'Math') {
        const allowed = ts.isPropertyAccessExpression(parent) && parent.expression === node && exact.has(parent.name.text);
        if (!allowed) report(node, ts.isPropertyAccessExpression(parent) ? parent.getText() : 'Math');
      } else if (globals.has(node.text) && !isProperty && !isKey) {
        report(node, node.text);
      } else if (isProperty && (methods.has(node.text) || globals.has(node.text))) {
        report(node, parent.getText());
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    // AssemblyScript compiles to WebAssembly, whose arithmetic is the same everywhere.
    if (entry.isDirectory()) return entry.name === 'assembly' || entry.name === 'generated' ? [] : sourceFiles(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

describe('mathematics that engines disagree about', () => {
  it('stands nowhere in what computes', () => {
    const present = readdirSync(sources);
    const files = folders.filter((folder) => present.includes(folder)).flatMap((folder) => sourceFiles(join(sources, folder)));
    expect(files.length).toBeGreaterThan(10);
    const found = files.flatMap((file) =>
      findBanned(readFileSync(file, 'utf8'), file).map((where) => `${relative(sources, file)}:${where}`),
    );
    expect(found).toEqual([]);
  });

  it.each([
    ['const y = Math.exp(1);', 'Math.exp'],
    ['const y = Math.random();', 'Math.random'],
    ['const y = Math["log"](2);', 'Math'],
    ['const { sin } = Math;', 'Math'],
    ['const m = Math; m.cos(1);', 'Math'],
    ['const y = 2 ** 0.5;', '**'],
    ['let y = 2; y **= 2;', '**'],
    ['const t = Date.now();', 'Date'],
    ['const t = globalThis.performance.now();', 'globalThis.performance'],
    ['const t = performance.now();', 'performance'],
    ['names.sort((a, b) => a.localeCompare(b));', 'a.localeCompare'],
  ])('is found in %s', (text, what) => {
    expect(findBanned(text)).toEqual([`1: ${what}`]);
  });

  it.each(['const y = Math.sqrt(Math.fround(2));', '/** Math.exp ** Date */ const y = 1;', "const s = 'Math.exp(1)';"])(
    'is not found in %s',
    (text) => {
      expect(findBanned(text)).toEqual([]);
    },
  );
});
