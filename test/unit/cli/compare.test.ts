import { parquetReadObjects } from 'hyparquet';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CompareFlags, compareCommand } from '../../../src/cli/compare/compare.ts';
import { inThread } from '../../../src/cli/sweep/performer.ts';
import { studentQuantile } from '../../../src/math/student.ts';
import { processIo } from '../sweep/sweep-place.ts';
import { call, Workplace } from './test-io.ts';

let place: Workplace;
beforeEach(() => {
  place = new Workplace();
});
afterEach(() => place.remove());

async function compare(flags: CompareFlags) {
  const io = processIo();
  const status = await compareCommand(
    io,
    place.scene,
    { seeds: '1..3', ticks: 40, every: 20, out: place.at('out'), ...flags },
    () => inThread,
  );
  return { status, ...io.text };
}

async function rows(): Promise<Record<string, number | string>[]> {
  const bytes = place.read('out', 'compared', 'differences.parquet');
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  return (await parquetReadObjects({ file })) as Record<string, number | string>[];
}

describe('upslope compare', () => {
  it('a mechanism that finds nothing to do makes no difference at all: everything else is matched', async () => {
    const { status, out } = await compare({ with: 'epigenetic-marks' });
    expect(status).toBe(0);
    expect(out).toMatch(
      /^6 of 6 runs done\nepigenetic-marks: with minus without at tick 40, 3 pairs of matched worlds\ntoo few pairs for intervals and stars; give 5 seeds or more\n/,
    );
    expect(out).not.toContain('*');
    const all = await rows();
    expect(all.length).toBeGreaterThan(20);
    for (const { difference, first, second } of all) {
      expect(first).toBe(second);
      expect(difference === 0 || difference === null).toBe(true);
    }
  });

  it('under five pairs nothing is claimed; from five on intervals are Student’s and stars Holm’s over all measures', async () => {
    const few = await compare({ without: 'mutation', seeds: '1..4', out: place.at('few') });
    expect(few.out).toContain('too few pairs');
    expect(few.out).not.toMatch(/ to |\*/);
    const { out } = await compare({ without: 'mutation', ticks: 100, seeds: '1..5', probe: 'census' });
    const all = (await rows()).filter(({ tick }) => Number(tick) === 100);
    const family = all.filter(({ pairs }) => Number(pairs) >= 5);
    expect(out).toContain(`after Holm's correction over all ${family.length} measures`);
    for (const { pairs, difference, deviation, low, high, p, p_holm } of family) {
      if (!(Number(deviation) > 0)) {
        expect([low, high, p]).toEqual([null, null, null]);
        continue;
      }
      const half = (studentQuantile(0.975, Number(pairs) - 1) * Number(deviation)) / Math.sqrt(Number(pairs));
      expect(Number(low)).toBeCloseTo(Number(difference) - half, 10);
      expect(Number(high)).toBeCloseTo(Number(difference) + half, 10);
      // A measure by itself and its interval agree; corrected, p is never less.
      expect(Number(p) < 0.05).toBe(Number(low) > 0 || Number(high) < 0);
      expect(Number(p_holm)).toBeGreaterThanOrEqual(Number(p));
    }
    const stars = out.split('\n').filter((line) => line.endsWith(' *')).length;
    expect(stars).toBe(
      family.filter(({ probe, p_holm }) => probe === 'census' && p_holm !== null && Number(p_holm) < 0.05).length,
    );
  });

  it('from a tick on: up to then pairs are the same, and then they part', async () => {
    const { status, out } = await compare({ without: 'mutation', from: 20, ticks: 200, probe: 'traits' });
    expect(status).toBe(0);
    expect(out).not.toContain('births');
    const all = await rows();
    for (const { tick, difference } of all) if (Number(tick) <= 20) expect(difference === 0 || difference === null).toBe(true);
    expect(all.some(({ tick, difference }) => Number(tick) === 200 && Math.abs(Number(difference)) > 0)).toBe(true);
    // Again: nothing is made anew, and it ends the same.
    const again = await compare({ without: 'mutation', from: 20, ticks: 200, probe: 'traits' });
    expect(again.out).toBe(out);
  });

  it.each([
    [{}, '--without is missing; give one of '],
    [{ with: 'mutation', without: 'mutation' }, '--without and --with exclude each other; give one of them'],
    [{ without: 'mutatoin' }, "there is no mechanism 'mutatoin' here; did you mean 'mutation'?"],
    [{ without: 'transfer' }, 'compare --with transfer instead'],
    [{ with: 'mutation' }, 'compare --without mutation instead'],
    [{ without: 'mutation', population: 'nobody' }, "there is no population 'nobody'"],
    [{ without: 'mutation', probe: 'nothing' }, "there is no probe 'nothing'"],
    [{ without: 'mutation', from: 100 }, 'would have no effect'],
  ] as [CompareFlags, string][])('refuses %o in one line', async (flags, words) => {
    await expect(compare(flags)).rejects.toThrow(words);
  });

  it('is a command with help', async () => {
    expect((await call(['compare', '--help'])).out).toContain('--without <mechanism>');
  });
});
