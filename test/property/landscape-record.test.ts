import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { floatsNamed } from '../../src/ecs/table.ts';
import { covariance, mean } from '../../src/math/statistics.ts';
import type { Population } from '../../src/population/population.ts';
import { LifeRecord } from '../../src/record/life-record.ts';
import { type Packable, pack, unpack } from '../../src/record/pack.ts';
import type { Census } from '../../src/record/types.ts';
import { SceneError } from '../../src/scene/error.ts';
import type { LandscapeScene } from '../../src/scene/schema.ts';
import { createSimulation, simulationFromSnapshot } from '../../src/simulation/create.ts';
import type { Simulation } from '../../src/simulation/types.ts';
import { landscapeChangesOf, landscapeScenes } from './landscape-scenes.ts';

const factor = Number(process.env.PROPERTY_FACTOR ?? 1);
const runs = (numRuns: number) => ({ numRuns: factor * numRuns, seed: 2026 });

const bits = (genome: Float32Array | undefined) => genome && Buffer.from(genome.slice().buffer).toString('hex');
const packed = (record: LifeRecord) => Buffer.concat([...pack(record.state())]);

interface Kin {
  readonly parents: readonly number[];
  readonly shares: readonly number[];
  readonly birthTick: number;
  readonly generation: number;
  readonly founder: number;
  offspring: number;
  /** Whole genome as it is now; undefined for one that nobody has ever seen alive at the end of a tick. */
  genome: Float32Array | undefined;
  /** The same as it was born with. */
  born: Float32Array | undefined;
  /** So many of its loci were replaced within life. */
  received: number;
}

/** Everybody who ever lived, by plain looks at the world after every tick, and genes followed event by event. */
class Chronicle {
  readonly all = new Map<number, Kin>();

  constructor(simulation: Simulation) {
    const [population] = simulation.populations;
    for (let row = 0; row < population.count; row++) {
      const genome = population.genomeOf(row);
      const id = population.table.f64('id')[row];
      const root = { parents: [], shares: [], birthTick: 0, generation: 0, founder: id, offspring: 0, received: 0 };
      this.all.set(id, { ...root, genome, born: genome.slice() });
    }
  }

  afterTick(simulation: Simulation): void {
    const [population] = simulation.populations;
    const { layout, table } = population;
    const transfers = simulation.transfers(population);
    for (let k = 0; k < transfers.count; k++) {
      const recipient = this.all.get(transfers.recipient[k]) as Kin;
      const values = transfers.values.subarray(transfers.valueStarts[k], transfers.valueStarts[k + 1]);
      recipient.genome?.set(values, transfers.recipientHaplotype[k] * layout.stride + transfers.start[k]);
      recipient.received += values.length;
    }
    const births = simulation.births(population);
    const rows = new Map(Array.from(table.f64('id').subarray(0, table.count), (id, row) => [id, row]));
    for (let k = 0; k < births.count; k++) {
      const first = this.all.get(births.parent[k]) as Kin;
      first.offspring++;
      const row = rows.get(births.id[k]);
      const genome = row === undefined ? undefined : population.genomeOf(row);
      this.all.set(births.id[k], {
        parents: births.mate[k] < 0 ? [births.parent[k]] : [births.parent[k], births.mate[k]],
        shares: births.mate[k] < 0 ? [1] : [births.share[k], 1 - births.share[k]],
        birthTick: simulation.tick,
        generation: first.generation + 1,
        founder: first.founder,
        offspring: 0,
        received: 0,
        genome,
        born: genome?.slice(),
      });
    }
  }
}

function expectNumbers(simulation: Simulation, population: Population): void {
  const { table, traits } = population;
  for (const { id } of traits) {
    for (const value of table.f32(floatsNamed(id)).subarray(0, table.count))
      if (!Number.isFinite(value)) throw new Error(`${id} is ${value}`);
  }
  for (let row = 0; row < table.count; row++) {
    for (const value of population.genomeOf(row))
      if (!Number.isFinite(value)) throw new Error(`tick ${simulation.tick}: ${value}`);
  }
}

