import { geneticCovariance } from '../../analysis/lab/genetic-covariance.ts';
import { selectionDifferential } from '../../analysis/price/price-decomposition.ts';
import { type Axes, axesOf, meanEvolvability, subspaceSimilarity } from '../../analysis/stats/covariance-matrices.ts';
import type { Lives, TickWindow } from '../../analysis/stats/life-table.ts';
import { deepClades, lifetimeOffspring } from '../../analysis/stats/lifetime-offspring.ts';
import { parentOffspringSlope } from '../../analysis/stats/parent-offspring.ts';
import { type SelectionGradients, selectionGradients } from '../../analysis/stats/selection-gradients.ts';
import { emptyCohort } from './demography-of-run.ts';
import { type RowPlace, type StatisticRow, statisticRow } from './statistic-rows.ts';

/** Traits of the organisms of a history. */
export interface TraitColumns {
  readonly ids: readonly string[];
  /** One column a trait, aligned with the rows of the history. */
  readonly columns: readonly Float32Array[];
}

/** Breeding values at a census. */
export interface TraitCensus {
  readonly tick: number;
  readonly count: number;
  /** `traits` values an organism. */
  readonly values: Float64Array;
  /** Descendants at the next census, in shares; undefined where they are not known. */
  readonly descendants: Float64Array | undefined;
}

/** A matrix with its axes. */
export interface NamedMatrix {
  readonly matrix: 'G' | 'M';
  readonly tick: number;
  readonly traits: readonly string[];
  readonly values: Float64Array;
  readonly axes: Axes;
}

/** Clades in effect that errors leave out in turn, where a cohort has them, and the fewest with which there is an error. */
const [wantedClades, fewestClades] = [20, 5];

/** Selection and heritability of a group over a window. */
export function selectionOfGroup(
  lives: Lives,
  place: RowPlace,
  { ids, columns }: TraitColumns,
  members: Int32Array,
  cohort: Int32Array,
): StatisticRow[] {
  const { clades: families, effective } = deepClades(lives, cohort, place.from, wantedClades);
  const { offspring } = lifetimeOffspring(lives, cohort);
  const varying = ids.flatMap((_, t) => (varies(columns[t], cohort) ? [t] : []));
  const values = new Float64Array(cohort.length * varying.length);
  for (const [k, t] of varying.entries()) {
    for (const [i, row] of cohort.entries()) values[i * varying.length + k] = columns[t][row];
  }
  const empty = cohort.length === 0 ? emptyCohort : 'no trait varies';
  const found = varying.length === 0 ? empty : gradientsOf({ values, traits: varying.length, fitness: offspring, families });
  /** The error with its number of blocks, or the reason for which there is none. */
  const errorOf = (error: number) =>
    effective >= fewestClades
      ? { error, blocks: typeof found === 'string' ? Number.NaN : found.blocks, note: '' }
      : { note: `no error: the cohort has ${effective.toFixed(1)} clades in effect, ${fewestClades} are needed` };
  const rows: StatisticRow[] = [];
  const born = parentsOf(lives, members, place);
  for (const [t, about] of ids.entries()) {
    const k = varying.indexOf(t);
    const note = typeof found === 'string' ? found : k < 0 ? 'the trait does not vary in the cohort' : '';
    const of = (which: 'differentials' | 'gradients') =>
      typeof found === 'string' || k < 0 ? { value: Number.NaN, error: Number.NaN } : found[which][k];
    const [differential, gradient] = [of('differentials'), of('gradients')];
    const n = cohort.length;
    const more = ({ error }: { error: number }) => ({ about, ...(note === '' ? errorOf(error) : { note }) });
    rows.push(statisticRow(place, 'selection_differential', differential.value, n, more(differential)));
    rows.push(statisticRow(place, 'selection_gradient', gradient.value, n, more(gradient)));
    const { slope, blocks, offspring: counted, note: why } = slopeOf(columns[t], born);
    rows.push(statisticRow(place, 'heritability', slope.value, counted, { about, error: slope.error, blocks, note: why }));
    const response = slope.value * differential.value;
    rows.push(statisticRow(place, 'breeder_response', response, n, { about, note: Number.isNaN(response) ? note || why : '' }));
  }
  return [...rows, ...quadraticRows(place, ids, varying, found, cohort.length, errorOf)];
}

function varies(column: Float32Array, rows: Int32Array): boolean {
  for (const row of rows) if (Math.abs(column[row] - column[rows[0]]) > 1e-6 * Math.abs(column[rows[0]]) + 1e-12) return true;
  return false;
}

