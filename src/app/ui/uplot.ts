import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { measure, shortTick } from './words.ts';

/** Draws lines with their bands over ticks. Loaded only when a plot is opened. @param height of the lines, the ticks below them and the axis label; CSS pixels */
export function drawPlot(
  host: HTMLElement,
  data: UPlot.AlignedData,
  dashes: readonly (readonly number[])[],
  onCursor: (index: number | undefined) => void,
  height: number,
): UPlot {
  const colour = (name: string) => () => getComputedStyle(host).getPropertyValue(name);
  const axis = {
    stroke: colour('--quiet'),
    font: '11px system-ui, sans-serif',
    grid: { stroke: colour('--hairline'), width: 1 },
    ticks: { stroke: colour('--hairline'), width: 1, size: 4 },
    gap: 3,
  } satisfies UPlot.Axis;
  return new UPlot(
    {
      width: host.clientWidth,
      height,
      legend: { show: false },
      cursor: { y: false, points: { size: 6 } },
      scales: { x: { time: false }, y: { range: (_, low, high) => rangeOf(low, high) } },
      axes: [
        {
          ...axis,
          size: 22,
          space: 60,
          label: 'tick',
          labelSize: 14,
          labelGap: 0,
          labelFont: axis.font,
          values: (_, splits) => splits.map(shortTick),
        },
        { ...axis, size: 44, space: 28, values: (_, splits) => splits.map(measure) },
      ],
      series: [
        {},
        ...dashes.flatMap((dash) => [
          { stroke: colour('--ink'), width: 1.25, dash: [...dash], points: { show: false } },
          { stroke: 'transparent', width: 0, points: { show: false } },
          { stroke: 'transparent', width: 0, points: { show: false } },
        ]),
      ],
      bands: dashes.map((_, i): UPlot.Band => ({ series: [3 * i + 3, 3 * i + 2], fill: (chart) => faint(chart.root) })),
      hooks: { setCursor: [(chart) => onCursor(chart.cursor.idx ?? undefined)] },
    },
    data,
    host,
  );
}

/** Range of an axis: a tenth of room around the drawing. Around a constant a tenth of it; uPlot would show 0 as 0 to 100. */
function rangeOf(low: number | null, high: number | null): [number | null, number | null] {
  if (low === null || high === null) return [low, high];
  if (low < high) return UPlot.rangeNum(low, high, 0.1, true);
  const room = Math.abs(low) / 10 || 1;
  return [low - room, high + room];
}

const faint = (root: HTMLElement) => `color-mix(in oklab, ${getComputedStyle(root).getPropertyValue('--ink')} 13%, transparent)`;