/** What share of an organism's ancestry lived at a tick, itself included: along all parents back to those born by then, of which some had died. */
function shareWithin(chronicle: Chronicle, lived: ReadonlySet<number>, tick: number): (id: number) => number {
  const known = new Map<number, number>();
  const of = (id: number): number => {
    const { birthTick, parents, shares } = chronicle.all.get(id) as Kin;
    if (birthTick <= tick) return lived.has(id) ? 1 : 0;
    const share = known.get(id) ?? parents.reduce((sum, parent, k) => sum + shares[k] * of(parent), 0);
    known.set(id, share);
    return share;
  };
  return of;
}

/** What the record says of everybody it keeps, against the chronicle. */
function expectRecord(record: LifeRecord, chronicle: Chronicle, population: Population): void {
  const { table } = population;
  const living = Array.from(table.f64('id').subarray(0, table.count));
  const genomes = record.genomesOf(living);
  for (const [row, id] of living.entries()) {
    const kin = chronicle.all.get(id) as Kin;
    const own = bits(population.genomeOf(row));
    expect(bits(kin.genome)).toBe(own);
    expect(bits(genomes[row])).toBe(own);
    expect(record.individual(id)).toMatchObject({
      parents: kin.parents,
      shares: kin.shares,
      birthTick: kin.birthTick,
      generation: kin.generation,
      founder: kin.founder,
      offspring: kin.offspring,
      deathTick: null,
    });
    // Lines end at a founder, and everybody on them is kept.
    expect(record.lineOf(id).at(-1)).toBe(kin.founder);
  }
  record.visitAncestors(({ id }, born) => {
    const kin = chronicle.all.get(id) as Kin;
    if (kin.born !== undefined) expect(bits(born)).toBe(bits(kin.born));
  });
}

/**
 * Every trait's change between two censuses is selection and what the ledgers have, where all descend from the first; descendants are as many as the chronicle has.
 * @returns whether some of the second descend from organisms that had died before the first
 */
function expectPrice(from: Census, to: Census, traits: number, chronicle: Chronicle): boolean {
  const descendants = from.descendants as Float64Array;
  const w = Array.from(descendants);
  const shareOf = shareWithin(chronicle, new Set(from.id), from.tick);
  const within = Array.from(to.id, shareOf).reduce((a, b) => a + b, 0);
  expect(Math.abs(w.reduce((a, b) => a + b, 0) - within)).toBeLessThan(1e-9 * to.count);
  if (within < to.count - 1e-6) return true;
  for (let t = 0; t < traits; t++) {
    const z = ({ traits: values, count }: Census) => Array.from({ length: count }, (_, k) => values[k * traits + t]);
    const ledger = ({ ledgers, mechanisms, count }: Census) =>
      Array.from({ length: count }, (_, k) =>
        mechanisms.reduce((sum, _name, m) => sum + ledgers[(k * mechanisms.length + m) * traits + t], 0),
      );
    const selection = covariance(w, z(from)) / mean(w);
    const before = ledger(from).reduce((sum, value, k) => sum + w[k] * value, 0) / to.count;
    const change = mean(z(to)) - mean(z(from));
    const scale = Math.max(1, ...z(from).map(Math.abs), ...z(to).map(Math.abs));
    expect(Math.abs(change - selection - (mean(ledger(to)) - before))).toBeLessThan(1e-9 * scale);
  }
  return false;
}

interface Story {
  readonly scene: LandscapeScene;
  readonly changes: readonly { readonly at: number; readonly path: string; readonly value: unknown }[];
  readonly ticks: number;
  readonly stop: number;
  readonly seed: string;
}

const stories: fc.Arbitrary<Story> = landscapeScenes.chain((scene) =>
  fc
    .record({
      changes: fc.array(fc.tuple(fc.integer({ min: 0, max: 24 }), landscapeChangesOf(scene)), { maxLength: 6 }),
      ticks: fc.integer({ min: 2, max: 24 }),
      stop: fc.integer({ min: 0, max: 24 }),
      seed: fc.constantFrom('a', 'b', 'c'),
    })
    .map(({ changes, ticks, stop, seed }) => ({
      scene,
      ticks,
      stop: Math.min(stop, ticks),
      seed,
      changes: changes.map(([at, change]) => ({ at, ...change })).sort((a, b) => a.at - b.at),
    })),
);

