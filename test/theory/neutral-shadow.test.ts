import { describe, expect, it } from 'vitest';
import { NeutralShadow } from '../../src/analysis/neutral-shadow.ts';
import { mean, standardError } from '../../src/math/statistics.ts';
import { namedStream } from '../../src/math/streams.ts';
import { makeWorld, smallWorld } from '../unit/engine/worlds.ts';

const shadows = 400;
const ticks = 400;

describe('the neutral shadow (theory.md, section 1)', () => {
  // One run, many shadows: given its births and deaths they are independent of each other.
  // Forty organisms with plenty of food turn over some fifteen times, so that drift shows.
  const scene = smallWorld({
    habitat: { width: 64, height: 64, grass: { capacity: 4, regrowth: 0.3, cover: 1, pattern: 'uniform' } },
    foragers: { founders: 40, capacity: 40, life: { maturity: 5, span: 40 } },
  });
  const simulation = makeWorld(scene, 'shadow');
  const [foragers] = simulation.populations;
  const all = Array.from(
    { length: shadows },
    (_, i) => new NeutralShadow(simulation, foragers, 0.5, namedStream('shadow', `${i}`)),
  );
  const started = foragers.count;
  for (const shadow of all) simulation.observe(shadow);
  // Chance that two bodies bear different labels, for each pair of the living: a newborn's label is that of one of the n
  // survivors, so its chance with a body is the mean over these. Deaths depend on age, so the pairs are not all alike.
  let bodies = [...foragers.table.f64('id').subarray(0, started)];
  let differing = bodies.map((_, i) => bodies.map((__, j) => (i === j ? 0 : started / 2 / (started - 1))));
  let [births, deaths] = [0, 0];
  simulation.observe({
    afterTick(now) {
      const died = now.deaths(foragers);
      const dead = new Set(died.id.subarray(0, died.count));
      const kept = bodies.flatMap((id, i) => (dead.has(id) ? [] : [i]));
      bodies = kept.map((i) => bodies[i]);
      differing = kept.map((i) => kept.map((j) => differing[i][j]));
      const withNewborn = differing.map((row) => mean(row));
      const betweenNewborn = mean(withNewborn);
      const born = now.births(foragers);
      const n = bodies.length;
      for (let k = 0; k < born.count; k++) {
        for (const [i, row] of differing.entries()) row.push(i < n ? withNewborn[i] : betweenNewborn);
        differing.push([...withNewborn, ...Array.from({ length: k }, () => betweenNewborn), 0]);
        bodies.push(born.id[k]);
      }
      births += born.count;
      deaths += died.count;
    },
  });
  simulation.step(ticks);
  const shares = all.map((shadow) => shadow.share());
  const living = foragers.count;
  const hash = simulation.hash();

  it('follows births and deaths without touching the world', () => {
    expect(births).toBeGreaterThan(300);
    expect(deaths).toBeGreaterThan(300);
    for (const share of shares) expect(Math.abs(share * living - Math.round(share * living))).toBeLessThan(1e-9);
    const bare = makeWorld(scene, 'shadow');
    bare.step(ticks);
    expect(hash).toBe(bare.hash());
    bare.dispose();
    simulation.dispose();
  });

  it('the share of a label is a martingale: on average it stays where it was', () => {
    expect(Math.abs(mean(shares) - 0.5)).toBeLessThan(4 * standardError(shares));
    // It does drift: else the test above would say nothing.
    expect(standardError(shares) * Math.sqrt(shadows)).toBeGreaterThan(0.05);
  });

  it('heterozygosity decays as random parents make it decay', () => {
    const heterozygosity = shares.map((share) => (2 * share * (1 - share) * living) / (living - 1));
    const expected = differing.flat().reduce((sum, chance) => sum + chance, 0) / (living * (living - 1));
    expect(bodies).toHaveLength(living);
    expect(expected).toBeLessThan(0.4);
    expect(Math.abs(mean(heterozygosity) - expected)).toBeLessThan(4 * standardError(heterozygosity));
  });

  it('deals the share it is asked for, at random over the bodies', () => {
    const world = makeWorld(smallWorld(), 'deal');
    for (const share of [0, 0.1, 0.5, 1]) {
      const shadow = new NeutralShadow(world, world.populations[0], share, namedStream('deal', `${share}`));
      expect(shadow.share()).toBe(share);
    }
    const other = makeWorld(smallWorld(), 'deal');
    expect(() => new NeutralShadow(world, other.populations[0], 0.5, namedStream('deal', 'x'))).toThrow(RangeError);
    for (const one of [world, other]) one.dispose();
  });

  it('has no share when nobody lives', () => {
    const world = makeWorld(smallWorld({ foragers: { energy: { founder: 0.01, living: 10 } } }), 'none');
    const shadow = new NeutralShadow(world, world.populations[0], 0.5, namedStream('none', 'x'));
    world.observe(shadow);
    world.step(3);
    expect(shadow.share()).toBeNaN();
    world.dispose();
  });
});
