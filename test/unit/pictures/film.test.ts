import { describe, expect, test } from 'vitest';
import { frameBoxes, frameNumbers, halvesOf } from '../../../src/app/pictures/film/draw-frame.ts';
import { bitsPerSecond, filmLayouts, filmSizes, filmTicks, mostBytes } from '../../../src/app/pictures/film/plan-film.ts';

describe('ticks of a film', () => {
  test('go from the first to the last in steps that differ by one at most', () => {
    const ticks = filmTicks(17, 1000, 60);
    const steps = ticks.slice(1).map((tick, i) => tick - ticks[i]);
    expect([ticks.length, ticks[0], ticks[59]]).toEqual([60, 17, 1000]);
    expect(Math.max(...steps) - Math.min(...steps)).toBeLessThanOrEqual(1);
  });

  test('are each shown once where there are more frames than ticks', () => {
    expect(filmTicks(5, 8, 600)).toEqual([5, 6, 7, 8]);
  });

  test('are refused with the value', () => {
    expect(() => filmTicks(5, 5, 10)).toThrow('last tick must be after the first, 5 (got 5)');
    expect(() => filmTicks(0, 2.5, 10)).toThrow('last tick must be a whole number of 0 or more (got 2.5)');
    expect(() => filmTicks(0, 100, 1)).toThrow('number of frames must be from 2 to 7200 (got 1)');
  });
});

test('a film of one second takes as many bytes at most as its bits a second', () => {
  expect(mostBytes(1280, 720, 30)).toBeCloseTo(bitsPerSecond(1280, 720, 30) / 8, -1);
});

test('places of a frame fill it, do not overlap and are even', () => {
  for (const { width, height } of filmSizes) {
    for (const { id } of filmLayouts) {
      for (const caption of [true, false]) {
        const { world, tree, caption: line } = frameBoxes(width, height, id, caption);
        const boxes = [world, line, ...(tree ? [tree] : [])];
        expect(boxes.reduce((area, box) => area + box.width * box.height, 0)).toBe(width * height);
        for (const box of boxes)
          expect([box.x, box.y, box.width, box.height].every((value) => value >= 0 && value % 2 === 0)).toBe(true);
        expect(line.height > 0).toBe(caption);
      }
    }
  }
});

test('the words of a frame name populations where there are several', () => {
  const words = { title: 'Meadow', tick: 12_431, generation: 57.04 };
  expect(frameNumbers({ ...words, alive: [{ name: 'foragers', count: 5120 }] })).toEqual([
    'tick 12,431',
    'generation 57.0',
    '5,120 alive',
  ]);
  const two = [
    { name: 'prey', count: 900 },
    { name: 'predators', count: 31 },
  ];
  expect(frameNumbers({ ...words, alive: two }).slice(2)).toEqual(['900 prey', '31 predators']);
});

test('two worlds have halves of one size, even, with a gap, within their box', () => {
  for (const [width, height] of [
    [1280, 676],
    [1080, 1876],
  ]) {
    const [one, other] = halvesOf({ x: 0, y: 0, width, height });
    expect([other.width, other.height]).toEqual([one.width, one.height]);
    expect([one.width % 2, one.height % 2]).toEqual([0, 0]);
    const along =
      width >= height
        ? [one.x + one.width, other.x, other.x + other.width, width]
        : [one.y + one.height, other.y, other.y + other.height, height];
    expect(along[1] - along[0]).toBeGreaterThanOrEqual(4);
    expect(along[2]).toBe(along[3]);
  }
});
