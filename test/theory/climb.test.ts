import { expect, it } from 'vitest';
import { climb } from './climb.ts';

// Check 4d at a decisive size: a quarter of the meadow and one seed; ten seeds of all of it in the verification `climb`.
it.each(['1'])(
  'within clades selection in the meadow lies along the assayed gradient beyond 99 of 100 random directions: seed %s',
  (seed) => {
    const summary = climb({ seed, side: 384, tick: 4000, age: 2000, horizon: 300, forks: 24, replays: 2 });
    const { forks, organisms, segments } = summary;
    const within = (segments[0].alignments.perturbed as NonNullable<(typeof segments)[0]['alignments']['perturbed']>).within;
    expect(forks.perturbed).toBe(24);
    expect(segments.map(({ name }) => name)).toEqual(expect.arrayContaining(['everything', 'policy', 'traits', 'body.size']));
    expect(organisms).toBeGreaterThan(300);
    expect(within.percentile).toBeGreaterThan(0.99);
  },
);
