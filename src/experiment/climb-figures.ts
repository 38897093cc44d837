import type { ClimbStep, ClimbWindow } from '../analysis/climb/climb-of-window.ts';
import { type ClimbPath, climbFisher } from '../analysis/climb/climb-over-time.ts';
import { type FigureStyle, figureColours, SvgChart } from './svg-chart.ts';

const [, sky, orange, green] = figureColours;

const domainOf = (values: readonly number[]): [number, number] => [Math.min(0, ...values), Math.max(0, ...values)];
const timesOf = (windows: readonly ClimbWindow[]): [number, number] => [windows[0].from, windows[windows.length - 1].to];

/**
 * The mean of the population and of species on the plane of the mean gradient and the strongest other direction; a dot is where a path begins. As
 * an SVG text; undefined if there is no path.
 */
export function drawClimbPaths(paths: readonly ClimbPath[], style: FigureStyle): string | undefined {
  const all = paths.flatMap(({ points }) => points);
  if (all.length < 2) return undefined;
  const colourOf = (p: number) => (p === 0 ? style.ink : figureColours[(p - 1) % figureColours.length]);
  const chart = new SvgChart(
    'Paths of mean traits',
    { label: 'Strongest other direction (standard deviations)', domain: domainOf(all.map(({ aside }) => aside)), round: true },
    { label: 'Up the mean gradient (standard deviations)', domain: domainOf(all.map(({ up }) => up)) },
    paths.map(({ species }, p) => ({ name: species === undefined ? 'Population' : `Species ${species}`, colour: colourOf(p) })),
    style,
  );
  // The population last, on top.
  for (const [p, { points }] of [...paths.entries()].reverse()) {
    const [first] = points;
    chart.path(
      points.map(({ aside, up }) => [aside, up]),
      colourOf(p),
      p === 0 ? 2 : 1.2,
    );
    chart.dot(first.aside, first.up, colourOf(p), p === 0 ? 3.5 : 2.2);
  }
  return String(chart);
}

/** Cosines over time, each beside those of random directions. As an SVG text; undefined if there is no gradient yet. */
export function drawClimbCosines(windows: readonly ClimbWindow[], style: FigureStyle): string | undefined {
  const moved = (window: ClimbWindow): ClimbStep | undefined => window.steps.find(({ species }) => species === undefined)?.step;
  if (!windows.some(({ selection }) => !Number.isNaN(selection.cosine))) return undefined;
  const chart = new SvgChart(
    'Compared with the gradient',
    { label: 'Time (ticks)', domain: timesOf(windows) },
    { label: 'Cosine', domain: [-1, 1] },
    [
      { name: 'Selection', colour: green },
      { name: '95 % of random directions', colour: sky },
      { name: 'Change of the mean', colour: orange },
    ],
    style,
  );
  for (const window of windows) {
    const { from, to, selection } = window;
    if (Number.isNaN(selection.cosine)) continue;
    chart.bar(from, to, selection.low, selection.high, sky, 0.35);
    chart.dot((from + to) / 2, selection.cosine, green, 3);
    const step = moved(window);
    if (step && !Number.isNaN(step.cosine)) chart.dot((from + to) / 2, step.cosine, orange, 3);
  }
  return String(chart);
}

/** Fisher's account over time: the gain from selection alone, and its fate. As an SVG text; undefined if unknown. */
export function drawFisher(windows: readonly ClimbWindow[], style: FigureStyle): string | undefined {
  const accounts = climbFisher(windows);
  const known = accounts.flatMap(({ gain, change, deterioration }, w) =>
    Number.isNaN(deterioration) ? [] : [{ ...windows[w], gain, change, deterioration }],
  );
  if (known.length === 0) return undefined;
  const chart = new SvgChart(
    'Fisher’s account',
    { label: 'Time (ticks)', domain: timesOf(windows) },
    {
      label: 'Relative fitness a window',
      domain: domainOf(known.flatMap(({ gain, change, deterioration }) => [gain, change, deterioration])),
    },
    [
      { name: 'Selection alone', colour: green },
      { name: 'Environment and competitors', colour: orange },
      { name: 'Realised change', colour: style.ink },
    ],
    style,
  );
  for (const { from, to, gain, change, deterioration } of known) {
    chart.bar(from, to, Math.min(0, gain), Math.max(0, gain), green, 0.7);
    // Bars of one sign are stacked: together they are the change.
    const base = gain > 0 === deterioration > 0 ? gain : 0;
    chart.bar(from, to, Math.min(base, base + deterioration), Math.max(base, base + deterioration), orange, 0.7);
    chart.dot((from + to) / 2, change, style.ink, 2.6);
  }
  return String(chart);
}
