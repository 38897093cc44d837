import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { namedStream } from '../../src/math/streams.ts';
import { LifeRecord } from '../../src/record/life-record.ts';
import { type Packable, pack, unpack } from '../../src/record/pack.ts';
import { chunkBits, chunkMask, flag } from '../../src/record/row-chunk.ts';
import type { Census } from '../../src/record/types.ts';
import type { Simulation } from '../../src/simulation/types.ts';
import { FakeHistory, type FakeOrganism, type HistoryOptions } from '../unit/record/fake-history.ts';

// Species are tested by themselves: here everybody is of the species that its population began as.
vi.mock('../../src/record/species/species-record.ts', () => ({
  SpeciesRecord: class {
    seen = 0;
    readonly looks = [];
    constructor(_: Simulation, saved?: Packable) {
      if (saved !== undefined) this.seen = saved as number;
    }
    rootOf(population: number) {
      return population;
    }
    recount() {}
    look() {
      this.seen++;
    }
    state() {
      return this.seen;
    }
  },
}));

const factor = Number(process.env.PROPERTY_FACTOR ?? 1);
const runs = (numRuns: number) => ({ numRuns: factor * numRuns, seed: 2026 });

const rate = (max: number) => fc.double({ min: 0, max, noNaN: true });
const shape = fc.record({ ploidy: fc.constantFrom(1 as const, 2 as const), stride: fc.constantFrom(8, 40) });
const histories = fc.record({
  seed: fc.integer(),
  ticks: fc.integer({ min: 1, max: 60 }),
  founders: fc.integer({ min: 1, max: 12 }),
  options: fc.record({
    shapes: fc.array(shape, { minLength: 1, maxLength: 2 }),
    births: fc.double({ min: 0.02, max: 0.3, noNaN: true }),
    deaths: fc.double({ min: 0.02, max: 0.3, noNaN: true }),
    sexual: fc.oneof(fc.constant(0), fc.constant(1), rate(1)),
    transfer: fc.oneof(fc.constant(0), rate(0.3)),
    mutation: fc.oneof(fc.constant(0), rate(0.2), rate(1)),
    record: fc.record({
      pedigree: fc.record({
        all: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
        window: fc.oneof(fc.constant(100_000_000), fc.integer({ min: 0, max: 40 })),
        join: fc.constant(100_000_000),
      }),
      census: fc.record({ every: fc.integer({ min: 1, max: 30 }), loci: fc.constant('none' as const) }),
      fossils: fc.record({ every: fc.integer({ min: 1, max: 30 }), sample: fc.integer({ min: 0, max: 2 }) }),
      species: fc.constant({ every: 10 }),
    }),
  }),
});
type Case = { seed: number; ticks: number; founders: number; options: HistoryOptions };

/** More of the living would only make the test slow. */
const most = 150;

const begin = ({ seed, founders, options }: Case) => new FakeHistory(options, namedStream(String(seed), 'history'), founders);

/** Steps the world and its records, and hands over to `each` after every tick. */
function live(world: FakeHistory, ticks: number, records: LifeRecord[], each?: () => void): void {
  for (let made = 0; made < ticks; made++) {
    if (world.living.some((living) => living.length > most)) return;
    world.step();
    for (const record of records) record.afterTick(world.simulation);
    each?.();
  }
}

/** Watches when links were cut: all from before `before` are. */
class Cuts {
  before = Number.NEGATIVE_INFINITY;
  private census = 0;
  constructor(private readonly options: HistoryOptions) {}
  afterTick(tick: number): void {
    const { pedigree, census } = this.options.record;
    if (tick % census.every === 0) this.census = tick;
    if (pedigree.all || tick % Math.max(1, Math.floor(pedigree.window / 8)) !== 0) return;
    this.before = Math.max(this.before, Math.min(tick - pedigree.window, this.census + 1));
  }
}

/**
 * The naive genealogy, from the whole pedigree: everybody who is needed, with the tick up to which. The living and the dead
 * of the last tick are, fossils as they were; and of whoever is needed the first parents, and where the link is not cut
 * the second parents and the donors of what it had got until then.
 */
