import { lociBetween } from '../../src/analysis/price/loci-of-censuses.ts';
import type { LocusAccount } from '../../src/analysis/price/price-of-loci.ts';
import { LifeRecord } from '../../src/record/life-record.ts';
import { parseScene } from '../../src/scene/parse.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import type { Simulation } from '../../src/simulation/types.ts';
import { driverWorld } from './drivers.ts';
import { implantElement, still } from './transfers.ts';

/** Accounts of one trait by copies of its locus, a window between censuses each. */
function accountsOf(simulation: Simulation, trait: string, ticks: number): LocusAccount[] {
  const record = new LifeRecord(simulation);
  simulation.observe(record);
  const [population] = simulation.populations;
  const t = population.traits.findIndex(({ id }) => id === trait);
  const accounts: LocusAccount[] = [];
  record.onCensus((opened) => {
    const [closed] = record.lastCensus;
    if (closed.tick <= opened.tick) return;
    const account = lociBetween(opened, closed, population.traits.length)?.account(t);
    if (account) accounts.push(account);
  });
  simulation.step(ticks);
  simulation.dispose();
  return accounts;
}

/** A sexual population on a slope, all of whose loci recombine freely and none of which mutates: an account every five generations. */
export function freeRecombination(ploidy: 1 | 2, seed: string): LocusAccount[] {
  const scene = parseScene(
    {
      version: 1,
      name: 'slope',
      title: 'Slope',
      habitat: { kind: 'landscape', form: 'linear', dimensions: 4, forms: { linear: { slope: 0.4 } }, model: 'wright-fisher' },
      record: { census: { every: 5 } },
      populations: {
        line: {
          founders: 300,
          start: { deviation: 0.5 },
          genome: { ploidy },
          mechanisms: {
            mutation: { on: false },
            'sexual-reproduction': { on: true },
            recombination: { on: true, chromosomes: 4 },
          },
        },
      },
    },
    'test',
  );
  return accountsOf(createSimulation(scene, seed), 'x1', 20);
}

/** The marker of organisms that never die or breed, and hand over loci to each other: replacement. One account of twenty ticks. */
export function replacedMarker(seed: string): LocusAccount {
  const settings = { rate: 0.05, donors: 'anyone', reach: 12, loci: 400 };
  const [account] = accountsOf(still(settings, 200, seed, { record: { census: { every: 20 } } }), 'marker.2', 20);
  return account;
}

/** An element that is acquired and never lost, from a tenth of such organisms on: one account of twenty ticks. */
export function acquiredElement(seed: string): LocusAccount {
  const simulation = still({ rate: 0.05, donors: 'anyone', kind: 'element' }, 200, seed, { record: { census: { every: 20 } } });
  implantElement(simulation.populations[0]);
  const [account] = accountsOf(simulation, 'marker.1', 20);
  return account;
}

/**
 * Generations of a population of diploids of which one in five haplotypes carries a driver: per generation the share of gametes that drive turned into carriers,
 * and what theory says of it, (2k - 1) / 2 of those that heterozygotes gave.
 */
export function drivenShares({
  transmission,
  size,
  generations,
  seed,
}: Record<'transmission' | 'size' | 'generations', number> & { seed: string }) {
  const threshold = 1.19;
  const { simulation, population, slot } = driverWorld({ transmission, cost: 0, size, threshold }, seed);
  const { trace } = simulation.traceOrigins(population, { slots: [slot], channels: true });
  const shares: { measured: number; expected: number; gametes: number }[] = [];
  for (let tick = 0; tick < generations; tick++) {
    const { table, count, haplotypes, layout } = population;
    trace.open();
    const columns = haplotypes.map((name) => table.f32(name));
    const carries = Array.from({ length: count }, (_, row) =>
      columns.map((column) => column[row * layout.stride + slot] > threshold),
    );
    const rows = new Map(Array.from(table.f64('id').subarray(0, count), (id, row) => [id, row]));
    simulation.step();
    const births = simulation.births(population);
    let fromHeterozygotes = 0;
    for (let k = 0; k < births.count; k++) {
      for (const parent of [births.parent[k], births.mate[k]]) {
        const [one, two] = carries[rows.get(parent) as number];
        if (one !== two) fromHeterozygotes++;
      }
    }
    const added = trace.channel('drive');
    let gained = 0;
    for (const [row, both] of carries.entries())
      for (const [h, one] of both.entries()) if (one) gained += added?.[2 * row + h] ?? 0;
    const gametes = 2 * births.count;
    shares.push({ measured: gained / gametes, expected: ((transmission - 0.5) * fromHeterozygotes) / gametes, gametes });
  }
  simulation.dispose();
  return shares;
}
