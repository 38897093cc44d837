import { fitMomentum, type MomentumFit, type MomentumStep } from '../gradient/momentum.ts';
import { dot } from '../lab/direction.ts';
import { mainDirection } from '../lab/main-direction.ts';
import type { ClimbWindow, LineagePoint } from './climb-of-window.ts';

/** The plane of a picture: the mean gradient, and the direction across it in which lineages spread most. Unit vectors. */
export interface ClimbPlane {
  readonly up: Float64Array;
  readonly aside: Float64Array;
}

/** A lineage on that plane. */
export interface ClimbPath {
  /** Number of the species, undefined for the population. */
  readonly species: number | undefined;
  readonly points: readonly { readonly tick: number; readonly up: number; readonly aside: number; readonly count: number }[];
}

/** The plane of a run, or undefined if no window has a gradient or nothing has two dimensions. @experimental */
export function climbPlane(windows: readonly ClimbWindow[]): ClimbPlane | undefined {
  const known = windows.filter(({ gradient }) => gradient.length > 1);
  if (known.length === 0) return undefined;
  const d = known[0].gradient.length;
  const up = new Float64Array(d);
  for (const { gradient } of known) for (let l = 0; l < d; l++) up[l] += gradient[l] / known.length;
  const norm = Math.sqrt(dot(up, up));
  if (!(norm > 0)) return undefined;
  for (let l = 0; l < d; l++) up[l] /= norm;
  const all = windows.flatMap(({ before, after }) => [...before, ...after]).map(({ mean }) => mean);
  const values = new Float64Array(all.length * d);
  for (const [k, mean] of all.entries()) values.set(mean, k * d);
  return { up, aside: mainDirection({ values, count: all.length, stride: d, dimensions: d }, up) };
}

/** Paths of the population and of the species that lived longest, from where the population began. @experimental */
export function climbPaths(windows: readonly ClimbWindow[], { up, aside }: ClimbPlane, mostSpecies = 6): ClimbPath[] {
  if (windows.length === 0) return [];
  const origin = windows[0].before[0].mean;
  const paths = new Map<number | undefined, { tick: number; up: number; aside: number; count: number }[]>();
  const enter = (tick: number, points: readonly LineagePoint[]) => {
    for (const { species, mean, count } of points) {
      const from = mean.map((value, l) => value - origin[l]);
      const path = paths.get(species) ?? [];
      path.push({ tick, up: dot(from, up), aside: dot(from, aside), count });
      paths.set(species, path);
    }
  };
  enter(windows[0].from, windows[0].before);
  for (const { to, after } of windows) enter(to, after);
  const whole = paths.get(undefined) ?? [];
  paths.delete(undefined);
  const longest = [...paths].sort(([, a], [, b]) => b.length - a.length).slice(0, mostSpecies);
  return [{ species: undefined, points: whole }, ...longest.map(([species, points]) => ({ species, points }))];
}

/** Fewer steps leave an interval without information. */
const fewestSteps = 12;

/**
 * Momentum of the population's mean. The gradient observed in a window shares its noise with the displacement of that window, with which the next step begins; so the
 * gradient of two windows before is the instrument. Undefined if fewer than twelve windows have a gradient, with another two windows before them and no gap between.
 * @experimental
 */
export function climbMomentum(windows: readonly ClimbWindow[]): MomentumFit | undefined {
  const steps = windows.flatMap((window, t): MomentumStep[] => {
    const [earlier, former] = [windows[t - 2], windows[t - 1]];
    if (!earlier || earlier.to !== former.from || former.to !== window.from) return [];
    if (earlier.gradient.length === 0 || window.gradient.length === 0) return [];
    return [
      {
        before: former.displacement,
        now: window.displacement,
        response: meanResponse(window),
        instrument: meanResponse(earlier),
      },
    ];
  });
  return steps.length < fewestSteps ? undefined : fitMomentum(steps);
}

const meanResponse = ({ responses: [one, two] }: ClimbWindow) => one.map((value, l) => (value + two[l]) / 2);

/**
 * Fisher's account of each window but the last: gain by selection, realised change of log fitness, and what was taken.
 * @experimental
 */
export function climbFisher(windows: readonly ClimbWindow[]): { gain: number; change: number; deterioration: number }[] {
  return windows.map(({ additiveVariance, growth, from, to }, w) => {
    const next = windows[w + 1];
    // Fitness over windows of different lengths is not the same quantity.
    const change = next && next.to - next.from === to - from && next.from === to ? next.growth - growth : Number.NaN;
    return { gain: additiveVariance, change, deterioration: change - additiveVariance };
  });
}