function needed(world: FakeHistory, record: LifeRecord, cuts: Cuts): Map<number, number> {
  const need = new Map<number, number>();
  const open: number[] = [];
  const raise = (id: number, tick: number) => {
    if (id < 0 || (need.get(id) ?? Number.NEGATIVE_INFINITY) >= tick) return;
    need.set(id, tick);
    open.push(id);
  };
  for (const { id, deathTick } of world.all) {
    if (record.individuals.keepAll || deathTick < 0 || deathTick === world.tick) raise(id, Number.POSITIVE_INFINITY);
  }
  for (const { organism, tick } of record.fossils) raise(organism, tick);
  while (open.length > 0) {
    const organism = world.all[open.pop() as number];
    raise(organism.first, organism.birthTick);
    if (organism.birthTick >= cuts.before) raise(organism.second, organism.birthTick);
    for (const { tick, donor } of organism.transfers) {
      if (tick <= (need.get(organism.id) as number) && tick >= cuts.before) raise(donor, tick - 1);
    }
  }
  return need;
}

const keptIds = ({ individuals }: LifeRecord): number[] =>
  Array.from(individuals.rowsBornAfter(Number.NEGATIVE_INFINITY), (row) => individuals.idOf(row));

/** A genome as it was at a tick. */
function genomeAt({ birthGenome, transfers }: FakeOrganism, tick: number, stride: number): Float32Array {
  const genome = birthGenome.slice();
  for (const transfer of transfers) {
    if (transfer.tick <= tick) genome.set(transfer.values, transfer.recipientHaplotype * stride + transfer.start);
  }
  return genome;
}

const bits = (genome: Float32Array | undefined) => genome && Buffer.from(genome.slice().buffer).toString('hex');

/** References of every row, counted anew. */
function expectReferences(world: FakeHistory, record: LifeRecord, need: Map<number, number>, cuts: Cuts): void {
  const counts = new Map<number, number>([...need.keys()].map((id) => [id, 0]));
  const add = (id: number) => counts.set(id, (counts.get(id) ?? Number.NaN) + 1);
  let [secondLinks, donorLinks] = [0, 0];
  for (const [id, until] of need) {
    const organism = world.all[id];
    if (organism.deathTick < 0 || organism.deathTick === world.tick) add(id);
    if (organism.first >= 0) add(organism.first);
    if (organism.second >= 0 && organism.birthTick >= cuts.before) {
      add(organism.second);
      secondLinks++;
    }
    for (const { tick, donor } of organism.transfers) {
      if (tick > until || tick < cuts.before) continue;
      add(donor);
      donorLinks++;
    }
  }
  for (const { organism } of record.fossils) add(organism);
  const { individuals } = record;
  for (const [id, count] of counts) {
    const row = individuals.rowOf(id);
    expect(individuals.chunks[row >> chunkBits].references[row & chunkMask]).toBe(count);
  }
  expect([individuals.secondLinks, individuals.donorLinks]).toEqual([secondLinks, donorLinks]);
}

function expectGenealogy(world: FakeHistory, record: LifeRecord, cuts: Cuts): void {
  const need = needed(world, record, cuts);
  expect(keptIds(record)).toEqual([...need.keys()].sort((a, b) => a - b));
  if (!record.individuals.keepAll) expectReferences(world, record, need, cuts);
  const fossils = new Set(record.fossils.map(({ organism }) => organism));
  for (const [id, until] of need) {
    const organism = world.all[id];
    const individual = record.individual(id);
    expect(individual).toEqual({
      id,
      population: organism.population,
      parents: [organism.first, organism.second].filter((parent) => parent >= 0),
      shares: organism.first < 0 ? [] : organism.second < 0 ? [1] : [organism.share, 1 - organism.share],
      transfers: organism.transfers
        .filter(({ tick }) => tick <= until)
        .map(({ values, ...transfer }) => ({ ...transfer, end: transfer.start + values.length })),
      founder: organism.founder,
      generation: organism.generation,
      birthTick: organism.birthTick,
      lineTick: organism.birthTick,
      deathTick: organism.deathTick < 0 ? null : organism.deathTick,
      cause: organism.deathTick < 0 ? null : id % 3,
      species: organism.population,
      birthX: id / 2,
      birthY: id / 4,
      offspring: organism.offspring,
      fossil: fossils.has(id),
    });
  }
}

