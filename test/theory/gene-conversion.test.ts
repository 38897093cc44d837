// Crossing over and gene conversion: how often two loci of a gamete come from different sources.
import { describe, expect, it } from 'vitest';
import { withLandscape } from '../../src/analysis/lab/lab-scene.ts';
import { type GeneticMap, recombinationRates } from '../../src/genome/genetic-map.ts';
import { chromosomeEnds } from '../../src/mechanisms/convert-genes.ts';
import { parseScene } from '../../src/scene/parse.ts';

const [loci, chromosomes] = [60, 3];
const map: GeneticMap = { chromosomes, length: 0.6, segments: [] };

const scene = (conversion: object, ploidy: 1 | 2) =>
  parseScene(
    {
      version: 1,
      name: 'gametes',
      title: 'Gametes',
      habitat: { kind: 'landscape', form: 'linear', model: 'wright-fisher', dimensions: loci, forms: { linear: { slope: 0 } } },
      populations: {
        line: {
          founders: 400,
          genome: { ploidy },
          mechanisms: {
            mutation: { on: false },
            'sexual-reproduction': { on: true },
            recombination: { on: true, chromosomes, length: map.length, ...conversion },
          },
        },
      },
    },
    'gametes',
  );

/** The chance that a tract has just one of two loci: it begins anywhere, and is longer than k loci with chance q^k. */
function coversOne(i: number, j: number, tract: number): number {
  const ends = chromosomeEnds(loci, chromosomes);
  const q = 1 - 1 / tract;
  const covers = (start: number, locus: number) => (start <= locus && locus < ends[start] ? q ** (locus - start) : 0);
  let sum = 0;
  // A tract that has the second has the first where it begins before it.
  for (let start = 0; start < loci; start++) {
    const both = start <= i ? covers(start, j) : 0;
    sum += covers(start, i) + covers(start, j) - 2 * both;
  }
  return sum / loci;
}

/** Exact for a Poisson number of tracts: 1 - 2 R = (1 - 2 r) exp(-2 conversions P(just one)), r by Haldane's map. */
function apart(i: number, j: number, { conversions, tract }: { conversions: number; tract: number }): number {
  const rates = recombinationRates({ stride: loci, segments: [], loci: slots, ranges: [] }, map);
  let keeps = 1;
  for (let k = i + 1; k <= j; k++) keeps *= 1 - 2 * rates[k];
  return (1 - keeps * Math.exp(-2 * conversions * coversOne(i, j, tract))) / 2;
}

const slots = Array.from({ length: loci }, (_, slot) => ({ slot, name: `x${slot}`, segment: '', scale: 1, deviation: 0 }));

const pairs = [
  [0, 1],
  [3, 4],
  [3, 6],
  [3, 13],
  [0, 19],
  [18, 19],
  [19, 20],
  [25, 33],
  [41, 59],
] as const;

describe.each([1, 2] as const)('ploidy %i', (ploidy) => {
  it.each([
    { conversions: 0, tract: 5 },
    { conversions: 2, tract: 1 },
    { conversions: 3, tract: 6 },
    { conversions: 1, tract: 200 },
  ])('$conversions tracts of $tract loci: two loci are parted as often as the formula says', (conversion) => {
    const counts = pairs.map(() => 0);
    let gametes = 0;
    withLandscape(scene(conversion, ploidy), `gametes ${ploidy}`, (world, population) => {
      world.traceInheritance();
      for (let tick = 0; tick < 30; tick++) {
        world.step();
        const { count, trace, maskWords } = world.births(population) as never as {
          count: number;
          trace: { masks: Uint32Array };
          maskWords: number;
        };
        for (let at = 0; at < count * ploidy; at++) {
          const source = (slot: number) => (trace.masks[at * maskWords + (slot >> 5)] >>> (slot & 31)) & 1;
          gametes++;
          for (const [p, [i, j]] of pairs.entries()) counts[p] += source(i) ^ source(j);
        }
      }
    });
    for (const [p, [i, j]] of pairs.entries()) {
      const expected = apart(i, j, conversion);
      expect(Math.abs(counts[p] / gametes - expected), `${i}, ${j}`).toBeLessThan(
        4 * Math.sqrt((expected * (1 - expected)) / gametes),
      );
    }
  });
});

it('conversion parts near loci and leaves far ones about as they were', () => {
  const [none, some] = [
    { conversions: 0, tract: 3 },
    { conversions: 3, tract: 3 },
  ];
  expect(apart(3, 4, some) / apart(3, 4, none)).toBeGreaterThan(1.8);
  expect(apart(0, 19, some) / apart(0, 19, none)).toBeLessThan(1.5);
});
