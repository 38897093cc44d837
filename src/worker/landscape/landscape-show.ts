import { dot } from '../../analysis/lab/direction.ts';
import { meanGenome } from '../../analysis/lab/genetic-covariance.ts';
import { expressCopies } from '../../genome/express.ts';
import type { LandscapeSimulation } from '../../simulation/kinds.ts';
import { choosePlane, type PlaneChoice, varianceAlong } from './choose-plane.ts';
import type { GenomePlane } from './genome-plane.ts';
import { genomeRows } from './genome-rows.ts';
import { HeightPainter, type Heights, type Rectangle } from './height-painter.ts';
import type { LandscapeSampler } from './landscape-sampler.ts';

/** The plane that is shown. Places in the view run from 0 to `width` and `height` of the world, to the right and down. */
export interface PlaneText {
  readonly choice: PlaneChoice;
  /** Names of the two axes; the second is '' if there is only one dimension. */
  readonly titles: readonly [string, string];
  /** View's lengths per locus unit. */
  readonly perUnit: number;
  /** Coordinates at the left and at the upper edge, locus units. */
  readonly left: number;
  readonly top: number;
}

export interface LandscapeRequest {
  /** Comes back with the heights; a larger one if it is too small. */
  readonly buffer: ArrayBuffer;
  /** Part of the view to be painted: left, upper, right and lower edge. */
  readonly rectangle: readonly [number, number, number, number];
  /** Stamp of what is shown now: if nothing has changed since, the answer is `fresh: false`. */
  readonly shown: string;
}

/** A vector at the mean genome. */
export interface ArrowText {
  /** Its part in the plane, to the right and up, locus units (or log fitness per locus unit). */
  readonly x: number;
  readonly y: number;
  /** Its whole length in genome space. */
  readonly length: number;
}

/** The current landscape: heights of the plane through the mean genome, and the forces on the mean. The first and last of a row lie on the rectangle's edges. */
export interface LandscapeFrame extends Heights {
  readonly fresh: boolean;
  readonly stamp: string;
  readonly rectangle: Rectangle;
  readonly plane: PlaneText;
  /** Place of the mean genome in the view, and its log fitness. */
  readonly mean: readonly [number, number];
  readonly meanFitness: number;
  /** The exact gradient at the mean, log fitness per locus unit. */
  readonly gradient: ArrowText;
  /** Mean step of the mean per tick over the last `stepTicks` measured ticks, locus units. */
  readonly step: ArrowText;
  readonly stepTicks: number;
  /** Place of the optimum, and its distance from the plane in the other dimensions. */
  readonly optimum?: { readonly x: number; readonly y: number; readonly away: number };
  /** Places of the mean in the view, x and y in turn, the earliest first. */
  readonly path: Float32Array;
  /** Place in `path` of the first of the latest points, of which none is left out. */
  readonly recentFrom: number;
}

const usual: PlaneChoice = { kind: 'loci', x: 0, y: 1 };

/** The plane of genome space that is shown, for one run after the other. Reads only. */
export class LandscapeShow {
  private choice = usual;
  private shown: GenomePlane | undefined;
  private readonly painter: HeightPainter;
  /** Increases with every plane. */
  private chosen = 0;

  /** @param clock milliseconds */
  constructor(clock: () => number) {
    this.painter = new HeightPainter(clock);
  }

  /** Another world: its plane is chosen at the first request. */
  reset(): void {
    this.choice = usual;
    this.shown = undefined;
  }

  /** @throws {Error} for an impossible plane; the former one stays */
  choose(simulation: LandscapeSimulation, choice: PlaneChoice): void {
    this.shown = choosePlane(simulation, choice);
    this.choice = choice;
    this.chosen += 1;
  }

