import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { floatsNamed } from '../../src/ecs/table.ts';
import { expressLocus } from '../../src/genome/express.ts';
import { transposonSites } from '../../src/genome/layout.ts';
import { copyChannels } from '../../src/population/copy-counts.ts';
import type { OriginTrace } from '../../src/population/origin-trace.ts';
import type { Population } from '../../src/population/population.ts';
import { LifeRecord } from '../../src/record/life-record.ts';
import { parseScene } from '../../src/scene/parse.ts';
import type { Scene } from '../../src/scene/schema.ts';
import { applyChanges } from '../../src/scene/set-path.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import type { Observer, Simulation } from '../../src/simulation/types.ts';
import { everythingOn } from '../fixtures/everything-on.ts';

const open: { dispose(): void }[] = [];
const keep = <T extends { dispose(): void }>(made: T): T => {
  open.push(made);
  return made;
};
afterEach(() => {
  for (const one of open.splice(0)) one.dispose();
});

/**
 * The naive definition: from births, their masks and transfers, as observers hear of them, an entry a copy of every locus of every organism
 * by its id. An entry is `id haplotype` of the ancestor, '' for what came from outside.
 */
class NaiveOrigins implements Observer {
  private readonly known = new Map<number, string[][]>();

  constructor(
    private readonly population: Population,
    private readonly slots: ArrayLike<number>,
  ) {
    for (const id of population.table.f64('id').subarray(0, population.count)) this.known.set(id, this.own(id));
  }

  afterTick(simulation: Simulation): void {
    this.takeTransfers(simulation);
    this.takeBirths(simulation);
    if (this.population.bank) return;
    const deaths = simulation.deaths(this.population);
    for (let k = 0; k < deaths.count; k++) this.known.delete(deaths.id[k]);
  }

  afterAct(simulation: Simulation): void {
    this.takeBirths(simulation);
    const deaths = simulation.deaths(this.population);
    for (let k = 0; k < deaths.count; k++) this.known.delete(deaths.id[k]);
  }

  of(id: number): string[][] {
    return this.known.get(id) as string[][];
  }

  private own(id: number, name = String(id)): string[][] {
    return this.population.haplotypes.map((_, h) => Array.from(this.slots, () => (name === '' ? '' : `${id} ${h}`)));
  }

  private takeTransfers(simulation: Simulation): void {
    const events = simulation.transfers(this.population);
    const before = new Map<number, string[][]>();
    for (let k = 0; k < events.count; k++) {
      before.set(events.donor[k], before.get(events.donor[k]) ?? this.of(events.donor[k]).map((one) => [...one]));
    }
    for (let k = 0; k < events.count; k++) {
      const to = this.of(events.recipient[k])[events.recipientHaplotype[k]];
      const from = (before.get(events.donor[k]) as string[][])[events.donorHaplotype[k]];
      for (let t = 0; t < this.slots.length; t++) {
        if (this.slots[t] >= events.start[k] && this.slots[t] < events.end[k]) to[t] = from[t];
      }
    }
  }

  private takeBirths(simulation: Simulation): void {
    const births = simulation.births(this.population);
    const { ploidy } = this.population;
    for (let k = 0; k < births.count; k++) {
      // The dead return; those that died before the opening come from outside.
      if (births.parent[k] < 0 || !this.known.has(births.parent[k])) {
        this.known.set(births.id[k], this.own(births.id[k], ''));
        continue;
      }
      const parent = this.of(births.parent[k]);
      if (births.mate[k] < 0) {
        this.known.set(
          births.id[k],
          parent.map((one) => [...one]),
        );
        continue;
      }
      const trace = births.trace as NonNullable<typeof births.trace>;
      const mate = this.of(births.mate[k]);
      const gamete = (g: number) =>
        Array.from(this.slots, (slot, t) => {
          const second = (trace.masks[(k * ploidy + g) * trace.maskWords + (slot >> 5)] >>> (slot & 31)) & 1;
          if (ploidy === 1) return (second ? mate : parent)[0][t];
          return (g === 0 ? parent : mate)[second][t];
        });
      this.known.set(
        births.id[k],
        Array.from({ length: ploidy }, (_, g) => gamete(g)),
      );
    }
  }
}

