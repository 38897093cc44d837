import { neiFst } from '../../src/analysis/stats/divergence.ts';
import { floatsNamed } from '../../src/ecs/table.ts';
import type { EmbodiedPopulation } from '../../src/population/embodied-population.ts';
import { parseScene } from '../../src/scene/parse.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import type { Simulation } from '../../src/simulation/types.ts';

/** An island model: d patches, each linked with all others, N organisms on each, generations that do not overlap, and a fixed rate of migration. */
export interface IslandModel {
  readonly ploidy: 1 | 2;
  /** Patches d, newborns of each N, chance m that one comes from another patch. */
  readonly patches: number;
  readonly size: number;
  readonly migration: number;
  /** Chance that a copy of a locus mutates at a birth; every mutation is new. */
  readonly mutation: number;
}

/**
 * F_ST = 1/(1 + 4 N m (d/(d - 1))^2) for diploids, 2 N m for haploids: Nei's form, the total including pairs within patches
 * (Slatkin 1991, Genet. Res. 58: 167; Takahata 1983, Genetics 104: 497). For small m, and mutation that is rarer still.
 */
export function islandFormula({ ploidy, patches, size, migration }: IslandModel): number {
  const ratio = patches / (patches - 1);
  return 1 / (1 + 2 * ploidy * size * migration * ratio * ratio);
}

/** Chances of 0 to n successes. */
export function binomial(n: number, p: number): Float64Array {
  const chances = new Float64Array(n + 1);
  chances[0] = (1 - p) ** n;
  for (let k = 1; k <= n; k++) chances[k] = (chances[k - 1] * (n - k + 1) * p) / (k * (1 - p));
  return chances;
}

/**
 * The same without approximation for small m and u: the fixed point of the chances of identity of two copies within an organism (f), of two organisms on a
 * patch (g0), and on two (g1), each patch counting alike whatever lives there. A patch has S of its N newborns and I from elsewhere, binomial both, so that
 * numbers n = S + I vary: two copies come from one parent with chance E[1/n], two organisms on a patch from one patch with chance `together`. What
 * numbers of one patch say about those of another is left out.
 */
export function islandRecursion({ ploidy, patches: d, size, migration: m, mutation }: IslandModel): number {
  const [stay, come] = [binomial(size, 1 - m), binomial((d - 1) * size, m / (d - 1))];
  let [together, inverse, resident] = [0, 0, 0];
  for (const [s, ofS] of stay.entries()) {
    for (const [i, ofI] of come.entries()) {
      const n = s + i;
      const weight = ofS * ofI;
      if (n < 2 || weight < 1e-15) continue;
      together += (weight * (s * (s - 1) + (i * (i - 1) * (size - 1)) / ((d - 1) * size - 1))) / (n * (n - 1));
      inverse += weight / n;
      resident += (weight * s) / n;
    }
  }
  const met = (2 * resident * (1 - resident)) / (d - 1) + ((1 - resident) ** 2 * (d - 2)) / (d - 1) ** 2;
  const kept = (1 - mutation) * (1 - mutation);
  let [f, g0, g1] = [1, 1, 1];
  for (let generation = 0; generation < 100_000; generation++) {
    const oneParent = ploidy === 2 ? (1 + f) / 2 : 1;
    const born = kept * (oneParent * inverse + (1 - inverse) * g0);
    const apart = kept * g1;
    [f, g0, g1] = [kept * g0, together * born + (1 - together) * apart, met * born + (1 - met) * apart];
  }
  return neiFst(1 - g0, 1 - g1, d);
}

/** A world of this model on a network: newborns that migrate go along one of the links of their patch, each alike. */
export function islandWorld(
  { ploidy, patches, size, migration, mutation }: IslandModel,
  graph: 'complete' | 'ring',
  seed: string,
): Simulation {
  const scene = parseScene(
    {
      version: 1,
      name: 'islands',
      title: 'Island model',
      habitat: {
        kind: 'patches',
        graph,
        nodes: patches,
        generations: 'separate',
        size,
        migration,
        // Nothing to eat: all reserves are equal, and parents are drawn at random.
        grass: { capacity: 0 },
      },
      populations: {
        beings: {
          founders: patches * size,
          senses: ['age'],
          policy: { hidden: 12, deviation: 0, biases: { mate: 20 } },
          genome: { ploidy },
          energy: { founder: 0.1 },
          life: { maturity: 0 },
          mechanisms: {
            mutation: { on: true, rate: mutation, deviation: 0.01 },
            'sexual-reproduction': { on: true },
            recombination: { on: true, chromosomes: 1000 },
          },
        },
      },
    },
    'test',
  );
  return createSimulation(scene, seed);
}

