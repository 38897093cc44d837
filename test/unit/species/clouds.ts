import type { GenomeLayout } from '../../../src/genome/layout.ts';
import { hashBytes } from '../../../src/math/hash.ts';
import { namedStream } from '../../../src/math/streams.ts';
import type { Packable } from '../../../src/record/pack.ts';
import { SpeciesRecord } from '../../../src/record/species/species-record.ts';
import type { Descent } from '../../../src/record/types.ts';
import type { Simulation } from '../../../src/simulation/types.ts';

export const loci = 60;
const stride = 64;

interface Body {
  readonly id: number;
  /** Row of its parent, -1 for a founder. */
  readonly parent: number;
  species: number;
  readonly genome: Float32Array;
  readonly size: number;
}

/** Organisms of a generation: a cloud of genomes around a centre, whose parents are of a cloud of the generation before. */
export interface Cloud {
  readonly name: string;
  readonly n: number;
  /** First coordinates of the centre; the others are 0. */
  readonly at: readonly number[];
  /** Name of the parents' cloud; its own unless told. */
  readonly from?: string;
}

const layout = {
  stride,
  loci: Array.from({ length: loci }, (_, slot) => ({ slot, name: `locus ${slot}`, segment: 'all', scale: 1, deviation: 1 })),
  ranges: [{ slot: 0, trait: 'body.size', minimum: 0, maximum: 2, offset: 0 }],
} as unknown as GenomeLayout;

/** A stand-in for a world and its record of descent: generations that do not overlap, genomes as the test says. */
export class CloudWorld implements Descent {
  tick = 0;
  readonly bodies: Body[] = [];
  private clouds = new Map<string, number[]>();
  private living: number[] = [];
  private readonly rows = new Map<number, number>();

  /**
   * @param parameters of `record.species`
   * @param order puts the living into another order of rows
   * @param deviation of genomes around their cloud's centre, a locus
   */
  constructor(
    readonly parameters: { sample: number; distance: number; smallest: number; patience: number },
    readonly order: (living: number[]) => number[] = (living) => living,
    readonly deviation = 0.1,
  ) {}

  /** The next generation. */
  generation(...clouds: Cloud[]): this {
    const before = this.clouds;
    const founders = this.bodies.length === 0;
    this.clouds = new Map();
    this.living = [];
    this.tick += founders ? 0 : 100;
    for (const { name, n, at, from = name } of clouds) {
      const stream = namedStream('clouds', `${name} ${this.tick}`);
      const parents = before.get(from) ?? [];
      const made = Array.from({ length: n }, () => {
        const genome = new Float32Array(stride);
        for (let k = 0; k < loci; k++) genome[k] = (at[k] ?? 0) + this.deviation * stream.normal();
        // Few have most of the offspring, so that lines of descent coalesce soon.
        const parent = founders ? -1 : parents[Math.floor(stream.uniform() ** 4 * parents.length)];
        const row = this.bodies.length;
        const id = 10 + 3 * row;
        this.rows.set(id, row);
        this.bodies.push({ id, parent, species: founders ? 0 : this.bodies[parent].species, genome, size: stream.uniform() });
        return row;
      });
      this.clouds.set(name, made);
      this.living.push(...made);
    }
    this.living = this.order(this.living);
    return this;
  }

  get simulation(): Simulation {
    const bodies = this.living.map((row) => this.bodies[row]);
    const genome = new Float32Array(stride * bodies.length);
    for (const [row, body] of bodies.entries()) genome.set(body.genome, row * stride);
    const words = bodies.map(({ id }) => hashBytes(new Uint8Array(Float64Array.of(id).buffer)));
    const columns: Record<string, ArrayLike<number>> = {
      id: Float64Array.from(bodies, ({ id }) => id),
      keyLow: Uint32Array.from(words, ([low]) => low),
      keyHigh: Uint32Array.from(words, ([, high]) => high),
      genome,
      'body.size': Float32Array.from(bodies, ({ size }) => size),
    };
    // By name, or by declaration.
    const column = (asked: string | { readonly name: string }) => columns[typeof asked === 'string' ? asked : asked.name];
    const population = {
      index: 0,
      name: 'clouds',
      count: bodies.length,
      layout,
      ploidy: 1,
      parameters: { mechanisms: {} },
      table: { f64: column, f32: column, u32: column },
      genomeOf: (row: number) => genome.slice(row * stride, (row + 1) * stride),
    };
    return {
      seed: 'clouds',
      tick: this.tick,
      scene: { record: { species: this.parameters } },
      populations: [population],
    } as unknown as Simulation;
  }

  record(saved?: Packable): SpeciesRecord {
    return new SpeciesRecord(this.simulation, saved);
  }

  /** Species and number of the living members of each cloud, as `name: species x members`. */
  labels(): Record<string, string> {
    const text = (rows: readonly number[]) => {
      const counts = new Map<number, number>();
      for (const row of rows) counts.set(this.bodies[row].species, (counts.get(this.bodies[row].species) ?? 0) + 1);
      return [...counts]
        .sort(([a], [b]) => a - b)
        .map(([species, members]) => `${species} x ${members}`)
        .join(', ');
    };
    return Object.fromEntries([...this.clouds].map(([name, rows]) => [name, text(rows)]));
  }

  rowOf(id: number): number {
    return this.rows.get(id) ?? -1;
  }
  idOf(row: number): number {
    return this.bodies[row].id;
  }
  firstParentOf(row: number): number {
    return this.bodies[row].parent;
  }
  speciesOf(row: number): number {
    return this.bodies[row].species;
  }
  setSpecies(row: number, species: number): void {
    this.bodies[row].species = species;
  }
}

/** Events as text, in order. */
export function told({ events }: SpeciesRecord): string[] {
  return events.map(({ tick, kind, species, other }) => `${tick}: ${kind} ${species}${other < 0 ? '' : ` ${other}`}`);
}
