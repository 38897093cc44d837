import type { NamedStream } from '../../../src/math/streams.ts';
import { mechanisms as registered } from '../../../src/mechanisms/index.ts';
import type { Population } from '../../../src/population/population.ts';
import { traitIds, traits } from '../../../src/population/traits.ts';
import type { BirthEvents, DeathEvents, Simulation, TransferEvents } from '../../../src/simulation/types.ts';

export interface FakeTransfer {
  tick: number;
  donor: number;
  recipientHaplotype: number;
  donorHaplotype: number;
  start: number;
  values: number[];
}

/** A column as tables are asked for it: by its name or by its declaration. */
type Asked = string | { readonly name: string };

/** An organism of the fake world, with everything that was ever true of it. */
export interface FakeOrganism {
  id: number;
  population: number;
  first: number;
  second: number;
  share: number;
  founder: number;
  generation: number;
  birthTick: number;
  deathTick: number;
  offspring: number;
  transfers: FakeTransfer[];
  /** As born. */
  birthGenome: Float32Array;
  genome: Float32Array;
  /** mechanisms x traits. */
  ledger: number[];
  traits: Float32Array;
  /** As the trace has them, or undefined for a clone of the first parent. */
  masks: number[] | undefined;
}

export interface HistoryOptions {
  /** Per population. */
  shapes: { ploidy: 1 | 2; stride: number }[];
  /** Mean newborns a living organism and tick. */
  births: number;
  deaths: number;
  /** Share of births with two parents. */
  sexual: number;
  /** Chance of a transfer an organism and tick. */
  transfer: number;
  /** Share of slots that change at a birth. */
  mutation: number;
  record: {
    pedigree: { all: boolean; window: number; join: number };
    census: { every: number; loci: 'none' };
    fossils: { every: number; sample: number };
    species: { every: number };
  };
}

const mechanisms = registered.inherited();
const traitCount = traitIds.length;
const mechanism = 'transfer';
/** Whether the step of a mechanism takes place in a tick: of the first one never, of the others now and then. */
const isTaken = (m: number, tick: number): boolean => m > 0 && (m + tick) % 3 !== 0;

/** A world of chance: it keeps everything, and offers of the simulation what the record reads. */
export class FakeHistory {
  tick = 0;
  all: FakeOrganism[] = [];
  living: FakeOrganism[][];
  /** How many observers asked for traces. */
  tracers = 0;
  readonly simulation: Simulation;
  private born: { organism: FakeOrganism; masks: number[]; changes: [number, number][]; traitChange: number[] }[][] = [];
  private died: FakeOrganism[][] = [];
  private given: { recipient: number; transfer: FakeTransfer; traitChange: number[] }[][] = [];

  constructor(
    private readonly options: HistoryOptions,
    private readonly random: NamedStream,
    founders: number,
  ) {
    this.living = options.shapes.map(({ ploidy, stride }, population) =>
      Array.from({ length: founders }, () => {
        const genome = Float32Array.from({ length: ploidy * stride }, () => random.normal());
        const organism: FakeOrganism = {
          id: this.all.length,
          population,
          first: -1,
          second: -1,
          share: 1,
          founder: this.all.length,
          generation: 0,
          birthTick: -1,
          deathTick: -1,
          offspring: 0,
          transfers: [],
          birthGenome: genome.slice(),
          genome,
          ledger: new Array(mechanisms.length * traitCount).fill(0),
          traits: Float32Array.from(traitIds, () => random.normal()),
          masks: undefined,
        };
        this.all.push(organism);
        return organism;
      }),
    );
    this.forget();
    this.simulation = this.makeSimulation();
  }

