import type { Arena, Block } from '../../kernel/memory.ts';
import { namedStream } from '../../math/streams.ts';
import type { GroundView } from '../habitat-world.ts';
import { layNetwork, type Network, side } from './network.ts';
import type { PatchesParameters } from './parameters.ts';
import { patchAt } from './patch-at.ts';

/** Cells along a side of the picture of the ground. */
const cells = 256;

/** The patches of a world: their network, and the food on each, four floats a patch as on a cell of the plane's ground. */
export class Patches implements GroundView {
  readonly network: Network;
  readonly ground: Block;
  readonly capacity: Block;
  readonly demand: Block;
  private readonly starts: Block[] = [];
  /** 1 where a food grows, a value a patch. */
  private readonly grows: { readonly grass: Uint8Array; readonly fruit: Uint8Array };
  readonly columns = cells;
  readonly rows = cells;
  readonly cell = side / cells;
  /** Patch that a cell of the picture shows, or -1. */
  private readonly shown: Int32Array;
  private readonly picture = new Float32Array(4 * cells * cells);
  /** 1 where there is neither a patch nor a link, for the picture only. */
  private readonly water: Uint8Array;
  /** Finds the patch of a place, once one is wanted. */
  private patchOf: ((x: number, y: number) => number) | undefined;

  constructor(
    private readonly arena: Arena,
    public parameters: PatchesParameters,
    seed: string,
  ) {
    this.network = layNetwork(parameters);
    const { nodes, x, y, radius } = this.network;
    // A patch more than there are, as wide as the kernels read.
    this.ground = arena.allocate('patches', (nodes + 4) * 16);
    this.capacity = arena.allocate('capacity of patches', (nodes + 4) * 16);
    this.demand = arena.allocate('demand on patches', (nodes + 4) * 16);
    const chosen = (what: 'grass' | 'fruit') => {
      const stream = namedStream(seed, `patches/${what}`);
      const order = Array.from({ length: nodes }, (_, node) => ({ node, draw: stream.uniform() })).sort(
        (a, b) => a.draw - b.draw,
      );
      const bears = new Uint8Array(nodes);
      for (const { node } of order.slice(0, Math.round(parameters[what].share * nodes))) bears[node] = 1;
      return bears;
    };
    this.grows = { grass: chosen('grass'), fruit: chosen('fruit') };
    this.shown = new Int32Array(cells * cells).fill(-1);
    for (let cell = 0; cell < cells * cells; cell++) {
      const [atX, atY] = [((cell % cells) + 0.5) * this.cell, (Math.floor(cell / cells) + 0.5) * this.cell];
      for (let node = 0; node < nodes; node++) {
        const [dx, dy] = [atX - x[node], atY - y[node]];
        if (dx * dx + dy * dy <= radius * radius) this.shown[cell] = node;
      }
    }
    this.water = Uint8Array.from(this.shown, (node) => (node < 0 ? 1 : 0));
    this.clearLinks();
    this.apply(parameters);
    this.ground.f32().set(this.capacity.f32());
  }

  /** Adopts parameters that may have changed. */
  apply(parameters: PatchesParameters): void {
    this.parameters = parameters;
    const capacity = this.capacity.f32();
    for (let node = 0; node < this.network.nodes; node++) {
      capacity[4 * node] = this.grows.grass[node] * parameters.grass.capacity;
      capacity[4 * node + 1] = this.grows.fruit[node] * parameters.fruit.capacity;
    }
  }

  /** Opens the cells of the picture along each link. Across a torus and where all are linked with all, lines would only confuse. */
  private clearLinks(): void {
    const { nodes, starts, to, x, y } = this.network;
    if (to.length > 8 * nodes) return;
    for (let node = 0; node < nodes; node++) {
      for (let k = starts[node]; k < starts[node + 1]; k++) {
        const [dx, dy] = [x[to[k]] - x[node], y[to[k]] - y[node]];
        if (this.parameters.graph === 'lattice' && Math.max(Math.abs(dx), Math.abs(dy)) > side / 2) continue;
        const steps = Math.ceil((2 * Math.max(Math.abs(dx), Math.abs(dy))) / this.cell);
        for (let step = 0; step <= steps; step++) {
          const column = Math.floor((x[node] + (dx * step) / steps) / this.cell);
          const row = Math.floor((y[node] + (dy * step) / steps) / this.cell);
          this.water[row * cells + column] = 0;
        }
      }
    }
  }

  /** Start of the rows on each patch in a population's column `grid.order`, and the end of the last. */
  gridStarts(population: number): Block {
    this.starts[population] ??= this.arena.allocate(`patch starts ${population}`, 4 * (this.network.nodes + 2));
    return this.starts[population];
  }

  /** The food of patches as cells of a square, for the picture only: energy of the patch in each of its cells. */
  values(): Float32Array {
    const ground = this.ground.f32();
    for (let cell = 0; cell < cells * cells; cell++) {
      const node = this.shown[cell];
      for (let lane = 0; lane < 4; lane++) this.picture[4 * cell + lane] = node < 0 ? 0 : ground[4 * node + lane];
    }
    return this.picture;
  }

  foodAt(x: number, y: number): Float32Array {
    this.patchOf ??= patchAt(this.network);
    const node = this.patchOf(x, y);
    // The patch after the last is barren.
    const at = 4 * (node < 0 ? this.network.nodes : node);
    return this.ground.f32().subarray(at, at + 4);
  }

  /** Food on patches as a share of what they carry, mean over those that carry any; NaN if none does. */
  meanFullness(): number {
    const [ground, capacity] = [this.ground.f32(), this.capacity.f32()];
    let [sum, patches] = [0, 0];
    for (let node = 0; node < this.network.nodes; node++) {
      const most = capacity[4 * node] + capacity[4 * node + 1];
      if (most === 0) continue;
      sum += (ground[4 * node] + ground[4 * node + 1]) / most;
      patches++;
    }
    return patches > 0 ? sum / patches : Number.NaN;
  }

  /** Water between patches, where nothing lives. */
  barrier(): Uint8Array {
    return this.water;
  }

  /** Energy at which a cell is drawn at full strength. */
  get full(): readonly [grass: number, fruit: number] {
    return [this.parameters.grass.capacity, this.parameters.fruit.capacity];
  }
}