/** Gradients with quadratic terms where the cohort is large enough for them; or why there are none. */
function gradientsOf(cohort: Parameters<typeof selectionGradients>[0]): SelectionGradients | string {
  for (const quadratic of [true, false]) {
    try {
      return selectionGradients(cohort, quadratic);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      if (!quadratic) return error.message.replace(/^[a-zA-Z]+: /, '');
    }
  }
  return 'not estimated';
}

function quadraticRows(
  place: RowPlace,
  ids: readonly string[],
  varying: readonly number[],
  found: SelectionGradients | string,
  n: number,
  errorOf: (error: number) => Partial<Pick<StatisticRow, 'error' | 'blocks' | 'note'>>,
): StatisticRow[] {
  if (typeof found === 'string' || found.quadratic.length === 0) {
    const terms = 1 + varying.length + (varying.length * (varying.length + 1)) / 2;
    const few =
      n < 3 * terms ? `${n} organisms for ${terms} terms; name fewer traits with --traits` : 'products of traits are collinear';
    const note = typeof found === 'string' ? found : few;
    return [statisticRow(place, 'quadratic_gradient', Number.NaN, n, { note })];
  }
  const rows: StatisticRow[] = [];
  for (const [a, one] of varying.entries()) {
    for (const [b, other] of varying.entries()) {
      if (b < a) continue;
      const { value, error } = found.quadratic[a * varying.length + b];
      const about = a === b ? ids[one] : `${ids[one]} x ${ids[other]}`;
      rows.push(statisticRow(place, 'quadratic_gradient', value, n, { about, ...errorOf(error) }));
    }
  }
  return rows;
}

/** Births of a window to parents of a group. */
interface Births {
  readonly child: Int32Array;
  readonly first: Int32Array;
  /** -1 where there is one parent. */
  readonly second: Int32Array;
}

function parentsOf({ birth, firstParent, secondParent }: Lives, members: Int32Array, { from, to }: TickWindow): Births {
  const child = members.filter((row) => birth[row] > from && birth[row] <= to && firstParent[row] >= 0);
  return {
    child,
    first: child.map((row) => firstParent[row]),
    second: child.map((row) => secondParent[row]),
  };
}

function slopeOf(column: Float32Array, { child, first, second }: Births) {
  const parents = Float64Array.from(child, (_, i) => {
    return second[i] < 0 ? column[first[i]] : (column[first[i]] + column[second[i]]) / 2;
  });
  try {
    const found = parentOffspringSlope(
      Float64Array.from(child, (row) => column[row]),
      parents,
      first,
    );
    return { slope: found.slope, blocks: found.blocks, offspring: found.offspring, note: '' };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return {
      slope: { value: Number.NaN, error: Number.NaN },
      blocks: Number.NaN,
      offspring: child.length,
      note: error.message.replace(/^[a-zA-Z]+: /, ''),
    };
  }
}

/** G at censuses, M of a window, and what follows from them. */
export interface MatrixStatistics {
  readonly rows: readonly StatisticRow[];
  readonly matrices: readonly NamedMatrix[];
}

/**
 * @param all censuses of the run in the order of time; traits are scaled by their standard deviations at the first one at which they vary
 * @param place of rows about the whole window, whose censuses are described: those after its beginning
 * @param isFirst whether a census at its beginning belongs to it too, and to no window before
 * @param unknown why breeding values are not known from the censuses, or ''
 */