function expectSame(population: Population, trace: OriginTrace, naive: NaiveOrigins): void {
  const { table, count, ploidy } = population;
  const id = table.f64('id');
  for (let h = 0; h < ploidy; h++) {
    const origins = trace.origins(h);
    for (let row = 0; row < count; row++) {
      const own = naive.of(id[row])[h];
      for (let t = 0; t < trace.slots.length; t++) {
        const origin = origins[row * trace.slots.length + t];
        const name = origin === 0 ? '' : `${trace.ancestors[Math.floor((origin - 1) / ploidy)]} ${(origin - 1) % ploidy}`;
        if (name !== own[t]) throw new Error(`${id[row]} haplotype ${h} slot ${trace.slots[t]}: ${name} instead of ${own[t]}`);
      }
    }
  }
}

/** One copy each at the opening, and what the channels added since, is what lives: for every copy of every locus. */
function expectChannelsSum(trace: OriginTrace): void {
  const copies = trace.copies();
  const channels = copyChannels.map((channel) => trace.channel(channel));
  for (let at = 0; at < copies.length; at++) {
    let sum = 1;
    for (const channel of channels) sum += channel?.[at] ?? 0;
    if (sum !== copies[at]) throw new Error(`copy ${at}: ${copies[at]} live, the channels sum to ${sum}`);
  }
}

/** Values of all traced copies, as traits where they are those of traits. */
function valuesOf({ table, layout, count, haplotypes }: Population, { slots }: OriginTrace): number[][] {
  const ranges = Array.from(slots, (slot) => layout.ranges.find((range) => range.slot === slot));
  return haplotypes.map((name) => {
    const column = table.f32(name);
    return Array.from({ length: count * slots.length }, (_, at) => {
      const value = column[Math.floor(at / slots.length) * layout.stride + slots[at % slots.length]];
      const range = ranges[at % slots.length];
      return range ? expressLocus(range, value) : value;
    });
  });
}

/** What a copy differs from the one that it comes from is the sum of its ledgers; returns how many differ. */
function expectLedgers(population: Population, trace: OriginTrace, before: readonly (readonly number[])[]): number {
  const { ploidy } = population;
  const width = trace.slots.length;
  const sheet = trace.writers.length * width;
  let changed = 0;
  for (const [h, values] of valuesOf(population, trace).entries()) {
    const [origins, ledgers] = [trace.origins(h), trace.ledgers(h)];
    for (const [at, value] of values.entries()) {
      if (origins[at] === 0) continue;
      const origin = origins[at] - 1;
      const t = at % width;
      let sum = before[origin % ploidy][Math.floor(origin / ploidy) * width + t];
      for (let m = 0; m < sheet; m += width) sum += ledgers[Math.floor(at / width) * sheet + m + t];
      if (!(Math.abs(sum - value) < 1e-9)) throw new Error(`haplotype ${h} copy ${at}: ${value}, by its ledgers ${sum}`);
      if (value !== before[origin % ploidy][Math.floor(origin / ploidy) * width + t]) changed++;
    }
  }
  return changed;
}

const read = (name: string) => JSON.parse(readFileSync(`scenes/${name}.json`, 'utf8'));

/** A small plane, crowded, whose organisms are soon ready for offspring. */
const crowded = {
  version: 1,
  name: 'crowded',
  title: 'Crowded',
  habitat: { kind: 'plane', width: 64, height: 64, grass: { capacity: 2, cover: 1 } },
  populations: {
    foragers: {
      founders: 60,
      capacity: 150,
      senses: ['grass', 'neighbours', 'energy', 'cue'],
      policy: { hidden: 3 },
      energy: { founder: 7 },
      life: { maturity: 2, span: 40 },
      mechanisms: { 'sexual-reproduction': { reach: 30 }, 'mate-choice': { displayCost: 0, choiceCost: 0 } },
    },
  },
};

/** The scene as JSON, all of whose populations have that ploidy, and no driver where they are haploid. */
function withPloidy(name: string, ploidy: 1 | 2) {
  const json = name === 'crowded' ? structuredClone(crowded) : read(name);
  for (const population of Object.values(json.populations) as { genome?: object; mechanisms?: Record<string, object> }[]) {
    population.genome = { ...population.genome, ploidy };
    if (ploidy === 1 && population.mechanisms) delete population.mechanisms['segregation-distortion'];
  }
  return json;
}

