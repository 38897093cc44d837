import { describe, expect, it } from 'vitest';
import { mean, standardError } from '../../src/math/statistics.ts';
import { copyGenomes, implantGenomes } from '../../src/population/implant.ts';
import type { Population } from '../../src/population/population.ts';
import { traitIds } from '../../src/population/traits.ts';
import { ids, makeWorld, smallWorld } from '../unit/engine/worlds.ts';

const rich = { width: 192, height: 192, grass: { capacity: 4, regrowth: 0.3, cover: 1, pattern: 'uniform' } };
const slotOf = ({ layout }: Population, name: string) => layout.loci.find((locus) => locus.name === name)?.slot as number;

describe('recombination', () => {
  // Linkage disequilibrium decays by (1 - r) a generation (Lewontin & Kojima 1960): given both parents' haplotypes (a, b),
  // a gamete's product of two loci has the expectation (1 - r)(a1 a2 + b1 b2)/2 + r (a1 b2 + b1 a2)/2.
  it.each([1, 2].flatMap((ploidy) => [0, 0.1, 0.3, 0.5].map((r) => ({ ploidy, r }))))(
    'ploidy $ploidy: loci of recombination rate $r keep 1 - r of their disequilibrium',
    ({ ploidy, r }) => {
      const simulation = makeWorld(
        smallWorld({
          habitat: rich,
          foragers: {
            founders: 600,
            genome: { ploidy },
            mechanisms: {
              mutation: { on: false },
              'sexual-reproduction': { on: true, reach: 12 },
              recombination: { on: true, chromosomes: 1, length: 0.5, segments: [{ segment: 'marker.2', apart: r }] },
            },
          },
        }),
        'linkage',
      );
      const [population] = simulation.populations;
      const [one, two] = [slotOf(population, 'marker.1'), slotOf(population, 'marker.2')];
      const { stride } = population.layout;
      const differences: number[] = [];
      let parted = 0;
      let informative = 0;
      let before = new Map<number, Float32Array>();
      for (let tick = 0; tick < 60; tick++) {
        before = new Map(ids(population).map((id, row) => [id, population.genomeOf(row)]));
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
      expect(informative).toBeGreaterThan(800);
      expect(Math.abs(mean(differences))).toBeLessThan(4 * standardError(differences));
      const error = Math.sqrt((r * (1 - r)) / informative);
      expect(Math.abs(parted / informative - r)).toBeLessThanOrEqual(4 * error);
    },
  );
});

/** Organisms that never die, and whose reserves never reach what offspring would take. */
function still(mechanism: Record<string, unknown>, founders: number, seed: string) {
  return makeWorld(
    smallWorld({
      habitat: rich,
      foragers: {
        founders,
        traits: { 'marker.1': { deviation: 0 } },
        energy: { founder: 6, living: 0, moving: 0, swiftness: 0, feeding: 0, storage: 1000 },
        life: { maturity: 100_000, span: 1_000_000, accident: 0 },
        mechanisms: { mutation: { on: false }, transfer: { on: true, ...mechanism } },
      },
    }),
    seed,
  );
}

describe('horizontal transfer', () => {
  it.each(['neighbours', 'anyone'])(
    'by replacement from %s leaves the expected value of a neutral marker as it was',
    (donors) => {
      // Recipients are as likely to be anybody as donors are: the mean change is 0, its error that of the changes. Where
      // donors are neighbours, those with many are drawn as donors more often: then place, not the marker, decides.
      const changes: number[] = [];
      const simulation = still({ rate: 0.05, donors, reach: 12, loci: 400 }, 800, 'replacement');
      const [population] = simulation.populations;
      const marker = traitIds.indexOf('marker.2');
      for (let tick = 0; tick < 40; tick++) {
        simulation.step();
        const events = simulation.transfers(population);
        for (let k = 0; k < events.count; k++) changes.push(events.traitChange[k * traitIds.length + marker]);
      }
      simulation.dispose();
      expect(changes.length).toBeGreaterThan(500);
      expect(changes.filter((change) => change !== 0).length).toBeGreaterThan(200);
      expect(Math.abs(mean(changes))).toBeLessThan(4 * standardError(changes));
    },
  );

  it('an element is never lost by a diploid either, on any haplotype', () => {
    const simulation = makeWorld(
      smallWorld({
        habitat: rich,
        foragers: {
          founders: 300,
          genome: { ploidy: 2 },
          energy: { founder: 6, living: 0, moving: 0, swiftness: 0, feeding: 0, storage: 1000 },
          life: { maturity: 100_000, span: 1_000_000, accident: 0 },
          mechanisms: { mutation: { on: false }, transfer: { on: true, kind: 'element', rate: 0.1, donors: 'anyone' } },
        },
      }),
      'diploid element',
    );
    const [population] = simulation.populations;
    const slot = slotOf(population, 'marker.1');
    const { stride } = population.layout;
    const carried = () => {
      const all = new Map<number, number[]>();
      for (const [row, id] of ids(population).entries()) {
        const genome = population.genomeOf(row);
        all.set(id, [genome[slot] > 0 ? 1 : 0, genome[stride + slot] > 0 ? 1 : 0]);
      }
      return all;
    };
    let before = carried();
    for (let tick = 0; tick < 120; tick++) {
      simulation.step();
      const after = carried();
      for (const [id, [one, two]] of after) {
        const [first, second] = before.get(id) as number[];
        expect(one).toBeGreaterThanOrEqual(first);
        expect(two).toBeGreaterThanOrEqual(second);
      }
      before = after;
    }
    expect([...before.values()].flat().filter((carries) => carries === 0).length).toBeLessThan(30);
    simulation.dispose();
  });

  it('an element that is acquired and never lost follows the logistic where all meet all', () => {
    // Each tick each organism without it meets, with chance rate, one of the N - 1 others: i' = i + rate (1 - i) i N/(N - 1).
    const [founders, rate, ticks, replicates] = [400, 0.1, 60, 16];
    const found: number[][] = [];
    for (let replicate = 0; replicate < replicates; replicate++) {
      const simulation = still({ rate, donors: 'anyone', kind: 'element' }, founders, `element ${replicate}`);
      const [population] = simulation.populations;
      const slot = slotOf(population, 'marker.1');
      const carriers = Array.from({ length: founders / 10 }, (_, row) => row * 10);
      const genomes = copyGenomes(population, carriers);
      for (let k = 0; k < carriers.length; k++) genomes[k * population.layout.stride + slot] = 1;
      implantGenomes(population, carriers, genomes);
      const share = () => {
        const genome = population.table.f32('genome');
        let carrying = 0;
        for (let row = 0; row < population.count; row++) if (genome[row * population.layout.stride + slot] > 0) carrying++;
        return carrying / population.count;
      };
      const path = [share()];
      for (let tick = 0; tick < ticks; tick++) {
        simulation.step();
        path.push(share());
      }
      expect(population.count).toBe(founders);
      found.push(path);
      simulation.dispose();
    }
    let expected = 0.1;
    const zs: number[] = [];
    for (let tick = 1; tick <= ticks; tick++) {
      expected += rate * (1 - expected) * ((expected * founders) / (founders - 1));
      const shares = found.map((path) => path[tick]);
      const error = standardError(shares);
      // The map of expectations bends: what chance has spread lowers the mean by at most half the variance times rate a tick.
      const bend = standardError(shares) ** 2 * replicates * rate * tick * 0.5;
      if (error > 0) zs.push((Math.abs(mean(shares) - expected) - bend) / error);
    }
    expect(found[0][ticks]).toBeGreaterThan(0.9);
    expect(Math.max(...zs)).toBeLessThan(4);
  });
});