/**
 * Heterozygosities of all loci of a run, within patches and between them, means over loci, samples and patches: shares of pairs of copies of two
 * organisms that differ.
 */
export function islandHeterozygosities(
  model: IslandModel,
  seed: string,
  { burnIn, samples, every }: { readonly burnIn: number; readonly samples: number; readonly every: number },
): { readonly within: number; readonly between: number } {
  const { patches } = model;
  const simulation = islandWorld(model, 'complete', seed);
  const [population] = simulation.populations as readonly EmbodiedPopulation[];
  simulation.step(burnIn);
  let [within, between] = [0, 0];
  for (let sample = 0; sample < samples; sample++) {
    simulation.step(every);
    const now = heterozygosities(population, patches);
    within += now.within / samples;
    between += now.between / samples;
  }
  simulation.dispose();
  return { within, between };
}

/** Of one moment: counts of alleles by patch give the shares of pairs that differ without a look at the pairs. */
function heterozygosities({ table, layout, haplotypes, count, ploidy }: EmbodiedPopulation, patches: number) {
  const patch = table.f32(floatsNamed('patch'));
  const columns = haplotypes.map((name) => table.f32(name));
  // Loci that do not mutate differ by nothing.
  const loci = layout.loci.filter(({ scale }) => scale > 0);
  const organisms = new Array<number>(patches).fill(0);
  for (let row = 0; row < count; row++) organisms[patch[row]]++;
  let [within, between] = [0, 0];
  for (const { slot } of loci) {
    const alleles = Array.from({ length: patches }, () => new Map<number, number>());
    const all = new Map<number, number>();
    /** Pairs of copies within one organism that are alike, by patch. */
    const own = new Array<number>(patches).fill(0);
    for (let row = 0; row < count; row++) {
      const values = columns.map((column) => column[row * layout.stride + slot]);
      for (const value of values) {
        alleles[patch[row]].set(value, (alleles[patch[row]].get(value) ?? 0) + 1);
        all.set(value, (all.get(value) ?? 0) + 1);
      }
      for (const a of values) for (const b of values) if (a === b) own[patch[row]]++;
    }
    const squares = (counts: ReadonlyMap<number, number>) => [...counts.values()].reduce((sum, n) => sum + n * n, 0);
    let [alikeWithin, pairsWithin, occupied, samePatch] = [0, 0, 0, 0];
    for (const [p, counts] of alleles.entries()) {
      const copies = ploidy * organisms[p];
      pairsWithin += copies * copies;
      samePatch += squares(counts);
      const pairs = copies * copies - ploidy * copies;
      if (pairs === 0) continue;
      occupied++;
      alikeWithin += (squares(counts) - own[p]) / pairs;
    }
    const copies = ploidy * count;
    within += (1 - alikeWithin / occupied) / loci.length;
    between += (1 - (squares(all) - samePatch) / (copies * copies - pairsWithin)) / loci.length;
  }
  return { within, between };
}

/** F_ST of several runs as a ratio of means, with its standard error over runs (by leaving each out). */
export function islandFst(model: IslandModel, runs: readonly { readonly within: number; readonly between: number }[]) {
  const of = (chosen: typeof runs) => {
    const sum = (key: 'within' | 'between') => chosen.reduce((all, one) => all + one[key], 0);
    return neiFst(sum('within'), sum('between'), model.patches);
  };
  const without = runs.map((_, k) => of(runs.filter((__, other) => other !== k)));
  const centre = without.reduce((sum, one) => sum + one, 0) / runs.length;
  const spread = without.reduce((sum, one) => sum + (one - centre) ** 2, 0);
  return { fst: of(runs), error: Math.sqrt(((runs.length - 1) / runs.length) * spread) };
}
