import type { ColumnSpec, ColumnsOf, Table } from '../../ecs/table.ts';
import { coordinateName, layLoci } from '../../genome/lay-loci.ts';
import type { Arena, Block } from '../../kernel/memory.ts';
import type { MechanismSet } from '../../mechanisms/mechanism-set.ts';
import { type CommonParameters, Population, type PopulationColumns } from '../../population/population.ts';
import type { TraitText } from '../../population/traits.ts';
import { carriedTraits } from './carried-traits.ts';
import { type Demes, findDemes } from './demes.ts';
import type { Landscape } from './landscape.ts';
import type { LandscapePopulationParameters } from './parameters.ts';

/** Causes of death on a landscape; events hold the index. */
export const landscapeDeathCauses = ['replaced', 'refused'] as const;

/** Coordinates that are also traits, so that tables and ledgers follow them one by one. */
export const shownCoordinates = 8;

export type LandscapePopulationScene = LandscapePopulationParameters & CommonParameters;

/** Traits of a population on a landscape: its first coordinates, and the optional ones that its genomes carry. */
export function landscapeTraits(dimensions: number, carries: readonly string[], mechanisms: MechanismSet): readonly TraitText[] {
  const coordinates = Array.from({ length: Math.min(dimensions, shownCoordinates) }, (_, i) => ({
    id: coordinateName(i),
    title: `Coordinate ${i + 1}`,
    unit: 'locus units',
    description: `Locus ${i + 1} of those that fitness reads, unchanged.`,
  }));
  return [...coordinates, ...carriedTraits(carries, mechanisms)];
}

const fitnessColumns = [
  // Of row i after `evaluate`, until the organisms change: what was evaluated between two ticks holds in the next one.
  { name: 'logFitness', type: 'f64', kind: 'shown' },
  // Sums of fitness, relative to the highest, up to and including row i: draws by fitness search it.
  { name: 'cumulative', type: 'f64', kind: 'scratch' },
] as const satisfies readonly ColumnSpec[];

/** Columns of the tables of populations on landscapes. */
export type LandscapeColumns = PopulationColumns &
  ColumnsOf<typeof fitnessColumns> & {
    /** Where there is migration. */
    readonly deme?: 'u32';
  };

/** Organisms that consist of a genome alone: a place on a landscape. @experimental */
export class LandscapePopulation extends Population {
  declare parameters: LandscapePopulationScene;
  declare readonly table: Table<LandscapeColumns>;
  /** Whether the column `logFitness` is out of date for the current genomes. */
  stale = true;
  /** What mechanisms add to log fitness: each makes a function of the row. */
  fitnessTerms: readonly (() => (row: number) => number)[] = [];
  /** How rows fall into demes in this tick, once requested. */
  private demesFound: { readonly tick: number; readonly demes: Demes } | undefined;
  /** Centre of the landscape, if it has one, for the kernel. */
  private readonly centre: Block;

  constructor(
    arena: Arena,
    name: string,
    index: number,
    parameters: LandscapePopulationScene,
    readonly dimensions: number,
    seed: string,
    mechanisms: MechanismSet,
  ) {
    const carried = carriedTraits(parameters.genome.carries, mechanisms);
    const shown = Math.min(dimensions, shownCoordinates);
    super(
      arena,
      name,
      index,
      parameters,
      {
        layout: layLoci(dimensions, parameters.start.deviation, shown, carried, mechanisms.segments(parameters.genome)),
        traits: landscapeTraits(dimensions, parameters.genome.carries, mechanisms),
        deathCauses: landscapeDeathCauses,
        body: [],
        decisions: [],
        columns: fitnessColumns,
      },
      seed,
    );
    this.centre = arena.allocate(`${name} centre`, 8 * dimensions);
  }

  /** Rows are ordered by births and deaths, and nothing else moves them. */
  override get drawsByRow(): boolean {
    return true;
  }

  /** Position of an organism when it is drawn in a plane: its first two coordinates. */
  override derive(first: number, count: number): void {
    const { table, layout, dimensions } = this;
    const [x, y, genome] = [table.f32('x'), table.f32('y'), table.f32('genome')];
    for (let row = first; row < first + count; row++) {
      x[row] = genome[row * layout.stride];
      y[row] = dimensions > 1 ? genome[row * layout.stride + 1] : 0;
    }
    this.stale = true;
  }

  /** Finds the log fitness of all living organisms among each other, `time` generations after the start. */
  evaluate(landscape: Landscape, time: number): void {
    if (!this.stale || this.count === 0) return;
    const { table, layout } = this;
    const { count } = table;
    const genomes = table.f32(this.actsBy);
    landscape.meet(genomes, count, layout.stride, time);
    this.stale = false;
    const { squares, dimensions } = landscape;
    const logFitness = table.f64('logFitness');
    if (squares) {
      this.centre.f64().set(squares.centre);
      const acting = table.of(this.actsBy);
      this.arena.kernel.squaredDistances({
        count,
        genome: acting,
        slots: layout.stride,
        n: dimensions,
        centre: this.centre,
        factor: squares.factor,
        out: table.columns.logFitness,
      });
    } else for (let row = 0; row < count; row++) logFitness[row] = landscape.logFitness(genomes, row * layout.stride);
    for (const make of this.fitnessTerms) {
      const term = make();
      for (let row = 0; row < count; row++) logFitness[row] += term(row);
    }
  }

  /** How the living fall into demes in a tick, or undefined if there are no demes. Log fitness must be known. */
  demesAt(tick: number): Demes | undefined {
    if (!this.table.has('deme')) return undefined;
    if (this.demesFound?.tick !== tick) {
      this.demesFound = { tick, demes: findDemes(this, this.parameters.mechanisms.migration.demes as number) };
    }
    return this.demesFound.demes;
  }

  /** Forgets how rows fell into demes, because the rows have changed. */
  forgetDemes(): void {
    this.demesFound = undefined;
  }

  /** Column that fitness reads: the expressed genome, or what replaces it where organisms acquire something within life. */
  get actsBy(): 'weights' | 'genome' {
    return this.table.has('weights') ? 'weights' : 'genome';
  }
}
