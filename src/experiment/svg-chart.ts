import { type ScaleLinear, type ScaleLogarithmic, scaleLinear, scaleLog } from 'd3-scale';

/** The appearance of a figure: size, and colours of a page or a report. */
export interface FigureStyle {
  readonly width: number;
  readonly height: number;
  readonly ink: string;
  readonly faint: string;
}

/** Colours that colour-blind people can distinguish (Okabe & Ito 2008, without the yellow that is invisible on white). */
export const figureColours = ['#0072b2', '#56b4e9', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#8c6d31', '#7f7f7f'];

export const escapeXml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** A number as written in coordinates of a figure. */
export const at = (value: number) => value.toFixed(1);

interface Axis {
  readonly label: string;
  readonly domain: readonly [number, number];
  /** Whether it extends to the next round number. */
  readonly round?: boolean;
  /** Whether it ends exactly where the domain ends, although it is vertical. */
  readonly exact?: boolean;
  /** Whether it is logarithmic; the domain is then above 0. */
  readonly log?: boolean | undefined;
  /** Names at 0, 1, 2, ..., instead of numbers. */
  readonly names?: readonly string[] | undefined;
}

type Scale = ScaleLinear<number, number> | ScaleLogarithmic<number, number>;

/** @param steps approximate number of round numbers, to the next of which the scale extends; 0: it ends where the domain ends */
function scaleOf({ domain: [low, high], log }: Axis, range: readonly [number, number], steps: number): Scale {
  if (log) {
    const scale = scaleLog()
      .domain(low === high ? [low / 2, low * 2] : [low, high])
      .range(range);
    return steps > 0 ? scale.nice() : scale;
  }
  const scale = scaleLinear()
    .domain(low === high ? [low - 1, low + 1] : [low, high])
    .range(range);
  return steps > 0 ? scale.nice(steps) : scale;
}

/** A tick of a logarithmic axis. */
const showPower = (tick: number) => (tick < 0.001 || tick >= 1e5 ? tick.toExponential(0) : String(Number(tick.toPrecision(6))));

/** About four round numbers of a scale; of a logarithmic one powers of ten, unless it has too few. */
function ticksOf(scale: Scale, log: boolean | undefined): number[] {
  if (!log) return scale.ticks(4);
  const [low, high] = scale.domain();
  const all = scale.ticks(6);
  const round = (firsts: readonly number[]) =>
    // The first digits as written: 1.000000e-3 begins with 1.
    all.filter((tick) => firsts.includes(Number(tick.toExponential(6).split('e')[0])));
  const few = high / low >= 1000 ? round([1]) : round([1, 2, 5]);
  return few.length > 2 ? few : all;
}

/** A figure with two axes and a legend below, to which marks are added in data coordinates. */
export class SvgChart {
  readonly x: Scale;
  readonly y: Scale;
  private readonly plot: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  private readonly marks: string[] = [];

  /** @param legend names of what is drawn, by default in the order of `figureColours` */
  constructor(
    private readonly title: string,
    private readonly across: Axis,
    private readonly up: Axis,
    private readonly legend: readonly { readonly name: string; readonly colour: string; readonly dashed?: boolean }[],
    private readonly style: FigureStyle,
  ) {
    const rows = Math.ceil(legend.length / this.columns);
    this.plot = { left: 56, right: style.width - 26, top: up.label === '' ? 26 : 40, bottom: style.height - 46 - 16 * rows };
    this.y = scaleOf(up, [this.plot.bottom, this.plot.top], up.exact ? 0 : 4);
    this.x = scaleOf(across, [this.plot.left, this.plot.right], across.round ? 4 : 0);
  }

  add(mark: string): void {
    this.marks.push(mark);
  }

  bar(from: number, to: number, low: number, high: number, colour: string, opacity = 1): void {
    const { x, y } = this;
    const gap = Math.min(1, (x(to) - x(from)) / 8);
    const width = Math.max(0.5, x(to) - x(from) - 2 * gap);
    this.add(
      `<rect x="${at(x(from) + gap)}" y="${at(y(high))}" width="${at(width)}" height="${at(y(low) - y(high))}" fill="${colour}"${opacity < 1 ? ` fill-opacity="${opacity}"` : ''}/>`,
    );
  }

  dot(px: number, py: number, colour: string, radius = 2.2): void {
    this.add(`<circle cx="${at(this.x(px))}" cy="${at(this.y(py))}" r="${radius}" fill="${colour}"/>`);
  }

  /** @param dash as in SVG; '' for a solid line */
  path(points: readonly (readonly [number, number])[], colour: string, width = 1.5, dash = ''): void {
    if (points.length < 2) return;
    const d = points.map(([px, py], i) => `${i === 0 ? 'M' : 'L'}${at(this.x(px))} ${at(this.y(py))}`).join('');
    const dashed = dash === '' ? '' : ` stroke-dasharray="${dash}"`;
    this.add(`<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}"${dashed}/>`);
  }

  /** The whole as an SVG text. */
  toString(): string {
    const { style, plot, x, y, across, up } = this;
    const text = (px: number, py: number, anchor: string, what: string, more = '') =>
      `<text x="${at(px)}" y="${at(py)}" text-anchor="${anchor}" fill="${style.ink}"${more}>${escapeXml(what)}</text>`;
    const show = (scale: Scale, log: boolean | undefined) => (log ? showPower : scale.tickFormat(4));
    const [showX, showY] = [show(x, across.log), show(y, up.log)];
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${style.width}" height="${style.height}" viewBox="0 0 ${style.width} ${style.height}" font-family="sans-serif" font-size="11">`,
      `<title>${escapeXml(this.title)}</title>`,
      text(8, 14, 'start', this.title, ' font-weight="600"'),
      ...(up.label === '' ? [] : [text(8, 30, 'start', up.label)]),
      ...ticksOf(y, up.log).flatMap((tick) => [
        `<path d="M${plot.left} ${at(y(tick))}H${plot.right}" stroke="${style.faint}"/>`,
        text(plot.left - 6, y(tick) + 4, 'end', showY(tick)),
      ]),
      ...this.marks,
      ...(!up.log && y.domain()[0] <= 0 && y.domain()[1] >= 0
        ? [`<path d="M${plot.left} ${at(y(0))}H${plot.right}" stroke="${style.ink}"/>`]
        : []),
      ...(across.names?.map((name, i) => text(x(i), plot.bottom + 15, 'middle', name)) ??
        ticksOf(x, across.log).map((tick) => text(x(tick), plot.bottom + 15, 'middle', showX(tick)))),
      text((plot.left + plot.right) / 2, plot.bottom + 31, 'middle', across.label),
      ...this.legend.flatMap(({ name, colour, dashed }, t) => {
        const px = 8 + (t % this.columns) * (style.width / this.columns);
        const py = plot.bottom + 46 + 16 * Math.floor(t / this.columns);
        const sign = dashed
          ? `<path d="M${px} ${py - 3}h12" stroke="${colour}" stroke-width="2" stroke-dasharray="4 3"/>`
          : `<rect x="${px}" y="${py - 8}" width="10" height="10" fill="${colour}"/>`;
        return [sign, text(px + 15, py + 1, 'start', name)];
      }),
      '</svg>',
    ].join('\n');
  }

  /** Two names side by side only if there is room for them. */
  private get columns(): number {
    return this.style.width < 420 ? 1 : 2;
  }
}
