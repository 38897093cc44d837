import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bitsTable, equivalenceTables } from '../../verify/equivalence.ts';
import { markedTable, readPage } from '../../verify/markers.ts';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const page = read('docs/equivalence.md');
const names = Object.keys(equivalenceTables([]));

describe('docs/equivalence.md', () => {
  it('has a place for each table that the command makes, and names the command', () => {
    const measured = readPage(page).tables.filter(({ mark }) => mark?.command?.startsWith('npm run verify -- equivalence '));
    expect(measured.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
    expect(page).toContain('npm run verify -- equivalence');
  });

  it.each(names)('%s is a whole table of numbers', (name) => {
    const [head, rule, ...rows] = markedTable(page, name);
    const cells = (line: string) =>
      line
        .replaceAll('\\|', '')
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
    const [expectedHead, , ...expectedRows] = equivalenceTables([])[name];
    expect(head).toBe(expectedHead);
    expect(rule).toMatch(/^\|---\|(---:\|)+$/);
    expect(rows).toHaveLength(expectedRows.length);
    for (const row of rows) {
      expect(cells(row)).toHaveLength(cells(head).length);
      for (const cell of cells(row)) expect(cell).not.toBe('');
      const numbers = cells(row).slice(2);
      for (const cell of numbers) expect(cell).toMatch(/^-?\d+(\.\d+)?( ± \d+(\.\d+)?| of \d+| %)?$|^asexual|^sexual/);
    }
  });

  it('holds what can be made again at once', () => {
    expect(markedTable(page, 'bits')).toEqual(bitsTable());
  });

  it('shows the figure, whose axes say what they are, with a bar for every number of its table', () => {
    expect(page).toContain('(figures/convergence.svg)');
    const figure = read('docs/figures/convergence.svg');
    for (const label of ['sigma, standard deviation of mutation (locus units)', 'cosine of the expected step to the gradient']) {
      expect(figure).toContain(label);
    }
    const valley = markedTable(page, 'convergence').filter((line) => line.startsWith('| valley |'));
    expect(figure.match(/class="error"/g)).toHaveLength(4 * valley.length);
    expect(figure.match(/<circle/g)).toHaveLength(4 * valley.length);
    expect(figure).not.toContain('NaN');
  });
});
