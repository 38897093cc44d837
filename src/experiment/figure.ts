import { type ScaleLinear, scaleLinear } from 'd3-scale';
import type { Measure } from './run-result.ts';

/** A point of a curve: a mean and the bounds of its interval, NaN if there are none. */
export interface CurvePoint {
  readonly tick: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** The curve of one combination. */
export interface Curve {
  /** Number of the combination, from 0: its colour and dash. */
  readonly index: number;
  readonly label: string;
  readonly points: CurvePoint[];
}

/** Colours that colour-blind people can distinguish (Okabe & Ito 2008, without the yellow that is invisible on white). */
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#000000'];
const dashes = ['', '6 3', '2 2', '8 3 2 3'];

/** Most curves in one figure: each has a unique colour and dash. */
export const mostCurves = colours.length * dashes.length;

const plot = { left: 84, top: 40, width: 520, height: 320 };
const legend = { left: plot.left + plot.width + 24, line: 18, letters: 44 };
const width = legend.left + 330;

/**
 * A figure of one measure over time as an SVG text: a line a combination, its interval as a band.
 * @param curves at most `mostCurves`
 * @param total number of combinations
 * @returns undefined if there is nothing to draw.
 */
export function drawFigure({ probe, name, title, unit }: Measure, curves: readonly Curve[], total: number): string | undefined {
  const points = curves.flatMap((curve) => curve.points.filter(({ mean }) => mean === mean));
  if (points.length === 0) return undefined;
  const x = scaleLinear()
    .domain(extent(points.map(({ tick }) => tick)))
    .range([plot.left, plot.left + plot.width]);
  const y = scaleLinear()
    .domain(extent(points.flatMap(({ mean, low, high }) => (low === low ? [mean, low, high] : [mean]))))
    .nice()
    .range([plot.top + plot.height, plot.top]);
  const height = Math.max(plot.top + plot.height + 60, plot.top + legend.line * (curves.length + 3));
  const population = name.includes('.') ? `${name.slice(0, name.indexOf('.'))}: ` : '';
  const note = total > curves.length ? `, the first ${curves.length} of ${total} combinations` : '';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<title>${escapeXml(`${probe} ${name}`)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    `<text x="${plot.left}" y="22" font-size="14">${escapeXml(`${population}${title}${note}`)}</text>`,
    ...axes(x, y, unit === '' ? title : `${title} (${unit})`),
    ...curves.map((curve) => drawBand(curve, x, y)),
    ...curves.map((curve) => drawLine(curve, x, y)),
    ...drawLegend(curves),
    '</svg>\n',
  ].join('\n');
}

type Scale = ScaleLinear<number, number>;

function extent(values: readonly number[]): [number, number] {
  let low = values[0];
  let high = values[0];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  // A single value gets room on both sides.
  if (low === high) return low === 0 ? [-1, 1] : [low - Math.abs(low) / 2, low + Math.abs(low) / 2];
  return [low, high];
}

const escapeXml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const at = (value: number) => value.toFixed(2);

function axes(x: Scale, y: Scale, label: string): string[] {
  const bottom = plot.top + plot.height;
  const right = plot.left + plot.width;
  const lines: string[] = [`<g stroke="#b0b0b0" fill="none"><path d="M${plot.left} ${plot.top}V${bottom}H${right}"/></g>`];
  const showX = x.tickFormat(8);
  for (const tick of x.ticks(8)) {
    lines.push(`<text x="${at(x(tick))}" y="${bottom + 18}" text-anchor="middle">${showX(tick)}</text>`);
    lines.push(`<path d="M${at(x(tick))} ${bottom}v5" stroke="#b0b0b0"/>`);
  }
  const showY = y.tickFormat(6);
  for (const tick of y.ticks(6)) {
    lines.push(`<text x="${plot.left - 8}" y="${at(y(tick) + 4)}" text-anchor="end">${showY(tick)}</text>`);
    lines.push(`<path d="M${plot.left} ${at(y(tick))}H${right}" stroke="#e6e6e6"/>`);
  }
  const middle = plot.top + plot.height / 2;
  lines.push(`<text x="${plot.left + plot.width / 2}" y="${bottom + 42}" text-anchor="middle">Time (ticks)</text>`);
  lines.push(`<text x="18" y="${middle}" text-anchor="middle" transform="rotate(-90 18 ${middle})">${escapeXml(label)}</text>`);
  return lines;
}

const colourOf = ({ index }: Curve) => colours[index % colours.length];
const dashOf = ({ index }: Curve) => dashes[Math.floor(index / colours.length) % dashes.length];
const dashed = (curve: Curve) => (dashOf(curve) === '' ? '' : ` stroke-dasharray="${dashOf(curve)}"`);

/** Stretches of a curve without a gap in the values that `has` requires. */
function stretches(points: readonly CurvePoint[], has: (point: CurvePoint) => boolean): CurvePoint[][] {
  const found: CurvePoint[][] = [];
  let open: CurvePoint[] | undefined;
  for (const point of points) {
    if (!has(point)) {
      open = undefined;
      continue;
    }
    if (!open) {
      open = [];
      found.push(open);
    }
    open.push(point);
  }
  return found;
}

function drawBand(curve: Curve, x: Scale, y: Scale): string {
  const path = stretches(curve.points, ({ low }) => low === low).map((points) => {
    const upper = points.map(({ tick, high }) => `${at(x(tick))} ${at(y(high))}`);
    const lower = points.map(({ tick, low }) => `${at(x(tick))} ${at(y(low))}`).reverse();
    return `M${upper.join('L')}L${lower.join('L')}Z`;
  });
  return `<path d="${path.join('')}" fill="${colourOf(curve)}" fill-opacity="0.18"/>`;
}

function drawLine(curve: Curve, x: Scale, y: Scale): string {
  const path = stretches(curve.points, ({ mean }) => mean === mean).map(
    (points) => `M${points.map(({ tick, mean }) => `${at(x(tick))} ${at(y(mean))}`).join('L')}`,
  );
  return `<path d="${path.join('')}" fill="none" stroke="${colourOf(curve)}" stroke-width="1.8"${dashed(curve)}/>`;
}

function drawLegend(curves: readonly Curve[]): string[] {
  const lines = curves.flatMap((curve, i) => {
    const y = plot.top + 8 + i * legend.line;
    const label = curve.label.length > legend.letters ? `${curve.label.slice(0, legend.letters - 1)}…` : curve.label;
    return [
      `<path d="M${legend.left} ${y}h28" stroke="${colourOf(curve)}" stroke-width="1.8"${dashed(curve)}/>`,
      `<text x="${legend.left + 36}" y="${y + 4}">${escapeXml(label)}</text>`,
    ];
  });
  const below = plot.top + 8 + curves.length * legend.line;
  const notes = ['mean over runs, 95 % Student interval', 'of each point separately; none under five runs'];
  return [
    ...lines,
    ...notes.map((note, i) => `<text x="${legend.left}" y="${below + 8 + 15 * i}" fill="#606060">${note}</text>`),
  ];
}