export function matricesOfRun(
  lives: Lives,
  place: RowPlace,
  { ids, columns }: TraitColumns,
  all: readonly TraitCensus[],
  members: Int32Array,
  isFirst: boolean,
  unknown = '',
): MatrixStatistics {
  const scales = ids.map((_, t) => firstDeviation(all, t, ids.length));
  const isIn = (tick: number) => tick <= place.to && (tick > place.from || (isFirst && tick === place.from));
  const kept = ids.flatMap((_, t) => (scales[t] > 0 ? [t] : []));
  const traits = kept.map((t) => ids[t]);
  const half = Math.floor(kept.length / 2);
  const rows: StatisticRow[] = [];
  const matrices: NamedMatrix[] = [];
  let before: Axes | undefined;
  let described = 0;
  for (const { tick, count, values, descendants } of all) {
    if (tick > place.to) break;
    const at = { ...place, from: tick, to: tick };
    const scaled = new Float64Array(count * kept.length);
    for (let i = 0; i < count; i++) {
      for (const [k, t] of kept.entries()) scaled[i * kept.length + k] = values[i * ids.length + t] / scales[t];
    }
    // Of those before the window only the axes are needed, to compare with.
    const isOwn = isIn(tick);
    if (isOwn) described++;
    if (unknown !== '') continue;
    if (isOwn && descendants?.some((number) => number > 0)) {
      for (const [t, about] of ids.entries()) {
        const column = Float64Array.from({ length: count }, (_, i) => values[i * ids.length + t]);
        rows.push(statisticRow(at, 'secondary_theorem', selectionDifferential(descendants, column), count, { about }));
      }
    }
    if (count < 2 || kept.length === 0) continue;
    const matrix = geneticCovariance({ values: scaled, count, stride: kept.length, dimensions: kept.length });
    const axes = axesOf(matrix);
    if (!isOwn) {
      before = axes;
      continue;
    }
    matrices.push({ matrix: 'G', tick, traits, values: matrix, axes });
    const { mean, kept: held, conditional, dimensions } = meanEvolvability(axes.values);
    const row = (id: StatisticRow['statistic'], value: number, note: string, about = '') =>
      rows.push(statisticRow(at, id, value, count, { about, note: Number.isFinite(value) ? '' : note }));
    row('evolvability', mean, 'no trait varies');
    row('conditional_evolvability', conditional, 'nothing varies', `${held} of ${kept.length} axes`);
    row('effective_dimensions', dimensions, 'nothing varies');
    row(
      'subspace_similarity',
      before && half > 0 ? subspaceSimilarity(axes, before, half) : Number.NaN,
      half > 0 ? 'no census before it' : 'fewer than two traits',
    );
    before = axes;
  }
  const reasons = {
    secondary_theorem: 'no census of the window has descendants at the next',
    evolvability: 'no trait varies at a census of the window',
    conditional_evolvability: 'no trait varies at a census of the window',
    effective_dimensions: 'no trait varies at a census of the window',
    subspace_similarity: 'no trait varies at a census of the window',
  } as const;
  for (const id of Object.keys(reasons) as (keyof typeof reasons)[]) {
    if (rows.some(({ statistic }) => statistic === id)) continue;
    const note = described === 0 ? 'the run has no census in the window' : unknown || reasons[id];
    rows.push(statisticRow(place, id, Number.NaN, 0, { note }));
  }
  const mutation = mutationMatrix(lives, place, columns, members, kept, scales);
  const ofM = (id: 'mutational_variance' | 'subspace_of_mutation', value: number, n: number, note: string) =>
    rows.push(statisticRow(place, id, value, n, { note: Number.isFinite(value) ? '' : note }));
  if (typeof mutation === 'string') {
    ofM('mutational_variance', Number.NaN, 0, mutation);
    ofM('subspace_of_mutation', Number.NaN, 0, mutation);
  } else {
    const axes = axesOf(mutation.matrix);
    matrices.push({ matrix: 'M', tick: place.to, traits, values: mutation.matrix, axes });
    ofM('mutational_variance', meanEvolvability(axes.values).mean, mutation.births, 'no trait varies');
    const similar = before && half > 0 && axes.values[0] > 0 ? subspaceSimilarity(before, axes, half) : Number.NaN;
    ofM(
      'subspace_of_mutation',
      similar,
      mutation.births,
      half === 0 ? 'fewer than two traits' : unknown || 'no census or no mutation',
    );
  }
  return { rows, matrices };
}

function firstDeviation(censuses: readonly TraitCensus[], t: number, traits: number): number {
  for (const { count, values } of censuses) {
    let [mean, square] = [0, 0];
    for (let i = 0; i < count; i++) mean += values[i * traits + t] / count;
    for (let i = 0; i < count; i++) square += (values[i * traits + t] - mean) * (values[i * traits + t] - mean);
    const deviation = Math.sqrt(square / count);
    if (deviation > 1e-6 * Math.abs(mean) + 1e-12) return deviation;
  }
  return 0;
}

/** M of births with one parent; or why there is none. */
function mutationMatrix(
  lives: Lives,
  window: TickWindow,
  columns: readonly Float32Array[],
  members: Int32Array,
  kept: readonly number[],
  scales: readonly number[],
): { readonly matrix: Float64Array; readonly births: number } | string {
  const { child, first, second } = parentsOf(lives, members, window);
  const clones = Array.from(child, (_, i) => i).filter((i) => second[i] < 0);
  if (kept.length === 0) return 'no trait varied at a census';
  if (clones.length < 2) {
    if (child.length === 0) return 'no births in the window';
    return clones.length === 0 ? 'offspring have two parents, whose genes segregate' : 'a single birth of a clone';
  }
  const steps = new Float64Array(clones.length * kept.length);
  for (const [k, t] of kept.entries()) {
    const column = columns[t];
    for (const [n, i] of clones.entries()) steps[n * kept.length + k] = (column[child[i]] - column[first[i]]) / scales[t];
  }
  const shape = { count: clones.length, stride: kept.length, dimensions: kept.length };
  return { matrix: geneticCovariance({ values: steps, ...shape }), births: clones.length };
}
