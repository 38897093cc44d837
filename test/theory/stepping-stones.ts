import { floatsNamed } from '../../src/ecs/table.ts';
import type { Population } from '../../src/population/population.ts';
import { binomial, type IslandModel, islandWorld } from './island-model.ts';

/**
 * By how much two copies from patches i steps apart on a ring of d differ more often than two of one patch, as a share of how often these differ:
 * (H_i - H_0) / H_0 = i (d - i) / (2 m N d), of haploids. Times to the common ancestor are T_0 = N d and T_i = T_0 + i (d - i) / (2 m)
 * (Slatkin 1991, Genet. Res. 58: 167, circular stepping stones), and H = 2 u T. What it leaves out is of the order of m, and of u T.
 */
export const steppingStoneFormula = ({ patches: d, size, migration }: IslandModel, steps: number): number =>
  (steps * (d - steps)) / (2 * migration * size * d);

/**
 * The same without approximation for small m and u: the fixed point of the chances of identity g_i of two organisms i steps apart. A patch has S of its N
 * newborns and I from either neighbour, binomial all three. What numbers of one patch say about those of another is left out.
 */
export function steppingStoneRecursion({ patches: d, size, migration: m, mutation }: IslandModel): readonly number[] {
  const [stay, come] = [binomial(size, 1 - m), binomial(size, m / 2)];
  // Of two organisms of one patch: both from one patch, from patches one step apart, and two steps apart.
  const pair = [0, 0, 0];
  let [inverse, resident] = [0, 0];
  for (const [s, ofS] of stay.entries()) {
    for (const [i, ofI] of come.entries()) {
      for (const [j, ofJ] of come.entries()) {
        const n = s + i + j;
        const weight = ofS * ofI * ofJ;
        if (n < 2 || weight < 1e-15) continue;
        const pairs = n * (n - 1);
        pair[0] += (weight * (s * (s - 1) + i * (i - 1) + j * (j - 1))) / pairs;
        pair[1] += (weight * 2 * s * (i + j)) / pairs;
        pair[2] += (weight * 2 * i * j) / pairs;
        inverse += weight / n;
        resident += (weight * s) / n;
      }
    }
  }
  const moves = [
    [0, resident],
    [1, (1 - resident) / 2],
    [-1, (1 - resident) / 2],
  ] as const;
  const kept = (1 - mutation) * (1 - mutation);
  const lag = (steps: number) => ((steps % d) + d) % d;
  let g = new Array<number>(d).fill(1);
  for (let generation = 0; generation < 20_000; generation++) {
    const born = (steps: number) => kept * (lag(steps) === 0 ? inverse + (1 - inverse) * g[0] : g[lag(steps)]);
    g = g.map((_, steps) => {
      if (steps === 0) return pair.reduce((sum, chance, apart) => sum + chance * born(apart), 0);
      return moves.reduce((sum, [a, p]) => sum + moves.reduce((part, [b, q]) => part + p * q * born(steps + a - b), 0), 0);
    });
  }
  return g.slice(0, (d >> 1) + 1).map((identity) => (g[0] - identity) / (1 - g[0]));
}

/** Share of pairs of copies that differ, by the steps between their patches: means over loci and samples of one run of haploids on a ring. */
export function differencesBySteps(
  model: IslandModel,
  seed: string,
  { burnIn, samples, every }: { readonly burnIn: number; readonly samples: number; readonly every: number },
): readonly number[] {
  const simulation = islandWorld(model, 'ring', seed);
  const [population] = simulation.populations;
  const differing = new Array<number>((model.patches >> 1) + 1).fill(0);
  simulation.step(burnIn);
  for (let sample = 0; sample < samples; sample++) {
    simulation.step(every);
    for (const [steps, share] of sampleBySteps(population, model.patches).entries()) differing[steps] += share / samples;
  }
  simulation.dispose();
  return differing;
}

function sampleBySteps({ table, layout, count }: Population, d: number): readonly number[] {
  const patch = table.f32(floatsNamed('patch'));
  const genome = table.f32('genome');
  const loci = layout.loci.filter(({ scale }) => scale > 0);
  const [alike, pairs] = [new Float64Array((d >> 1) + 1), new Float64Array((d >> 1) + 1)];
  const size = new Array<number>(d).fill(0);
  for (let row = 0; row < count; row++) size[patch[row]]++;
  const stepsOf = (a: number, b: number) => Math.min((a - b + d) % d, (b - a + d) % d);
  for (const { slot } of loci) {
    const alleles = new Map<number, Float64Array>();
    for (let row = 0; row < count; row++) {
      const value = genome[row * layout.stride + slot];
      const counts = alleles.get(value) ?? new Float64Array(d);
      alleles.set(value, counts);
      counts[patch[row]]++;
    }
    for (let a = 0; a < d; a++) {
      for (let b = 0; b < d; b++) {
        const steps = stepsOf(a, b);
        pairs[steps] += size[a] * (size[b] - (a === b ? 1 : 0));
        for (const counts of alleles.values()) alike[steps] += counts[a] * (counts[b] - (a === b ? 1 : 0));
      }
    }
  }
  return Array.from(alike, (number, steps) => 1 - number / pairs[steps]);
}
