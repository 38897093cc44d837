import type { Population } from '../../src/population/population.ts';
import { ids, makeWorld, smallWorld } from '../unit/engine/worlds.ts';

/** Ground on which everybody finds enough. */
export const rich = { width: 192, height: 192, grass: { capacity: 4, regrowth: 0.3, cover: 1, pattern: 'uniform' } };

export const slotOf = ({ layout }: Population, name: string): number =>
  layout.loci.find((locus) => locus.name === name)?.slot as number;

/** What became of two loci of known recombination rate in the gametes of a population. */
export interface Linkage {
  /** For each gamete: product of the two loci less its expectation by (1 - r). */
  readonly differences: readonly number[];
  /** Gametes of parents that differ at both loci, and those of them that have the loci of different haplotypes. */
  readonly informative: number;
  readonly parted: number;
}

/**
 * Linkage disequilibrium decays by (1 - r) a generation (Lewontin & Kojima 1960): given both parents' haplotypes (a, b), a
 * gamete's product of two loci has the expectation (1 - r)(a1 a2 + b1 b2)/2 + r (a1 b2 + b1 a2)/2.
 */
export function linkage(of: { ploidy: number; rate: number; founders: number; ticks: number; seed: string }): Linkage {
  const { ploidy, rate: r } = of;
  const simulation = makeWorld(
    smallWorld({
      habitat: rich,
      foragers: {
        founders: of.founders,
        genome: { ploidy },
        mechanisms: {
          mutation: { on: false },
          'sexual-reproduction': { on: true, reach: 12 },
          recombination: { on: true, chromosomes: 1, length: 0.5, segments: [{ segment: 'marker.2', apart: r }] },
        },
      },
    }),
    of.seed,
  );
  const [population] = simulation.populations;
  const [one, two] = [slotOf(population, 'marker.1'), slotOf(population, 'marker.2')];
  const { stride } = population.layout;
  const differences: number[] = [];
  let parted = 0;
  let informative = 0;
  for (let tick = 0; tick < of.ticks; tick++) {
    const before = new Map(ids(population).map((id, row) => [id, population.genomeOf(row)]));
    simulation.step();
    const births = simulation.births(population);
    const rows = new Map(ids(population).map((id, row) => [id, row]));
    for (let k = 0; k < births.count; k++) {
      const child = population.genomeOf(rows.get(births.id[k]) as number);
      for (let g = 0; g < ploidy; g++) {
        const first = before.get(g === 0 ? births.parent[k] : births.mate[k]) as Float32Array;
        const second = ploidy === 2 ? first.subarray(stride) : (before.get(births.mate[k]) as Float32Array);
        const [a1, a2, b1, b2] = [first[one], first[two], second[one], second[two]];
        const gamete = child.subarray(g * stride);
        const expected = ((1 - r) * (a1 * a2 + b1 * b2) + r * (a1 * b2 + b1 * a2)) / 2;
        differences.push(gamete[one] * gamete[two] - expected);
        if (a1 === b1 || a2 === b2) continue;
        informative++;
        if ((gamete[one] === a1) !== (gamete[two] === a2)) parted++;
      }
    }
  }
  simulation.dispose();
  return { differences, informative, parted };
}