/** Scenes with every mechanism on that changes or hands over genomes, and a kind of transfer each. */
const cases = ['crowded', 'islands', 'selfish-genes', 'mutations-in-flight'].flatMap((name) =>
  ([1, 2] as const).flatMap((ploidy) => (['replacement', 'loci', 'element'] as const).map((kind) => ({ name, ploidy, kind }))),
);

function worldOf({ name, ploidy, kind }: (typeof cases)[number], leave: readonly string[] = []): Scene {
  const scene = everythingOn(withPloidy(name, ploidy), name, 60, ['mate-distance', 'trial-learning', ...leave]);
  const changes = Object.keys(scene.populations).flatMap((population) => {
    const at = (path: string, value: unknown) => ({ path: `populations.${population}.mechanisms.${path}`, value });
    return [
      at('transfer.kind', kind),
      at('transfer.rate', 0.1),
      at('segregation-distortion.transmission', 0.9),
      at('revival.rate', 0.5),
      at('revival.share', 0.2),
    ];
  });
  return applyChanges(scene, changes, { atStart: true });
}

describe('origins of copies', () => {
  it.each(cases)('equal the naive pedigree with masks and transfers: %o', (one) => {
    const simulation = keep(createSimulation(worldOf(one), '5'));
    const [population] = simulation.populations;
    const { layout } = population;
    // What is copied within a genome is in no mask: sites are looked at below.
    const slots = layout.loci.filter(({ segment }) => segment !== transposonSites).map(({ slot }) => slot);
    simulation.step(3);
    const stop = simulation.traceInheritance();
    const { trace, end } = simulation.traceOrigins(population, { slots, channels: true, writers: population.writers });
    const values = valuesOf(population, trace);
    const naive = new NaiveOrigins(population, slots);
    simulation.observe(naive);
    for (let tick = 0; tick < 28; tick++) {
      simulation.step();
      if (tick % 8 === 7) expectSame(population, trace, naive);
      if (tick === 20 && simulation.scene.habitat.kind === 'plane' && population.count > 3) {
        const ids = population.table.f64('id').slice(0, population.count).sort();
        const place = { population: population.name, x: 20, y: 20, spread: 2 };
        simulation.set('acts.place', { ...place, count: 2, genome: { of: ids[1] } });
        simulation.set('acts.place', {
          ...place,
          count: 2,
          genome: { loci: Array(population.ploidy * layout.loci.length).fill(0.5) },
        });
        simulation.set('acts.edit', { population: population.name, id: ids[0], loci: { [layout.loci[0].name]: 0.25 } });
        simulation.set('acts.remove', { population: population.name, ids: [ids[2]] });
      }
    }
    expectChannelsSum(trace);
    expect(expectLedgers(population, trace, values)).toBeGreaterThan(0);
    const before = simulation.hash();
    end();
    stop();
    expect(simulation.hash()).toBe(before);
    expect(population.table.ownColumns.some(({ name }) => /^(origins|ledgers)/.test(name))).toBe(false);
  });

  it.each(cases)('are those of the alleles, where every copy carries a value of its own: %o', (one) => {
    // Nothing writes values here, so that an allele tells by its value whose copy it is: independent of masks and events.
    const simulation = keep(createSimulation(worldOf(one, ['mutation', 'transposons', 'gradient-step', 'explore']), '6'));
    const [population] = simulation.populations;
    const { layout, haplotypes, table, ploidy } = population;
    for (const id of ['mutation', 'transposons', 'gradient-step', 'explore']) {
      if (population.parameters.mechanisms[id]?.on) simulation.set(`populations.${population.name}.mechanisms.${id}.on`, false);
    }
    simulation.step(2);
    const { trace } = simulation.traceOrigins(population, { channels: true });
    const label = (row: number, haplotype: number, t: number) => Math.fround(((row * 2 + haplotype) * 1009 + t * 7) / 65536 - 1);
    for (const [h, name] of haplotypes.entries()) {
      for (let row = 0; row < population.count; row++) {
        for (const [t, slot] of trace.slots.entries()) table.f32(name)[row * layout.stride + slot] = label(row, h, t);
      }
    }
    population.redevelopAll();
    simulation.step(30);
    let moved = 0;
    for (const [h, name] of haplotypes.entries()) {
      const [values, origins] = [table.f32(name), trace.origins(h)];
      for (let row = 0; row < population.count; row++) {
        for (const [t, slot] of trace.slots.entries()) {
          const origin = origins[row * trace.slots.length + t] - 1;
          if (origin < 0 && population.bank) continue;
          const expected = label(Math.floor(origin / ploidy), origin % ploidy, t);
          if (origin !== row * ploidy + h) moved++;
          expect(values[row * layout.stride + slot]).toBe(expected);
        }
      }
    }
    if (population.count > 1) expect(moved).toBeGreaterThan(0);
    expectChannelsSum(trace);
  });

  it.each(cases)('are found by the record afterwards, from pedigree, masks and transfers: %o', (one) => {
    const simulation = keep(
      createSimulation(applyChanges(worldOf(one), [{ path: 'record.census.every', value: 10 }], { atStart: true }), '8'),
    );
    const [population] = simulation.populations;
    const slots = population.layout.loci.filter(({ segment }) => segment !== transposonSites).map(({ slot }) => slot);
    const record = keep(new LifeRecord(simulation));
    simulation.observe(record);
    simulation.step(10);
    const { trace } = simulation.traceOrigins(population, { slots });
    // The census before the last one is that of tick 10.
    simulation.step(17);
    const found = record.cladesOfCopies(population, slots);
    expect(found).toBeDefined();
    if (!found || population.count === 0) return;
    const { ploidy, table, count } = population;
    const ids = table.f64('id').slice(0, count).sort();
    // Names differ; what has one name in the one has one name in the other.
    for (let l = 0; l < slots.length; l += 7) {
      const names = new Map<number, number>();
      const back = new Map<number, number>();
      for (const [k, id] of ids.entries()) {
        const row = population.rowOf(id);
        for (let h = 0; h < ploidy; h++) {
          const origin = trace.origins(h)[row * slots.length + l];
          const name = found[(k * ploidy + h) * slots.length + l];
          expect(name === 0).toBe(origin === 0);
          expect(names.get(origin) ?? name).toBe(name);
          expect(back.get(name) ?? origin).toBe(origin);
          names.set(origin, name);
          back.set(name, origin);
        }
      }
      expect(names.size).toBeGreaterThan(0);
    }
  });

  it('follow transposons from site to site', () => {
    const scene = parseScene(
      {
        version: 1,
        name: 'sites',
        title: 'Sites',
        habitat: { kind: 'landscape', form: 'bowl', dimensions: 2, model: 'wright-fisher' },
        populations: {
          line: {
            founders: 2,
            genome: { transposons: { sites: 6, copies: 3 } },
            mechanisms: { transposons: { on: true, insertion: 1, excision: 0, linear: 0, quadratic: 0 } },
          },
        },
      },
      'test',
    );
    const simulation = keep(createSimulation(scene, '1'));
    const [population] = simulation.populations;
    const { trace } = simulation.traceOrigins(population, { channels: true });
    simulation.step(3);
    // Clones: every copy of a genome comes from the one organism that it descends from, whatever was copied where.
    for (let row = 0; row < population.count; row++) {
      const own = trace.origins(0).subarray(row * trace.slots.length, (row + 1) * trace.slots.length);
      expect(new Set(own).size).toBe(1);
    }
    expect(
      population.table
        .f32(floatsNamed('transposon.copies'))
        .subarray(0, population.count)
        .some((copies) => copies > 1),
    ).toBe(true);
    expectChannelsSum(trace);
  });

  it('are in no snapshot and no hash, and are lost by restoring one', () => {
    const scene = worldOf(cases[0]);
    const [watched, bare] = [keep(createSimulation(scene, '7')), keep(createSimulation(scene, '7'))];
    const [population] = watched.populations;
    const { trace } = watched.traceOrigins(population);
    for (let tick = 0; tick < 20; tick++) {
      watched.step();
      bare.step();
      expect(watched.hash()).toBe(bare.hash());
    }
    expect(watched.snapshot().byteLength).toBe(bare.snapshot().byteLength);
    watched.restore(bare.snapshot());
    expect(trace.copies().length).toBe(0);
    watched.step(5);
    bare.step(5);
    expect(watched.hash()).toBe(bare.hash());
    trace.open();
    expect(trace.copies().every((copies) => copies === 1)).toBe(true);
  });
});
