import { expect, test } from 'vitest';
import { colourScale, scaleLength } from '../../../src/view/colour-scale.ts';
import { oklchToSrgb } from '../../../src/view/oklch.ts';

test('OKLCH becomes sRGB as in the published examples', () => {
  // White, black, and the sRGB primaries as CSS Color 4 gives them.
  const close = (a: readonly number[], b: readonly number[]) => a.forEach((value, i) => expect(value).toBeCloseTo(b[i], 2));
  close(oklchToSrgb(1, 0, 0), [1, 1, 1]);
  close(oklchToSrgb(0, 0, 0), [0, 0, 0]);
  close(oklchToSrgb(0.628, 0.2577, 29.23), [1, 0, 0]);
  close(oklchToSrgb(0.452, 0.3132, 264.05), [0, 0, 1]);
});

test.each(['viridis', 'cividis'] as const)('%s rises in lightness from end to end', (sequential) => {
  for (const theme of ['light', 'dark'] as const) {
    const scale = colourScale('energy', theme, sequential);
    const light = (i: number) => 0.2126 * scale[i * 4] + 0.7152 * scale[i * 4 + 1] + 0.0722 * scale[i * 4 + 2];
    for (let i = 8; i < scaleLength; i += 8) expect(light(i)).toBeGreaterThan(light(i - 8));
  }
});