  /** One tick: transfers, births, deaths. Somebody always lives. */
  step(): void {
    const { options, random } = this;
    this.tick++;
    this.forget();
    for (const [p, { ploidy, stride }] of options.shapes.entries()) {
      const living = this.living[p];
      const pick = () => living[random.integer(living.length)];
      for (const recipient of living) {
        if (living.length < 2 || random.uniform() >= options.transfer) continue;
        let donor = pick();
        while (donor === recipient) donor = pick();
        const start = random.integer(stride);
        const length = 1 + random.integer(Math.min(4, stride - start));
        const transfer = {
          tick: this.tick,
          donor: donor.id,
          recipientHaplotype: random.integer(ploidy),
          donorHaplotype: random.integer(ploidy),
          start,
          values: [] as number[],
        };
        const from = transfer.donorHaplotype * stride + start;
        transfer.values = [...donor.genome.subarray(from, from + length)];
        this.given[p].push({ recipient: recipient.id, transfer, traitChange: traitIds.map(() => random.normal()) });
      }
      // Only now: donors give what they had when the tick began.
      for (const { recipient, transfer, traitChange } of this.given[p]) {
        const organism = this.all[recipient];
        organism.transfers.push(transfer);
        organism.genome.set(transfer.values, transfer.recipientHaplotype * stride + transfer.start);
        const m = mechanisms.indexOf(mechanism);
        for (let t = 0; t < traitCount; t++) organism.ledger[m * traitCount + t] += traitChange[t];
      }
      const parents = living.filter(() => random.uniform() < options.births);
      const dying = new Set(living.filter(() => random.uniform() < options.deaths));
      if (dying.size === living.length) dying.delete(living[0]);
      for (const first of parents) {
        const second = random.uniform() < options.sexual ? pick() : undefined;
        this.bear(p, first, second === first ? undefined : second);
      }
      for (const organism of dying) {
        organism.deathTick = this.tick;
        this.died[p].push(organism);
      }
      this.living[p] = [...living.filter((organism) => !dying.has(organism)), ...this.born[p].map(({ organism }) => organism)];
      // Rows stand in no order.
      for (let i = this.living[p].length - 1; i > 0; i--) {
        const j = random.integer(i + 1);
        [this.living[p][i], this.living[p][j]] = [this.living[p][j], this.living[p][i]];
      }
    }
  }

  private bear(p: number, first: FakeOrganism, second: FakeOrganism | undefined): void {
    const { options, random } = this;
    const { ploidy, stride } = options.shapes[p];
    const maskWords = Math.ceil(stride / 32);
    const recombines = second !== undefined && random.uniform() < 0.8;
    const masks = Array.from({ length: ploidy * maskWords }, (_, w) =>
      recombines ? random.integer(4294967296) : w >= maskWords ? 0xffff_ffff : 0,
    );
    const birthGenome = new Float32Array(ploidy * stride);
    let fromFirst = 0;
    for (let h = 0; h < ploidy; h++) {
      for (let slot = 0; slot < stride; slot++) {
        const bit = (masks[h * maskWords + (slot >> 5)] >>> (slot & 31)) & 1;
        let source = (bit === 0 ? first : (second ?? first)).genome[slot];
        if (ploidy === 2) source = (h === 0 ? first : (second ?? first)).genome[bit * stride + slot];
        else fromFirst += 1 - bit;
        birthGenome[h * stride + slot] = source;
      }
    }
    const changes: [number, number][] = [];
    for (let slot = 0; slot < birthGenome.length; slot++) {
      if (random.uniform() >= options.mutation) continue;
      birthGenome[slot] = random.normal();
      changes.push([slot, birthGenome[slot]]);
    }
    const share = second === undefined ? 1 : ploidy === 2 ? 0.5 : fromFirst / stride;
    const traitChange = Array.from({ length: mechanisms.length * traitCount }, (_, i) =>
      isTaken(Math.floor(i / traitCount), this.tick) ? random.normal() : 0,
    );
    const organism: FakeOrganism = {
      id: this.all.length,
      population: p,
      first: first.id,
      second: second?.id ?? -1,
      share,
      founder: first.founder,
      generation: first.generation + 1,
      birthTick: this.tick,
      deathTick: -1,
      offspring: 0,
      transfers: [],
      birthGenome,
      genome: birthGenome.slice(),
      ledger: traitChange.map((change, i) => share * first.ledger[i] + (1 - share) * (second?.ledger[i] ?? 0) + change),
      traits: Float32Array.from(traitIds, () => random.normal()),
      masks: recombines || (ploidy === 2 && second !== undefined) ? masks : undefined,
    };
    first.offspring++;
    this.all.push(organism);
    this.born[p].push({ organism, masks, changes, traitChange });
  }

  private forget(): void {
    this.born = this.options.shapes.map(() => []);
    this.died = this.options.shapes.map(() => []);
    this.given = this.options.shapes.map(() => []);
  }

  private makeSimulation(): Simulation {
    const world = this;
    const populations = this.options.shapes.map((_, index) => this.population(index));
    return {
      scene: { record: this.options.record },
      seed: 'fake',
      get tick() {
        return world.tick;
      },
      populations,
      births: ({ index }: Population): BirthEvents => this.births(index),
      deaths: ({ index }: Population): DeathEvents => this.deaths(index),
      transfers: ({ index }: Population): TransferEvents => this.transfers(index),
      traceInheritance: () => {
        this.tracers++;
        return () => this.tracers--;
      },
    } as unknown as Simulation;
  }

