import { transfer } from 'comlink';
import { assayedGenomes } from '../../analysis/assay/assayed-genomes.ts';
import { locusSegments } from '../../analysis/assay/locus-segments.ts';
import { assayedNames, assayedSlots, favoursSign, perturbationSizes } from '../../analysis/assay/prepare-fork.ts';
import type { Interval } from '../../analysis/gains/interval.ts';
import { IntervalWatch, speciesOfRecord } from '../../analysis/gains/interval-watch.ts';
import { type PolicyDemand, policyDemands } from '../../analysis/gains/policy-demands.ts';
import { meanGenome } from '../../analysis/lab/genetic-covariance.ts';
import type { Population } from '../../population/population.ts';
import { SceneError } from '../../scene/error.ts';
import { cloudStride } from '../cloud-layout.ts';
import { type Palette, writeColourValues } from '../colour-value.ts';
import type { CurrentRun } from '../current-run.ts';
import { type Highlight, Highlighter } from '../highlighter.ts';
import type { ClimbStart } from '../tasks/task-protocol.ts';

/** A closed interval, and the start of the next. */
export interface ClimbStep {
  readonly interval: Interval;
  readonly start: ClimbStart;
}

/** Where the living are to be drawn. */
export interface CloudRequest {
  /** Coefficients of the places across and up; 1/locus unit. */
  readonly across: Float64Array;
  readonly up: Float64Array;
  /** What is added to the place up of descendants of these groups (by founder), and of all others. */
  readonly founders: Float64Array;
  readonly offsets: Float64Array;
  readonly otherwise: number;
  readonly palette: Palette;
  readonly highlight: Highlight | undefined;
}

/** The living in genome space. */
export interface Cloud {
  readonly tick: number;
  /** `cloudStride` numbers each. */
  readonly points: Float32Array;
  readonly ids: Float64Array;
  /** Mean x and y of all. */
  readonly mean: readonly [number, number];
}

/** The climb of one population while it is watched: its copies are followed from one assay to the next. It reads only. */
export class ClimbTopic {
  private watch: IntervalWatch | undefined;
  private population: Population | undefined;
  /** Founders of the groups of the organisms of the last opening, by id. */
  private groupOf = new Map<number, number>();
  private generation = 0;
  private readonly lit = new Highlighter();

  constructor(private readonly current: CurrentRun) {
    current.onLeave(() => this.end());
  }

  /**
   * Begins to follow the copies of all assayed loci of a population.
   * @param name the first population if none has that name
   * @throws {SceneError} if fewer than two live
   */
  open(name: string): ClimbStart {
    const { world, record } = this.current.require();
    this.end();
    const population = world.populations.find((one) => one.name === name) ?? world.populations[0];
    this.population = population;
    const start = this.start(population);
    this.watch = new IntervalWatch(world, population, speciesOfRecord(record, population));
    this.watch.next();
    return transfer(start, [start.snapshot, start.genomes.buffer as ArrayBuffer]);
  }

  /**
   * Closes the interval that is open and opens the next.
   * @param generations by which the mean generation of the living has to rise before
   * @returns early if it has not; undefined if no population is followed
   * @throws {SceneError} if fewer than two live
   */
  close(generations: number): ClimbStep | 'early' | undefined {
    const { watch, population } = this;
    if (!watch || !population) return undefined;
    if (meanGeneration(population) < this.generation + generations) return 'early';
    const start = this.start(population);
    const interval = watch.next();
    if (!interval) return undefined;
    const { opened, closed, ancestors, written, added, clades } = interval;
    this.groupOf = new Map(Array.from(closed.ids, (id, k): [number, number] => [id, ancestors[k]]));
    // What is still needed here is copied.
    return transfer({ interval, start }, [
      start.snapshot,
      ...[start.genomes, opened.values, clades, ...written.values(), ...added.values()].flatMap((values) =>
        ArrayBuffer.isView(values) ? [values.buffer as ArrayBuffer] : [],
      ),
    ]);
  }

  /** The copies are no longer followed. */
  end(): void {
    this.watch?.end();
    this.watch = undefined;
    this.population = undefined;
    this.groupOf.clear();
  }

  /** The living in genome space; undefined if no population is followed. */
  cloud({ across, up, founders, offsets, otherwise, palette, highlight }: CloudRequest): Cloud | undefined {
    const { population, watch } = this;
    if (!population || !watch) return undefined;
    const run = this.current.require();
    const { world } = run;
    const { table, count, haplotypes, layout } = population;
    const slots = assayedSlots(population);
    const offsetOf = new Map(Array.from(founders, (founder, k): [number, number] => [founder, offsets[k]]));
    const columns = haplotypes.map((name) => table.f32(name));
    const id = table.f64('id');
    const points = new Float32Array(cloudStride * count);
    const isLit = this.lit.test(run, highlight);
    let [sumX, sumY] = [0, 0];
    for (let row = 0; row < count; row++) {
      let [x, y] = [0, 0];
      for (const column of columns) {
        for (let l = 0, from = row * layout.stride; l < slots.length; l++) {
          const value = column[from + slots[l]];
          x += across[l] * value;
          y += up[l] * value;
        }
      }
      x /= columns.length;
      y = y / columns.length + (offsetOf.get(this.groupOf.get(watch.ancestorOf(id[row])) ?? -1) ?? otherwise);
      points[cloudStride * row] = x;
      points[cloudStride * row + 1] = y;
      points[cloudStride * row + 3] = !isLit || isLit(id[row]) ? 1 : 0;
      sumX += x / count;
      sumY += y / count;
    }
    if (palette === 'species' || palette === 'lineage' || palette === 'fitness')
      run.hues.write(palette === 'species' ? 'species' : 'lineage', population, points, 2, cloudStride);
    else writeColourValues(population, palette, world, points, 2, cloudStride);
    const ids = id.slice(0, count);
    return transfer({ tick: world.tick, points, ids, mean: [sumX, sumY] as const }, [points.buffer, ids.buffer]);
  }

  /** What a step of weights asks of each action; nothing without policies. @param step a number an assayed locus; locus units */
  demands(step: Float64Array): readonly PolicyDemand[] {
    const { population } = this;
    return population?.has('policy') ? policyDemands(population, assayedSlots(population), step) : [];
  }

  private start(population: Population): ClimbStart {
    const { world, changes } = this.current.require();
    if (population.count < 2) throw new SceneError(`${population.name}: ${population.count} living; a climb needs two or more`);
    const genomes = assayedGenomes(population);
    const loci = assayedSlots(population).length;
    this.generation = meanGeneration(population);
    return {
      snapshot: world.snapshot(),
      tick: world.tick,
      changes: changes.count,
      generation: this.generation,
      seed: world.seed,
      population: population.name,
      title: population.parameters.title || population.name,
      organisms: population.count,
      ploidy: population.ploidy,
      genomes,
      mean: meanGenome({ values: genomes, count: genomes.length / loci, stride: loci, dimensions: loci }),
      loci: assayedNames(population),
      segments: locusSegments(population.layout, assayedSlots(population)),
      scales: perturbationSizes(population, 1),
      directed: favoursSign(population),
      traits: population.traits.map(({ id, title, unit }) => ({ id, title, unit })),
    };
  }
}

function meanGeneration({ table, count }: Population): number {
  const generations = table.u32('generation');
  let sum = 0;
  for (let row = 0; row < count; row++) sum += generations[row];
  return sum / count;
}