function expectGenomes(world: FakeHistory, record: LifeRecord, cuts: Cuts, options: HistoryOptions): void {
  const need = [...needed(world, record, cuts)];
  const genomes = record.genomesOf(need.map(([id]) => id));
  for (const [i, [id, until]] of need.entries()) {
    const organism = world.all[id];
    expect(bits(genomes[i])).toEqual(bits(genomeAt(organism, until, options.shapes[organism.population].stride)));
    expect(record.masksOf(id)).toEqual(organism.masks && Uint32Array.from(organism.masks));
  }
}

describe('the record of any history', () => {
  it('keeps who matters, and nobody else', () => {
    fc.assert(
      fc.property(histories, fc.integer({ min: 1, max: 20 }), (story: Case, every) => {
        const world = begin(story);
        const record = new LifeRecord(world.simulation);
        const cuts = new Cuts(story.options);
        let [room, before] = [record.individuals.kept, record.individuals.kept];
        live(world, story.ticks, [record], () => {
          cuts.afterTick(world.tick);
          const born = world.all.filter(({ birthTick }) => birthTick === world.tick).length;
          room = Math.max(room, before + born);
          before = record.individuals.kept;
          if (world.tick % every === 0) expectGenealogy(world, record, cuts);
        });
        expectGenealogy(world, record, cuts);
        // Rows of those who are gone are used again.
        expect(record.individuals.rowsUsed).toBeLessThanOrEqual(room);
      }),
      runs(100),
    );
  });

  it('puts every genome together again, to the bit', () => {
    fc.assert(
      fc.property(histories, (story: Case) => {
        const world = begin(story);
        const record = new LifeRecord(world.simulation);
        const cuts = new Cuts(story.options);
        // Genomes are moved together after every tick, not only when there is much garbage.
        Object.defineProperty(record.individuals.pool, 'wasteful', { value: true });
        live(world, story.ticks, [record], () => {
          cuts.afterTick(world.tick);
          expect(record.individuals.pool.garbage).toBe(0);
          if (world.tick % 7 === 0) expectGenomes(world, record, cuts, story.options);
        });
        expectGenomes(world, record, cuts, story.options);
        for (const organism of world.living.flat()) expect(bits(record.genomeOf(organism.id))).toEqual(bits(organism.genome));
        for (const { organism, tick, genome } of record.fossils) {
          const { population } = world.all[organism];
          expect(bits(genome)).toEqual(bits(genomeAt(world.all[organism], tick, story.options.shapes[population].stride)));
        }
      }),
      runs(80),
    );
  });

  it('counts clades, ledgers and descendants as the whole pedigree does', () => {
    fc.assert(
      fc.property(histories, (story: Case) => {
        const world = begin(story);
        const record = new LifeRecord(world.simulation, { keepCensuses: 2 });
        const censuses: { census: Census; ledgers: number[][] }[] = [];
        const pending: { census: Census; ledgers: number[][] }[] = [];
        const note = () => {
          for (const census of record.lastCensus) {
            pending.push({ census, ledgers: Array.from(census.id, (id) => [...world.all[id].ledger]) });
          }
        };
        note();
        record.onCensus((census) => {
          const taken = pending.find((one) => one.census.tick === census.tick && one.census.population === census.population);
          censuses.push({ census, ledgers: taken?.ledgers ?? [] });
        });
        live(world, story.ticks, [record], () => {
          if (record.lastCensus[0].tick === world.tick) note();
        });
        const populations = story.options.shapes.length;
        expect(record.censuses.length).toBe(Math.min(2 * populations, censuses.length));
        expect(record.censuses).toEqual(censuses.slice(-record.censuses.length || censuses.length).map(({ census }) => census));
        if (record.lastCensus[0].tick !== world.tick) {
          for (const living of world.living) {
            const census = { tick: world.tick, population: living[0].population } as Census;
            pending.push({
              census,
              ledgers: [...living].sort((a, b) => a.id - b.id).map(({ ledger }) => [...ledger]),
            });
          }
        }
        record.finish(world.simulation);
        for (let p = 0; p < populations; p++) {
          const own = censuses.filter(({ census }) => census.population === p);
          expect(own[own.length - 1].census.descendants).toBe(undefined);
          expect(own[own.length - 1].census.tick).toBe(world.tick);
          for (const [i, { census, ledgers }] of own.entries()) {
            expectCensus(world, p, census, ledgers, own[i - 1]?.census);
            if (i + 1 < own.length) expectDescendants(world, census, own[i + 1].census);
          }
        }
      }),
      runs(80),
    );
  });

  it('joins old lines of single children, and changes nothing else', () => {
    let joinedAway = 0;
    fc.assert(
      fc.property(histories, fc.integer({ min: 0, max: 20 }), fc.boolean(), (story: Case, join, plain) => {
        const record = { ...story.options.record, pedigree: { ...story.options.record.pedigree, all: false } };
        const clones = plain ? { sexual: 0, transfer: 0 } : {};
        const world = begin({ ...story, options: { ...story.options, ...clones, record } });
        const whole = new LifeRecord(world.simulation);
        const { simulation } = world;
        const joining = { ...simulation.scene, record: { ...record, pedigree: { ...record.pedigree, join } } };
        const joined = new LifeRecord(Object.create(simulation, { scene: { value: joining } }));
        live(world, story.ticks + 30, [whole, joined]);
        const [all, kept] = [keptIds(whole), new Set(keptIds(joined))];
        joinedAway += all.length - kept.size;
        const children = new Map<number, number[]>();
        for (const id of all) {
          const up = whole.lineOf(id)[1];
          if (up !== undefined) children.set(up, [...(children.get(up) ?? []), id]);
        }
        for (const id of all) {
          const own = whole.individual(id);
          if (kept.has(id)) {
            // Its line leads to the next ancestor that is kept, and began with the earliest of those in between.
            const line = whole.lineOf(id);
            const next = line.slice(1).findIndex((ancestor) => kept.has(ancestor));
            const found = joined.individual(id);
            expect(found?.parents[0]).toBe(next < 0 ? undefined : line[1 + next]);
            const first = next < 0 ? line[line.length - 1] : line[next];
            expect(found?.lineTick).toBe(whole.individual(first)?.birthTick);
            expect({ ...found, parents: own?.parents, lineTick: own?.lineTick }).toEqual(own);
            continue;
          }
          // Who is gone was dead, no fossil, a clone with one child, and no founder.
          expect([own?.deathTick === null, own?.fossil, own?.parents.length, children.get(id)?.length]).toEqual([
            false,
            false,
            1,
            1,
          ]);
        }
        for (const id of kept) expect(bits(joined.genomeOf(id))).toEqual(bits(whole.genomeOf(id)));
        expect(joined.fossils).toEqual(whole.fossils);
        expect(joined.lastCensus).toEqual(whole.lastCensus);
        const saved = unpack(bytesOf(joined.state()));
        const again = new LifeRecord(Object.create(simulation, { scene: { value: joining } }), { saved });
        expect(bytesOf(again.state()).equals(bytesOf(joined.state()))).toBe(true);
      }),
      runs(150),
    );
    expect(joinedAway).toBeGreaterThan(300);
  });

  it('finds lines of descent and living descendants', () => {
    fc.assert(
      fc.property(histories, fc.nat(), (story: Case, which) => {
        const options = {
          ...story.options,
          record: { ...story.options.record, pedigree: { all: false, window: 100_000_000, join: 100_000_000 } },
        };
        const world = begin({ ...story, options });
        const record = new LifeRecord(world.simulation);
        live(world, story.ticks, [record]);
        const kept = keptIds(record);
        const id = kept[which % kept.length];
        const line: number[] = [];
        for (let at = id; at >= 0; at = world.all[at].first) line.push(at);
        expect(record.lineOf(id)).toEqual(line);
        const descends = new Set([id]);
        for (const { id: child, first, second } of world.all) {
          if (descends.has(first) || descends.has(second)) descends.add(child);
        }
        const living = [...descends].filter((one) => world.all[one].deathTick < 0).sort((a, b) => a - b);
        expect([...record.livingDescendants(id)]).toEqual(living);
      }),
      runs(100),
    );
  });

  it('goes on from a saved state as if nothing had been', () => {
    fc.assert(
      fc.property(histories, fc.nat({ max: 60 }), (story: Case, ticks) => {
        const world = begin(story);
        const record = new LifeRecord(world.simulation, { keepCensuses: 1 });
        live(world, ticks, [record]);
        const picked = world.living[0][0].id;
        expect(record.keepFossil(world.simulation, picked)?.organism).toBe(picked);
        expect(record.keepFossil(world.simulation, world.all.length)).toBe(undefined);
        const saved = unpack(bytesOf(record.state()));
        const again = new LifeRecord(world.simulation, { keepCensuses: 1, saved });
        expect(bytesOf(again.state()).equals(bytesOf(record.state()))).toBe(true);
        live(world, story.ticks, [record, again]);
        expect(bytesOf(again.state()).equals(bytesOf(record.state()))).toBe(true);
        expect(again.genomesOf(keptIds(again)).map(bits)).toEqual(record.genomesOf(keptIds(record)).map(bits));
        expect(world.tracers).toBe(2);
        record.dispose();
        again.dispose();
        expect(world.tracers).toBe(0);
        const row = again.individuals.rowOf(picked);
        expect(again.individuals.has(row, flag.fossil)).toBe(true);
      }),
      runs(100),
    );
  });
});

