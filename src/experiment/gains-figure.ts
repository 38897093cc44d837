import { fromOutside, otherWrites } from '../analysis/gains/step-part.ts';
import { type GainsReport, mainSegments, populationSteps, sumGains } from './describe-gains.ts';
import { drawPriceFigure } from './price-figure.ts';
import { type FigureStyle, figureColours, SvgChart } from './svg-chart.ts';

/**
 * What was climbed since the start, log fitness a generation, by segment: a line each, with bounds of two standard errors over forks. As an SVG text;
 * undefined without intervals.
 */
export function drawClimbed(report: GainsReport, style: FigureStyle): string | undefined {
  const { intervals, segments } = report;
  if (intervals.length === 0) return undefined;
  const steps = populationSteps(report);
  const names = ['everything', ...mainSegments(segments).map(({ name }) => name)];
  const curves = names.map((name) =>
    intervals.map(({ to }, k) => ({ to, ...sumGains(steps.slice(0, k + 1), name, 'selection') })),
  );
  const bounds = curves.flat().flatMap(({ gain, error }) => [gain - 2 * error, gain + 2 * error]);
  const finite = bounds.filter(Number.isFinite);
  const chart = new SvgChart(
    'Climbed by selection',
    { label: 'Time (ticks)', domain: [intervals[0].from, intervals[intervals.length - 1].to] },
    {
      label: 'Log fitness a generation, summed; thin lines: two standard errors',
      domain: [Math.min(0, ...finite), Math.max(0, ...finite)],
      exact: true,
    },
    names.map((name, i) => ({ name: name === 'everything' ? 'All loci' : sentenceCase(name), colour: colourOf(i) })),
    style,
  );
  for (const [i, curve] of curves.entries()) {
    const line = (shift: number): [number, number][] => [
      [intervals[0].from, 0],
      ...curve.map(({ to, gain, error }): [number, number] => [to, gain + shift * error]),
    ];
    chart.path(line(0), colourOf(i), 2);
    for (const shift of [-2, 2]) chart.path(line(shift), colourOf(i), 0.7);
  }
  return String(chart);
}

/** Gains of each interval by cause, stacked; the dot is the whole change. As an SVG text; undefined without intervals. */
export function drawGainsByCause(report: GainsReport, style: FigureStyle): string | undefined {
  const { intervals } = report;
  if (intervals.length === 0) return undefined;
  const steps = populationSteps(report);
  const isSplit = intervals.map(({ clades }) => !Number.isNaN(clades));
  const selection = ['between', 'within', 'selection'];
  const causes = intervals[0].parts
    .filter(({ account, part }) => account === 'causes' && part !== 'selection')
    .map(({ part }) => part);
  const terms = [...selection, ...causes];
  // Where selection is split into between and within, it is not stacked whole.
  const isStacked = (k: number, part: string) => !selection.includes(part) || (part === 'selection') !== isSplit[k];
  const values = intervals.map((_, k) =>
    terms.map((part) => (isStacked(k, part) ? sumGains([steps[k]], 'everything', part).gain : 0)),
  );
  const shown = terms.map((_, t) => values.some((own) => Math.abs(own[t]) > 1e-9));
  return drawPriceFigure(
    {
      title: 'Gains by cause',
      unit: 'log fitness a generation',
      terms: terms.filter((_, t) => shown[t]).map(nameCause),
      windows: intervals.map(({ from, to }, k) => ({
        from,
        to,
        change: sumGains([steps[k]], 'everything', 'change').gain,
        values: values[k].filter((_, t) => shown[t]),
      })),
    },
    style,
  );
}

const colourOf = (index: number) => figureColours[index % figureColours.length];
const sentenceCase = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const nameCause = (part: string): string =>
  part === 'between' || part === 'within'
    ? `selection ${part} clades`
    : part === 'selection'
      ? 'selection, not split'
      : part === fromOutside
        ? 'from outside'
        : part === otherWrites
          ? 'edits by hand'
          : part;