  /** The current plane, with the mean genome, most of the population and the optimum in sight. */
  planeOf(simulation: LandscapeSimulation, through?: Float64Array): GenomePlane {
    if (!this.shown) this.choose(simulation, this.choice);
    const plane = this.shown as GenomePlane;
    const genomes = genomeRows(simulation.populations[0]);
    const mean = through ?? meanGenome(genomes);
    const [x, y] = plane.coordinates(mean);
    const [wide, high] = [plane.along, plane.across].map((axis) => 2 * Math.sqrt(varianceAlong(genomes, mean, axis)));
    plane.keepInSight([x - wide, y - high]);
    plane.keepInSight([x + wide, y + high]);
    const optimum = simulation.habitat.landscape.optimum?.();
    if (optimum) plane.keepInSight(plane.coordinates(optimum));
    return plane;
  }

  /** Places of whole genomes in the view: one haplotype behind the other. */
  placesOf(simulation: LandscapeSimulation): (genome: Float32Array) => readonly [number, number] {
    const plane = this.planeOf(simulation);
    const { layout } = simulation.populations[0];
    const { stride } = layout;
    const expressed = new Float32Array(stride);
    return (genome) => {
      if (genome.length === stride) return plane.place(genome);
      for (let slot = 0; slot < stride; slot++)
        expressed[slot] = expressCopies(layout, slot, genome[slot], genome[stride + slot]);
      return plane.place(expressed);
    };
  }

  /** Changes whenever places in the view change. */
  get stamp(): string {
    return `${this.chosen}.${this.shown?.version ?? 0}`;
  }

  /** @param stamp of the present state of the world */
  frame(simulation: LandscapeSimulation, sampler: LandscapeSampler, world: string, request: LandscapeRequest): LandscapeFrame {
    const { landscape, populations } = simulation.habitat;
    const [population] = populations;
    const { rectangle, buffer } = request;
    simulation.habitat.logFitness(population);
    const mean = meanGenome(genomeRows(population));
    const plane = this.planeOf(simulation, mean);
    const stamp = `${world} ${this.stamp} ${rectangle.map(Math.round).join()}`;
    const fresh = stamp !== request.shown;
    const heights = fresh
      ? this.painter.paint(landscape, plane, mean, rectangle, buffer)
      : { buffer, columns: 0, rows: 0, base: 0, interval: 1, low: 0, high: 0 };
    const gradient = new Float64Array(mean.length);
    landscape.gradient(mean, 0, gradient);
    const path: number[] = [];
    let recentFrom = 0;
    if (fresh) {
      sampler.path.each((point, _, isRecent) => {
        if (!isRecent) recentFrom += 2;
        path.push(...plane.place(point));
      });
    }
    const place = plane.place(mean);
    if (fresh) path.push(...place);
    const optimum = landscape.optimum?.();
    return {
      ...heights,
      fresh,
      stamp,
      rectangle,
      plane: {
        choice: this.choice,
        titles: this.titles(plane),
        perUnit: plane.perUnit,
        left: plane.left,
        top: plane.top,
      },
      mean: place,
      meanFitness: landscape.logFitness(mean, 0),
      gradient: arrow(plane, gradient),
      step: arrow(plane, sampler.window.meanStep()),
      stepTicks: sampler.window.steps,
      ...(optimum ? { optimum: markOf(plane, optimum, mean) } : {}),
      path: Float32Array.from(path),
      recentFrom,
    };
  }

  private titles(plane: GenomePlane): [string, string] {
    const { choice } = this;
    if (choice.kind === 'gradient') return ['along the gradient', plane.isLine ? '' : 'main direction of G'];
    return [`locus ${choice.x + 1}`, plane.isLine ? '' : `locus ${choice.y + 1}`];
  }
}

function arrow(plane: GenomePlane, vector: Float64Array): ArrowText {
  const [x, y] = plane.project(vector);
  return { x, y, length: Math.sqrt(dot(vector, vector)) };
}

/** Place of a genome in the view, and its distance from the plane through `mean`. */
function markOf(plane: GenomePlane, genome: Float64Array, mean: Float64Array): { x: number; y: number; away: number } {
  const [x, y] = plane.place(genome);
  const away = genome.map((value, i) => value - mean[i]);
  const [along, across] = plane.project(away);
  return { x, y, away: Math.sqrt(Math.max(0, dot(away, away) - along * along - across * across)) };
}