const bytesOf = (state: Packable): Buffer => Buffer.concat(pack(state));

/** Everybody who lived at a tick, after its births and deaths. */
const livingAt = (world: FakeHistory, population: number, tick: number) =>
  world.all.filter((o) => o.population === population && o.birthTick <= tick && (o.deathTick < 0 || o.deathTick > tick));

function expectCensus(world: FakeHistory, p: number, census: Census, ledgers: number[][], former: Census | undefined): void {
  const living = livingAt(world, p, census.tick);
  expect([...census.id]).toEqual(living.map(({ id }) => id));
  expect(census.count).toBe(living.length);
  const before = new Set(former?.id ?? []);
  const clade = (organism: FakeOrganism): number => {
    if (!former) return organism.founder;
    let at = organism;
    while (!before.has(at.id)) at = world.all[at.first];
    return at.id;
  };
  expect([...census.clade]).toEqual(living.map(clade));
  expect([...census.species]).toEqual(living.map(() => p));
  expect([...census.traits]).toEqual(living.flatMap(({ traits }) => [...traits]));
  const width = census.ledgers.length / Math.max(1, census.count);
  let worst = 0;
  for (const [k, ledger] of ledgers.entries()) {
    for (const [i, value] of ledger.entries()) {
      worst = Math.max(worst, Math.abs(census.ledgers[k * width + i] - value) / Math.max(1, Math.abs(value)));
    }
  }
  expect(worst).toBeLessThanOrEqual(1e-12);
}

/** C, an ancestor at a time: shares of whoever was born between the two censuses, and the sum over those who live at the second. */
function expectDescendants(world: FakeHistory, census: Census, next: Census): void {
  const descendants = census.descendants as Float64Array;
  for (const [i, ancestor] of census.id.entries()) {
    const share = new Map<number, number>([[ancestor, 1]]);
    for (const o of world.all) {
      if (o.birthTick <= census.tick || o.birthTick > next.tick) continue;
      const own = o.share * (share.get(o.first) ?? 0) + (1 - o.share) * (share.get(o.second) ?? 0);
      if (own > 0) share.set(o.id, own);
    }
    let sum = 0;
    for (const id of next.id) sum += share.get(id) ?? 0;
    expect(Math.abs(descendants[i] - sum)).toBeLessThanOrEqual(1e-12 * Math.max(1, sum) * next.count);
  }
  const total = descendants.reduce((sum, value) => sum + value, 0);
  expect(Math.abs(total - next.count)).toBeLessThanOrEqual(1e-9 * next.count);
}
