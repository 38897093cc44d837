import { SvgChart } from '../../experiment/svg-chart.ts';
import { downloadText } from './download.ts';

/** The style of figures in files: on white, without the page's own colours, which a file does not have. */
export const fileStyle = { width: 560, height: 360, ink: '#222222', faint: '#88888866' };

/** Saves a figure as a file. @param svg its text, drawn in `fileStyle` */
export function saveFigure(name: string, svg: string): void {
  downloadText(`${name}.svg`, `${svg}\n`, 'image/svg+xml');
}

/** Lines over ticks with their bands, as an SVG text. NaN is a gap. */
export function drawLines(
  title: string,
  unit: string,
  ticks: ArrayLike<number>,
  lines: readonly {
    readonly title: string;
    readonly colour: string;
    readonly mean: ArrayLike<number>;
    readonly low: ArrayLike<number>;
    readonly high: ArrayLike<number>;
  }[],
): string {
  const known = lines.flatMap(({ low, high }) =>
    [...Array.from(low), ...Array.from(high)].filter((value) => !Number.isNaN(value)),
  );
  const domain: [number, number] = known.length > 0 ? [Math.min(...known), Math.max(...known)] : [0, 1];
  const chart = new SvgChart(
    title,
    { label: 'Time (ticks)', domain: [ticks[0] ?? 0, ticks[ticks.length - 1] ?? 1] },
    { label: unit, domain },
    lines.length > 1 ? lines.map(({ title: name, colour }) => ({ name, colour })) : [],
    fileStyle,
  );
  for (const { colour, mean, low, high } of lines) {
    for (const [from, to] of stretches(mean)) {
      const at = (values: ArrayLike<number>, i: number) => `${chart.x(ticks[i]).toFixed(1)} ${chart.y(values[i]).toFixed(1)}`;
      const places = Array.from({ length: to - from }, (_, k) => from + k);
      const edge = [...places.map((i) => at(high, i)), ...places.toReversed().map((i) => at(low, i))];
      chart.add(`<path d="M${edge.join('L')}Z" fill="${colour}" fill-opacity="0.15"/>`);
      chart.path(
        places.map((i) => [ticks[i], mean[i]]),
        colour,
      );
    }
  }
  return String(chart);
}

/** Stretches without a gap: from, to (not included). */
function stretches(values: ArrayLike<number>): [number, number][] {
  const found: [number, number][] = [];
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue;
    const last = found.at(-1);
    if (last && last[1] === i) last[1] = i + 1;
    else found.push([i, i + 1]);
  }
  return found;
}
