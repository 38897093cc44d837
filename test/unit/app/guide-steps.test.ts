import { expect, it } from 'vitest';
import { steps } from '../../../src/app/shell/guide-steps.ts';

type World = Parameters<(typeof steps)[number]['text']>[0];
const worldOf = (shows: string | undefined, landscape?: object) => ({ text: { view: { shows }, landscape } }) as unknown as World;
const [first] = steps;
const note = '(Drawn without a graphics chip: bodies lack fans, bands and heads.)';

it('the first step says where forms that its scene speaks of are not drawn', () => {
  for (const shows of [
    'The fan behind a body is its display.',
    'Dark bands show a liking.',
    'Bright bodies have narrow heads.',
  ]) {
    expect(first.text(worldOf(shows), true)).toBe(`${shows} ${note}`);
    expect(first.text(worldOf(shows), false)).toBe(shows);
  }
  expect(first.text(worldOf('A band of a dozen.'), true)).toBe('A band of a dozen.');
  expect(first.text(worldOf(undefined), true)).toMatch(/dies\.$/);
  expect(first.text(worldOf('Heads or bands.', {}), true)).toBe('Heads or bands.');
});
