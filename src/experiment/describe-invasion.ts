import type { InvasibilityPlot, SingularPoint } from '../analysis/lab/invasion.ts';
import { realColumn, textColumn } from '../export/columns.ts';
import type { Cell, ExportTable } from '../export/export-table.ts';

/** Pairwise invasibility on a landscape of one trait, and the points where evolution stops. */
export interface InvasionReport {
  readonly landscape: string;
  readonly plot: InvasibilityPlot;
  readonly points: readonly SingularPoint[];
}

/** A resident and a mutant, one a row. */
export const invasionTable: ExportTable = {
  name: 'invasion',
  title: 'Invasion',
  row: 'A rare mutant among identical residents.',
  columns: [
    realColumn('resident', 'locus units', 'Trait of the residents.'),
    realColumn('mutant', 'locus units', 'Trait of the mutant.'),
    realColumn('fitness', 'log fitness', 'Invasion fitness: log fitness of the mutant minus that of a resident.'),
  ],
};

/** Rows of `invasionTable`. */
export function* invasionRows({ plot: { traits, fitness } }: InvasionReport): Iterable<readonly Cell[]> {
  const n = traits.length;
  for (let row = 0; row < n; row++) {
    for (let column = 0; column < n; column++) yield [traits[row], traits[column], fitness[row * n + column]];
  }
}

/** Traits at which selection is 0, one a row. */
export const singularTable: ExportTable = {
  name: 'singular',
  title: 'Singular points',
  row: 'A trait at which the selection gradient is 0.',
  columns: [
    realColumn('trait', 'locus units', 'Its place.'),
    realColumn(
      'mutant_curvature',
      'log fitness/locus unit²',
      'Second derivative of invasion fitness by the mutant: below 0 no mutant invades.',
    ),
    realColumn(
      'gradient_slope',
      'log fitness/locus unit²',
      'Derivative of the selection gradient: below 0 nearby populations evolve towards it.',
    ),
    textColumn('kind', 'The course of evolution there.'),
  ],
};

/** Rows of `singularTable`. */
export function* singularRows({ points }: InvasionReport): Iterable<readonly Cell[]> {
  for (const point of points) yield [point.trait, point.mutantCurvature, point.gradientSlope, kindOf(point)];
}

/** Curvatures this much smaller than the others are rounding. */
const rounding = 1e-6;

/** The course of evolution at a singular point, in the words of Geritz et al. (1998). */
export function kindOf({ mutantCurvature, gradientSlope }: SingularPoint): string {
  const small = rounding * (Math.abs(mutantCurvature) + Math.abs(gradientSlope));
  const comes = Math.abs(gradientSlope) <= small ? undefined : gradientSlope < 0;
  const stays = Math.abs(mutantCurvature) <= small ? undefined : mutantCurvature < 0;
  if (comes === undefined) return 'neutral: selection does not determine whether populations come to it';
  if (!comes)
    return stays
      ? 'stable once reached, but nearby populations evolve away from it'
      : 'repelling: nearby populations evolve away from it';
  if (stays === undefined) return 'attracting, and neutral there: once all have it, mutants do equally well';
  return stays
    ? 'attracting and evolutionarily stable: populations come and stay'
    : 'branching point: populations come, then split in two';
}

/** A sentence for each singular point. */
export function invasionSentences({ points, plot: { traits } }: InvasionReport): readonly string[] {
  const [low, high] = [traits[0], traits[traits.length - 1]];
  if (points.length === 0) return [`Between ${low} and ${high} selection is nowhere 0: it has one direction.`];
  return points.map((point) => `At ${point.trait.toFixed(4)}: ${kindOf(point)}.`);
}