const open: Simulation[] = [];
const keep = (simulation: Simulation): Simulation => {
  open.push(simulation);
  return simulation;
};
const close = () => {
  for (const one of open.splice(0)) one.dispose();
};
afterEach(close);

/** Steps to a tick with the changes that are possible; `each` is called after every tick. */
function live(simulation: Simulation, { changes }: Story, until: number, each: () => void): void {
  while (simulation.tick < until) {
    for (const { at, path, value } of changes) {
      if (at !== simulation.tick) continue;
      try {
        simulation.set(path, value);
      } catch (error) {
        // What another value demands may forbid it.
        if (!(error instanceof SceneError)) throw error;
      }
    }
    // Where nobody finds a mate, nobody is left.
    if (simulation.step(1) === 0) return;
    each();
  }
}

describe('the record of any landscape', () => {
  it('holds lines and genomes as they are, to the bit, and Price’s equation holds between its censuses', () => {
    let transferred = 0;
    let pairs = 0;
    let outside = 0;
    fc.assert(
      fc.property(stories, (story) => {
        close();
        const simulation = keep(createSimulation(story.scene, story.seed));
        const [population] = simulation.populations;
        const record = new LifeRecord(simulation, { keepCensuses: 1000 });
        const chronicle = new Chronicle(simulation);
        live(simulation, story, story.ticks, () => {
          chronicle.afterTick(simulation);
          record.afterTick(simulation);
          expectNumbers(simulation, population);
        });
        expectRecord(record, chronicle, population);
        record.finish(simulation);
        const censuses = [...record.censuses, ...record.lastCensus];
        for (let k = 0; k + 1 < censuses.length; k++)
          if (censuses[k + 1].count > 0)
            outside += Number(expectPrice(censuses[k], censuses[k + 1], population.traits.length, chronicle));
        const look = record.species.looks.at(-1);
        expect(look?.tick).toBe(simulation.tick);
        expect(look?.counts.reduce((a, b) => a + b, 0)).toBe(population.count);
        for (const kin of chronicle.all.values()) {
          transferred += kin.received;
          pairs += kin.parents.length === 2 ? 1 : 0;
        }
      }),
      runs(80),
    );
    expect(transferred).toBeGreaterThan(1000);
    expect(pairs).toBeGreaterThan(1000);
    expect(outside).toBeGreaterThan(0);
  });

  it('does not touch the world, and goes on from a snapshot and its own state in lockstep', () => {
    fc.assert(
      fc.property(stories, (story) => {
        close();
        const simulation = keep(createSimulation(story.scene, story.seed));
        const record = new LifeRecord(simulation);
        const unwatched = keep(createSimulation(story.scene, story.seed));
        const follow = (world: Simulation, of: LifeRecord) => () => of.afterTick(world);
        live(simulation, story, story.stop, follow(simulation, record));
        const again = keep(simulationFromSnapshot(simulation.snapshot()));
        const saved = unpack(Buffer.concat([...pack(record.state())])) as Packable;
        const resumed = new LifeRecord(again, { saved });
        expect(packed(resumed).equals(packed(record))).toBe(true);
        live(simulation, story, story.ticks, follow(simulation, record));
        live(again, story, story.ticks, follow(again, resumed));
        live(unwatched, story, story.ticks, () => {});
        expect(again.hash()).toBe(simulation.hash());
        expect(unwatched.hash()).toBe(simulation.hash());
        const ids = Array.from(again.populations[0].table.f64('id').subarray(0, again.populations[0].count));
        expect(resumed.genomesOf(ids).map(bits)).toEqual(record.genomesOf(ids).map(bits));
        expect(ids.map((id) => resumed.individual(id))).toEqual(ids.map((id) => record.individual(id)));
      }),
      runs(20),
    );
  });
});
