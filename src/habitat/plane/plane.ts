import type { Arena, Block } from '../../kernel/memory.ts';
import type { PlaneParameters } from './parameters.ts';
import type { Pattern } from './patterns.ts';

/** The ground of the plane: four floats a cell, what each cell can carry, barriers, and the cells of the neighbour grid. */
export class Plane {
  readonly columns: number;
  readonly rows: number;
  readonly cell: number;
  readonly width: number;
  readonly height: number;
  readonly torus: boolean;
  readonly reach: number;
  /** Cells of the neighbour grid: at least as wide as the senses reach. */
  readonly gridColumns: number;
  readonly gridRows: number;
  readonly ground: Block;
  readonly capacity: Block;
  readonly demand: Block;
  readonly barrierMask: Block;
  private readonly starts: Block[] = [];
  /** Richness of each food, 0 to 1 a cell. */
  private readonly richness: { readonly grass: Float32Array; readonly fruit: Float32Array };
  /** Kind of fruit of each cell, 0 or 1; undefined where all fruit is of one kind. It follows from seed and parameters, and is not state. */
  readonly kinds: Uint8Array | undefined;
  /** Whether there is any barrier. */
  walled = false;

  constructor(
    readonly arena: Arena,
    public parameters: PlaneParameters,
    seed: string,
    patterns: readonly Pattern[],
    /** A plane of the same seed and fixed parameters, whose patterns are reused. */
    twin?: Plane,
  ) {
    const p = parameters;
    this.width = p.width;
    this.height = p.height;
    this.cell = p.cell;
    this.columns = p.width / p.cell;
    this.rows = p.height / p.cell;
    this.torus = p.edge === 'torus';
    this.reach = p.reach;
    this.gridColumns = Math.max(1, Math.floor(p.width / p.reach));
    this.gridRows = Math.max(1, Math.floor(p.height / p.reach));
    // One row and one cell more than needed: a position that rounds up onto the far edge reads barren ground there.
    const cells = this.columns * (this.rows + 1) + 4;
    this.ground = arena.allocate('ground', cells * 16);
    this.capacity = arena.allocate('ground capacity', cells * 16);
    this.demand = arena.allocate('ground demand', cells * 16);
    this.barrierMask = arena.allocate('barriers', cells);
    const pattern = (food: 'grass' | 'fruit') => {
      const { pattern: id, cover, grain, painting } = p[food];
      const known = patterns.find((one) => one.id === id);
      if (!known) throw new Error(`unknown pattern '${id}'; known: ${patterns.map((one) => one.id).join(', ')}`);
      return known.make({
        columns: this.columns,
        rows: this.rows,
        cell: p.cell,
        cover,
        grain,
        torus: this.torus,
        seed: `${seed}/ground/${food}`,
        painting,
      });
    };
    this.richness = twin?.richness ?? { grass: pattern('grass'), fruit: pattern('fruit') };
    this.kinds = twin ? twin.kinds : this.spreadKinds(patterns, seed);
    this.apply(p);
    const open = this.columns * this.rows * 4;
    this.ground.f32().set(this.capacity.f32().subarray(0, open));
  }

  /** First sorted place of each cell of the neighbour grid, for one population. */
  gridStarts(population: number): Block {
    this.starts[population] ??= this.arena.allocate(`grid starts ${population}`, 4 * (this.gridColumns * this.gridRows + 2));
    return this.starts[population];
  }

  get full(): readonly [grass: number, fruit: number] {
    return [this.parameters.grass.capacity, this.parameters.fruit.capacity];
  }

  get cells(): number {
    return this.columns * this.rows;
  }

  /** Ground values, [grass, fruit, carrion, cue] a cell; valid until the next step. */
  values(): Float32Array {
    return this.ground.f32().subarray(0, this.cells * 4);
  }

  foodAt(x: number, y: number): Float32Array {
    const at = 4 * (Math.floor(y / this.cell) * this.columns + Math.floor(x / this.cell));
    return this.ground.f32().subarray(at, at + 4);
  }

  /** Kind of the fruit at a place: 0 or 1. The cell is found as organisms that eat find theirs. */
  kindAt(x: number, y: number): number {
    if (!this.kinds) return 0;
    const inverse = Math.fround(1 / this.cell);
    return this.kinds[Math.floor(Math.fround(y * inverse)) * this.columns + Math.floor(Math.fround(x * inverse))] ?? 0;
  }

  /** 1 where there is a barrier; valid until the next step. */
  barrier(): Uint8Array {
    return this.barrierMask.u8().subarray(0, this.cells);
  }

  /** Adopts parameters that may have changed: barriers and what each cell can carry. */
  apply(parameters: PlaneParameters): void {
    this.parameters = parameters;
    this.raise();
    const { grass, fruit, cue } = parameters;
    const capacity = this.capacity.f32();
    const barrier = this.barrier();
    for (let i = 0; i < this.cells; i++) {
      const open = barrier[i] ? 0 : 1;
      const g = this.richness.grass[i] * open;
      const f = this.richness.fruit[i] * open;
      capacity[4 * i] = grass.capacity * g;
      capacity[4 * i + 1] = fruit.capacity * f;
      capacity[4 * i + 2] = 0;
      capacity[4 * i + 3] = cue.grass * g + cue.fruit * f;
    }
  }

  /** The second kind covers its share of the ground in patches. */
  private spreadKinds(patterns: readonly Pattern[], seed: string): Uint8Array | undefined {
    const { share, grain } = this.parameters.kinds;
    if (share === 0) return undefined;
    const { columns, rows, cell, torus } = this;
    const patches = patterns.find(({ id }) => id === 'patches') as Pattern;
    const richness = patches.make({
      columns,
      rows,
      cell,
      cover: share,
      grain,
      torus,
      seed: `${seed}/ground/kinds`,
      painting: '',
    });
    return Uint8Array.from(richness, (value) => (value > 0 ? 1 : 0));
  }

  private raise(): void {
    const mask = this.barrierMask.u8();
    mask.fill(0);
    this.walled = false;
    for (const { x, y, width, height } of this.parameters.barriers) {
      const right = Math.min(this.columns, Math.ceil((x + width) / this.cell));
      const bottom = Math.min(this.rows, Math.ceil((y + height) / this.cell));
      for (let row = Math.floor(y / this.cell); row < bottom; row++) {
        for (let column = Math.floor(x / this.cell); column < right; column++) {
          mask[row * this.columns + column] = 1;
          this.walled = true;
        }
      }
    }
  }
}
