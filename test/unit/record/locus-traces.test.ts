import { expect, it } from 'vitest';
import { lociBetween } from '../../../src/analysis/price/loci-of-censuses.ts';
import { checkRecord, recordedWorldOf } from '../../../src/record/check-record.ts';
import { LifeRecord } from '../../../src/record/life-record.ts';
import { pack, unpack } from '../../../src/record/pack.ts';
import type { Census } from '../../../src/record/types.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import { createSimulation, simulationFromSnapshot } from '../../../src/simulation/create.ts';
import type { Simulation } from '../../../src/simulation/types.ts';

const scene = (loci: 'none' | 'traits' | 'all', ploidy = 2) =>
  parseScene(
    {
      version: 1,
      name: 'slope',
      title: 'Slope',
      habitat: { kind: 'landscape', form: 'linear', dimensions: 12, model: 'wright-fisher' },
      record: { census: { every: 8, loci } },
      populations: {
        line: {
          founders: 40,
          genome: { ploidy },
          mechanisms: {
            mutation: { on: true },
            'sexual-reproduction': { on: true },
            recombination: { on: true, chromosomes: 3 },
            transfer: { on: true, kind: 'loci', rate: 0.05 },
          },
        },
      },
    },
    'test',
  );

/** Lets a world go on under a record, and gathers the completed censuses. */
function follow(simulation: Simulation, record: LifeRecord, ticks: number): Census[] {
  const censuses: Census[] = [];
  record.onCensus((census) => censuses.push(census));
  const stop = simulation.observe(record);
  simulation.step(ticks);
  stop();
  return censuses;
}

const saved = (record: LifeRecord) => unpack(Uint8Array.from(Buffer.concat(pack(record.state()))));

it('goes on within a window as if it had never stopped', () => {
  const whole = createSimulation(scene('traits'), '1');
  const all = follow(whole, new LifeRecord(whole), 40);
  const first = createSimulation(scene('traits'), '1');
  const record = new LifeRecord(first);
  const before = follow(first, record, 21);
  const state = saved(record);
  checkRecord(state, recordedWorldOf(first));
  const second = simulationFromSnapshot(first.snapshot());
  const after = follow(second, new LifeRecord(second, { saved: state }), 19);
  expect([...before, ...after]).toEqual(all);
  expect(all.some(({ locus }) => locus?.descent === 'loci' && locus.added?.transfer && locus.added.gametes)).toBe(true);
  for (const world of [whole, first, second]) world.dispose();
});

it('is refused where a saved copy comes from nowhere', () => {
  const simulation = createSimulation(scene('traits'), '1');
  const record = new LifeRecord(simulation);
  follow(simulation, record, 11);
  const state = saved(record) as unknown as { loci: { origins: Int32Array[] }[] };
  state.loci[0].origins[1][3] = 81;
  expect(() => checkRecord(state, recordedWorldOf(simulation))).toThrow(/record\.loci\[0\]\.origins\[1\]/);
  simulation.dispose();
});

it('takes up a record that followed no copies, from the next census on', () => {
  const simulation = createSimulation(scene('traits'), '1');
  const record = new LifeRecord(simulation);
  follow(simulation, record, 11);
  const { loci, ...older } = saved(record) as { loci: unknown };
  const second = simulationFromSnapshot(simulation.snapshot());
  const censuses = follow(second, new LifeRecord(second, { saved: older as never }), 21);
  expect(censuses.map(({ locus }) => locus?.descent)).toEqual(['loci', 'unknown', 'loci']);
  const traits = second.populations[0].traits.length;
  expect(lociBetween(censuses[0], censuses[1], traits)?.account(0)).toBeUndefined();
  expect(lociBetween(censuses[1], censuses[2], traits)?.account(0)?.residual).toBeLessThan(1e-12);
  simulation.dispose();
  second.dispose();
});

it('follows no loci, those of traits, or all, as the scene says', () => {
  for (const [loci, count] of [
    ['none', undefined],
    ['traits', 8],
    ['all', 12],
  ] as const) {
    const simulation = createSimulation(scene(loci), '1');
    const record = new LifeRecord(simulation);
    const [census] = follow(simulation, record, 8);
    expect(census.locus?.loci).toBe(count);
    expect(simulation.populations[0].originTraces.length).toBe(loci === 'none' ? 0 : 1);
    record.dispose();
    expect(simulation.populations[0].originTraces.length).toBe(0);
    simulation.dispose();
  }
});

it('says no more than clades do where nothing but births spreads copies', () => {
  const clones = parseScene(
    {
      version: 1,
      name: 'clones',
      title: 'Clones',
      habitat: { kind: 'landscape', form: 'linear', dimensions: 2, model: 'wright-fisher' },
      record: { census: { every: 5 } },
      populations: { line: { founders: 30, genome: { ploidy: 1 }, mechanisms: { mutation: { on: true } } } },
    },
    'test',
  );
  const simulation = createSimulation(clones, '1');
  const censuses = follow(simulation, new LifeRecord(simulation), 15);
  expect(censuses.map(({ locus }) => locus?.descent)).toEqual(['founders', 'clades', 'clades']);
  for (const { locus } of censuses) {
    for (const column of [locus?.origins, locus?.added, locus?.alleles, locus?.ledgers]) expect(column).toBeUndefined();
  }
  simulation.dispose();
});
