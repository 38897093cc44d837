import { describe, expect, it } from 'vitest';
import { transplantContests, transplantLoci } from '../../../src/analysis/transplant/transplant.ts';
import {
  type TransplantReport,
  transplantContestRows,
  transplantEffects,
  transplantRows,
  transplantSentences,
} from '../../../src/experiment/describe-transplant.ts';
import { drawTransplant } from '../../../src/experiment/transplant-figure.ts';

const shape = { ploidy: 2, stride: 4, slots: [0, 2, 3] };
const earlier = Float32Array.from([1, 2, 3, 4, 5, 6, 7, 8]);
const later = earlier.map((value) => -value);

describe('transplanted loci', () => {
  it('come from the other genome in every haplotype, and from nowhere else', () => {
    const genome = transplantLoci(earlier, later, { name: 'some', loci: [1, 2] }, shape);
    expect([...genome]).toEqual([1, 2, -3, -4, 5, 6, -7, -8]);
    expect([...earlier]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('compete with those that were there, in both genomes, after whole genomes', () => {
    const contests = transplantContests({ earlier, later }, [{ name: 'some', loci: [0] }], shape);
    expect(contests.map(({ first, second }) => [first[0], first[1], second[0], second[1]])).toEqual([
      [-1, -2, 1, 2],
      [-1, 2, 1, 2],
      [-1, -2, 1, -2],
    ]);
  });
});

/** Margins of the pairs, one replicate each: of whole genomes, and of a segment in both genomes. */
function report(margins: readonly (readonly [number, number, number])[], generations = 4): TransplantReport {
  return {
    ...{ population: 'foragers', ticks: 100, replicates: 1, loci: 9, segments: [{ name: 'policy', loci: 3 }] },
    pairs: margins.map((_, k) => ({ earlier: { fossil: k, tick: 10 * k }, later: { fossil: 90 + k, tick: 900 + k } })),
    outcomes: margins.flatMap(([whole, inEarlier, inLater], pair) => [
      { pair, replicate: 0, segment: '', background: undefined, margin: whole, generations },
      { pair, replicate: 0, segment: 'policy', background: 'earlier' as const, margin: inEarlier, generations },
      { pair, replicate: 0, segment: 'policy', background: 'later' as const, margin: inLater, generations },
    ]),
  };
}

describe('a report of a transplant', () => {
  const five = report([
    [2, 1, 0.2],
    [2.1, 1.1, 0.3],
    [1.9, 0.9, 0.1],
    [2.2, 1.2, 0.1],
    [1.8, 0.8, 0.3],
  ]);

  it('has effects with intervals over pairs', () => {
    const effects = transplantEffects(five);
    expect(effects.map(({ effect, loci, interval }) => [effect, loci, Number(interval.mean.toFixed(9))])).toEqual([
      ['whole', 9, 2],
      ['earlier', 3, 1],
      ['later', 3, 0.2],
      ['mean', 3, 0.6],
      ['interaction', 3, -0.8],
    ]);
    for (const { interval } of effects) expect(interval.low).toBeLessThan(interval.mean);
    expect([...transplantRows(five)]).toHaveLength(5);
    expect([...transplantContestRows(five)][2]).toEqual(['policy', 'later', 0, 0, 0, 0, 90, 900, 0.2, 4]);
  });

  it('says gains first, what depends on the genome, and what is not known', () => {
    const [gains, interaction, ...more] = transplantSentences(five);
    expect(gains).toMatch(
      /^later genomes leave \+2\.00 \(\+1\.80 to \+2\.20\) in log descendants over 4\.0 generations .*policy \+0\.60 \(/,
    );
    expect(interaction).toBe('policy adds less in later genomes than in earlier ones');
    expect(more).toEqual(['intervals are over pairs of fossils of this run, which may be relatives; other runs may differ']);
    expect(transplantSentences(report([[2, 1, 0.2]]))[1]).toBe('too few pairs for intervals: give 5 or more');
    expect(transplantSentences(report([[0, 0, 0]], Number.NaN))[2]).toBe('3 of 3 contests ended in extinction and count as 0');
  });

  it('is drawn with a dot an effect, and an interval where there is one', () => {
    const style = { width: 400, height: 200, ink: '#000', faint: '#888' };
    const marksIn = (text: string, mark: RegExp) => text.match(mark)?.length ?? 0;
    expect(marksIn(drawTransplant(five, style), /<circle /g)).toBe(3);
    const lines = (one: TransplantReport) => marksIn(drawTransplant(one, style), /stroke-width="2"/g);
    expect(lines(five)).toBe(3);
    expect(lines(report([[2, 1, 0.2]]))).toBe(0);
  });
});