  private births(p: number): BirthEvents {
    const born = this.born[p];
    const organisms = born.map(({ organism }) => organism);
    // As in the engine, columns may be longer than there are births.
    const column = (values: number[]) => Float64Array.from([...values, 99, 99]);
    const starts = [0];
    for (const { changes } of born) starts.push(starts[starts.length - 1] + changes.length);
    return {
      count: born.length,
      id: column(organisms.map((o) => o.id)),
      parent: column(organisms.map((o) => o.first)),
      mate: column(organisms.map((o) => o.second)),
      share: column(organisms.map((o) => o.share)),
      founder: column(organisms.map((o) => o.founder)),
      generation: Uint32Array.from(organisms, (o) => o.generation),
      sinceDeath: new Uint32Array(born.length),
      x: Float32Array.from(organisms, (o) => o.id / 2),
      y: Float32Array.from(organisms, (o) => o.id / 4),
      trace: {
        maskWords: Math.ceil(this.options.shapes[p].stride / 32),
        masks: Uint32Array.from(born.flatMap(({ masks }) => masks)),
        changeStarts: Uint32Array.from(starts),
        changeSlot: Uint32Array.from(born.flatMap(({ changes }) => changes.map(([slot]) => slot))),
        changeValue: Float32Array.from(born.flatMap(({ changes }) => changes.map(([, value]) => value))),
        mechanisms,
        traitChange: Float64Array.from(born.flatMap(({ traitChange }) => traitChange)),
        taken: Uint8Array.from(mechanisms, (_, m) => (isTaken(m, this.tick) ? 1 : 0)),
      },
    };
  }

  private deaths(p: number): DeathEvents {
    const died = this.died[p];
    return {
      count: died.length,
      id: Float64Array.from(died, (o) => o.id),
      cause: Uint8Array.from(died, (o) => o.id % 3),
    } as DeathEvents;
  }

  private transfers(p: number): TransferEvents {
    const given = this.given[p];
    const starts = [0];
    for (const { transfer } of given) starts.push(starts[starts.length - 1] + transfer.values.length);
    return {
      count: given.length,
      recipient: Float64Array.from(given, ({ recipient }) => recipient),
      donor: Float64Array.from(given, ({ transfer }) => transfer.donor),
      recipientHaplotype: Uint8Array.from(given, ({ transfer }) => transfer.recipientHaplotype),
      donorHaplotype: Uint8Array.from(given, ({ transfer }) => transfer.donorHaplotype),
      start: Uint32Array.from(given, ({ transfer }) => transfer.start),
      end: Uint32Array.from(given, ({ transfer }) => transfer.start + transfer.values.length),
      valueStarts: Uint32Array.from(starts),
      values: Float32Array.from(given.flatMap(({ transfer }) => transfer.values)),
      traitChange: Float64Array.from(given.flatMap(({ traitChange }) => traitChange)),
      mechanism,
    };
  }

  private population(index: number): Population {
    const rows = () => this.living[index];
    const { ploidy, stride } = this.options.shapes[index];
    const numbers: Record<string, (o: FakeOrganism) => number> = {
      id: (o) => o.id,
      founder: (o) => o.founder,
      birthTick: (o) => o.birthTick,
      generation: (o) => o.generation,
      offspring: (o) => o.offspring,
      keyLow: (o) => Math.imul(o.id + 1, 0x9e3779b1) >>> 0,
      keyHigh: (o) => o.id,
      x: (o) => o.id / 2,
      y: (o) => o.id / 4,
    };
    for (const [t, trait] of traitIds.entries()) numbers[trait] = (o) => o.traits[t];
    const column = (asked: Asked) => [...rows().map(numbers[typeof asked === 'string' ? asked : asked.name]), 99, 99];
    return {
      name: `population-${index}`,
      index,
      ploidy,
      layout: { stride },
      traits,
      ledgers: mechanisms,
      get count() {
        return rows().length;
      },
      table: {
        get count() {
          return rows().length;
        },
        f32: (asked: Asked) => Float32Array.from(column(asked)),
        f64: (asked: Asked) => Float64Array.from(column(asked)),
        i32: (asked: Asked) => Int32Array.from(column(asked)),
        u32: (asked: Asked) => Uint32Array.from(column(asked)),
      },
      rowOf: (id: number) => rows().findIndex((o) => o.id === id),
      genomeOf: (row: number) => rows()[row].genome.slice(),
    } as unknown as Population;
  }
}
