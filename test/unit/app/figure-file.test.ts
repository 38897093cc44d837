import { expect, it } from 'vitest';
import { drawLines } from '../../../src/app/ui/figure-file.ts';

it('draws lines with their bands, leaves gaps open, and knows no colour of the page', () => {
  const mean = Float64Array.of(1, 2, Number.NaN, 4, 5);
  const svg = drawLines(
    'Speed',
    'lengths/tick',
    [0, 10, 20, 30, 40],
    [
      { title: 'first', colour: '#0072b2', mean, low: mean.map((v) => v - 1), high: mean.map((v) => v + 1) },
      { title: 'second', colour: '#d55e00', mean, low: mean, high: mean },
    ],
  );
  expect(svg).toMatch(/^<svg xmlns/);
  expect(svg).not.toContain('var(');
  expect(svg).not.toContain('NaN');
  for (const text of ['Speed', 'lengths/tick', 'Time (ticks)', 'first', 'second']) expect(svg).toContain(text);
  // Two stretches a line, each with a band and a path.
  expect(svg.match(/fill-opacity="0.15"/g)).toHaveLength(4);
});
