import type { Population } from '../../../src/population/population.ts';
import { traits } from '../../../src/population/traits.ts';
import type { BirthEvents, DeathEvents, Simulation } from '../../../src/simulation/types.ts';

/** An organism of the fake world: plain values, so that tests can say what must come out. */
export interface FakeOrganism {
  id: number;
  parent: number;
  founder: number;
  birthTick: number;
  generation: number;
  offspring: number;
  x: number;
  y: number;
  traits: number[];
  cause?: number;
}

/** A world whose lives and deaths the test writes down; it offers what the exports read, and nothing else. */
export class FakeWorld {
  tick = 0;
  living: FakeOrganism[][];
  dead: FakeOrganism[][];
  born: FakeOrganism[][];
  private readonly names: readonly string[];

  constructor(names: readonly string[]) {
    this.names = names;
    this.living = names.map(() => []);
    this.dead = names.map(() => []);
    this.born = names.map(() => []);
  }

  simulation(): Simulation {
    const world = this;
    const populations = this.names.map((name, index) => this.population(name, index));
    const columns = (rows: FakeOrganism[]) => ({
      count: rows.length,
      id: Float64Array.from(rows, (o) => o.id),
      parent: Float64Array.from(rows, (o) => o.parent),
      founder: Float64Array.from(rows, (o) => o.founder),
      birthTick: Int32Array.from(rows, (o) => o.birthTick),
      cause: Uint8Array.from(rows, (o) => o.cause ?? 0),
      generation: Uint32Array.from(rows, (o) => o.generation),
      offspring: Uint32Array.from(rows, (o) => o.offspring),
      x: Float32Array.from(rows, (o) => o.x),
      y: Float32Array.from(rows, (o) => o.y),
      traits: Float32Array.from(rows.flatMap((o) => o.traits)),
    });
    return {
      scene: { name: 'fake', question: '' },
      seed: '7',
      get tick() {
        return world.tick;
      },
      get status() {
        return world.living.every((rows) => rows.length === 0) ? 'extinct' : 'running';
      },
      populations,
      changes: [],
      notices: [],
      births: (population: Population): BirthEvents => columns(world.born[population.index]),
      deaths: (population: Population): DeathEvents => columns(world.dead[population.index]),
      hash: () => '0123456789abcdef',
    } as unknown as Simulation;
  }

  private population(name: string, index: number): Population {
    const rows = () => this.living[index];
    const value = (organism: FakeOrganism, column: string): number => {
      const t = traits.findIndex(({ id }) => id === column);
      return t >= 0 ? organism.traits[t] : (organism as unknown as Record<string, number>)[column];
    };
    // As in the real table, views go on past the last row.
    const padded = (column: string) => [...rows().map((organism) => value(organism, column)), 99, 99, 99];
    const table = {
      get count() {
        return rows().length;
      },
      stride: () => 4,
      f32: (column: string) =>
        column === 'genome'
          ? Float32Array.from(rows().flatMap(({ id }) => [id, 0, id / 2, 0]))
          : Float32Array.from(padded(column)),
      f64: (column: string) => Float64Array.from(padded(column)),
      i32: (column: string) => Int32Array.from(padded(column)),
      u32: (column: string) => Uint32Array.from(padded(column)),
    };
    const layout = {
      loci: [
        { slot: 0, name: 'bias>h1', segment: 'policy.weights' },
        { slot: 2, name: 'body.size', segment: 'body.size' },
      ],
    };
    return {
      name,
      index,
      table,
      layout,
      get count() {
        return rows().length;
      },
    } as unknown as Population;
  }
}
