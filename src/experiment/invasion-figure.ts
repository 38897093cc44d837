import type { InvasionReport } from './describe-invasion.ts';
import { type FigureStyle, figureColours, SvgChart } from './svg-chart.ts';

const [blue, , orange] = figureColours;

/** A pairwise invasibility plot as an SVG text: blue where the mutant invades; dots where selection is 0. */
export function drawInvasion({ plot: { traits, fitness }, points }: InvasionReport, style: FigureStyle): string {
  const n = traits.length;
  const half = (traits[n - 1] - traits[0]) / (n - 1) / 2;
  const domain = [traits[0] - half, traits[n - 1] + half] as const;
  const chart = new SvgChart(
    'Pairwise invasibility',
    { label: 'Trait of the residents (locus units)', domain },
    { label: 'Trait of a rare mutant (locus units)', domain, exact: true },
    [
      { name: 'The mutant invades', colour: blue },
      { name: 'Selection is 0', colour: orange },
    ],
    style,
  );
  const { x, y } = chart;
  for (let row = 0; row < n; row++) {
    for (let from = 0; from < n; ) {
      if (!(fitness[row * n + from] > 0)) {
        from++;
        continue;
      }
      let to = from;
      while (to < n && fitness[row * n + to] > 0) to++;
      const [left, right] = [x(traits[row] - half), x(traits[row] + half)];
      const [bottom, top] = [y(traits[from] - half), y(traits[to - 1] + half)];
      chart.add(
        `<rect x="${left.toFixed(2)}" y="${top.toFixed(2)}" width="${(right - left).toFixed(2)}" height="${(bottom - top).toFixed(2)}" fill="${blue}" fill-opacity="0.6" shape-rendering="crispEdges"/>`,
      );
      from = to;
    }
  }
  chart.path(
    [
      [traits[0], traits[0]],
      [traits[n - 1], traits[n - 1]],
    ],
    style.ink,
    1,
  );
  for (const { trait } of points) chart.dot(trait, trait, orange, 5);
  return String(chart);
}
