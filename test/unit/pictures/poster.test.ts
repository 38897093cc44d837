import { describe, expect, test } from 'vitest';
import { pictureStyle } from '../../../src/app/pictures/picture-style.ts';
import { layPoster, linesOf, plotRooms, posterSize, posterWorld } from '../../../src/app/pictures/poster/lay-poster.ts';
import { viewColours } from '../../../src/view/view-colours.ts';

const text = {
  title: 'Tom & Jerry',
  question: 'Who wins?',
  caption: 'Tick 5',
  link: 'https://example.org/#run=a',
  notes: ['Climb left out.'],
};
const drawing = {
  svg: '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="100"><title>x</title><path d="M0 0"/></svg>',
  width: 400,
  height: 100,
};

describe('a poster', () => {
  test('gives plots places below each other beside the world', () => {
    for (const names of [['tree', 'muller'], ['tree', 'muller', 'climb'], ['muller']] as const) {
      for (const needed of [120, 5000]) {
        const rooms = plotRooms(names, needed);
        for (const [i, { y, height }] of rooms.entries()) {
          expect(height).toBeGreaterThan(100);
          expect(y + height).toBeLessThanOrEqual((rooms[i + 1]?.y ?? posterWorld.y + posterWorld.height) + 1e-6);
        }
        const last = rooms[rooms.length - 1];
        expect(last.y + last.height).toBeCloseTo(posterWorld.y + posterWorld.height);
      }
    }
  });

  test('is an SVG of its size with words, link, plots and, if wanted, the world', () => {
    const rooms = plotRooms(['tree']);
    const svg = layPoster(
      text,
      [{ title: 'Species', drawing }],
      rooms,
      'data:image/jpeg;base64,AA',
      pictureStyle(viewColours.light),
    );
    expect(svg).toContain(`width="${posterSize.width}" height="${posterSize.height}"`);
    for (const part of [
      'Tom &amp; Jerry',
      'Tick 5',
      'href="https://example.org/#run=a"',
      'Climb left out.',
      'viewBox="0 0 400 100"',
      '<image ',
    ])
      expect(svg).toContain(part);
    expect(layPoster(text, [], [], '', pictureStyle(viewColours.light))).not.toContain('<image ');
  });

  test('prints no link that is too long to type', () => {
    const long = { ...text, link: `https://example.org/#run=${'a'.repeat(400)}` };
    expect(layPoster(long, [], [], '', pictureStyle(viewColours.dark))).not.toContain('href');
  });

  test('breaks a question into lines', () => {
    expect(linesOf('a bb ccc dddd', 5, 2)).toEqual(['a bb', 'ccc …']);
    expect(linesOf('a bb', 5, 2)).toEqual(['a bb']);
    expect(linesOf('', 5, 2)).toEqual([]);
  });
});
