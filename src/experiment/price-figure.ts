import { type FigureStyle, figureColours, SvgChart } from './svg-chart.ts';

/** Terms of Price's equation of one trait over successive windows. */
export interface PriceSeries {
  readonly title: string;
  readonly unit: string;
  /** Names of the terms that are stacked, in order. */
  readonly terms: readonly string[];
  readonly windows: readonly {
    readonly from: number;
    readonly to: number;
    readonly change: number;
    readonly values: readonly number[];
  }[];
}

const colourOf = (index: number) => figureColours[index % figureColours.length];

/**
 * Stacked bars, one per window: what raised the mean above the line at 0, what lowered it below, and the change, their sum, as a dot. As an
 * SVG text; undefined if there is no window.
 */
export function drawPriceFigure({ title, unit, terms, windows }: PriceSeries, style: FigureStyle): string | undefined {
  if (windows.length === 0) return undefined;
  const sums = windows.flatMap(({ values }) => [
    values.reduce((sum, value) => sum + Math.max(0, value), 0),
    values.reduce((sum, value) => sum + Math.min(0, value), 0),
  ]);
  const chart = new SvgChart(
    `${title}${unit === '' ? '' : ` (${unit})`}`,
    { label: 'Time (ticks)', domain: [windows[0].from, windows[windows.length - 1].to] },
    { label: '', domain: [Math.min(0, ...sums), Math.max(0, ...sums)] },
    terms.map((name, t) => ({ name, colour: colourOf(t) })),
    style,
  );
  for (const { from, to, change, values } of windows) {
    let [up, down] = [0, 0];
    for (const [t, value] of values.entries()) {
      if (value === 0) continue;
      const start = value > 0 ? up : down;
      chart.bar(from, to, Math.min(start, start + value), Math.max(start, start + value), colourOf(t));
      if (value > 0) up += value;
      else down += value;
    }
    chart.dot((from + to) / 2, change, style.ink);
  }
  return String(chart);
}
