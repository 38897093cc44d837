import { type ScaleLinear, scaleLinear } from 'd3-scale';

/** How a figure is drawn: size, and colours that a page or a report gives. */
export interface FigureStyle {
  readonly width: number;
  readonly height: number;
  readonly ink: string;
  readonly faint: string;
}

/** Colours that the colour-blind can tell apart (Okabe & Ito 2008, without the yellow that is lost on white). */
export const figureColours = ['#0072b2', '#56b4e9', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#8c6d31', '#7f7f7f'];

export const escapeXml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** A number as coordinates of a figure are written. */
export const at = (value: number) => value.toFixed(1);

interface Axis {
  readonly label: string;
  readonly domain: readonly [number, number];
  /** Whether it goes on to the next round number. */
  readonly round?: boolean;
  /** Whether it ends where the domain ends though it goes up. */
  readonly exact?: boolean;
}

/** A figure with two axes and a legend below, to which marks are added in data coordinates. */
export class SvgChart {
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number>;
  private readonly plot: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  private readonly marks: string[] = [];

  /** @param legend names of what is drawn, in the order of `figureColours` unless told */
  constructor(
    private readonly title: string,
    private readonly across: Axis,
    up: Axis,
    private readonly legend: readonly { readonly name: string; readonly colour: string }[],
    private readonly style: FigureStyle,
  ) {
    const rows = Math.ceil(legend.length / this.columns);
    this.plot = { left: 56, right: style.width - 18, top: up.label === '' ? 26 : 40, bottom: style.height - 46 - 16 * rows };
    const spread = (domain: readonly [number, number]) => (domain[0] === domain[1] ? [domain[0] - 1, domain[1] + 1] : domain);
    this.y = scaleLinear().domain(spread(up.domain)).range([this.plot.bottom, this.plot.top]);
    if (!up.exact) this.y.nice(4);
    this.x = scaleLinear().domain(spread(across.domain)).range([this.plot.left, this.plot.right]);
    if (across.round) this.x.nice(4);
    this.upLabel = up.label;
  }
  private readonly upLabel: string;

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

  path(points: readonly (readonly [number, number])[], colour: string, width = 1.5): void {
    if (points.length < 2) return;
    const d = points.map(([px, py], i) => `${i === 0 ? 'M' : 'L'}${at(this.x(px))} ${at(this.y(py))}`).join('');
    this.add(`<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}"/>`);
  }

  /** The whole as an SVG text. */
  toString(): string {
    const { style, plot, x, y } = this;
    const text = (px: number, py: number, anchor: string, what: string, more = '') =>
      `<text x="${at(px)}" y="${at(py)}" text-anchor="${anchor}" fill="${style.ink}"${more}>${escapeXml(what)}</text>`;
    const [showX, showY] = [x.tickFormat(4), y.tickFormat(4)];
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${style.width}" height="${style.height}" viewBox="0 0 ${style.width} ${style.height}" font-family="sans-serif" font-size="11">`,
      `<title>${escapeXml(this.title)}</title>`,
      text(8, 14, 'start', this.title, ' font-weight="600"'),
      ...(this.upLabel === '' ? [] : [text(8, 30, 'start', this.upLabel)]),
      ...y
        .ticks(4)
        .flatMap((tick) => [
          `<path d="M${plot.left} ${at(y(tick))}H${plot.right}" stroke="${style.faint}"/>`,
          text(plot.left - 6, y(tick) + 4, 'end', showY(tick)),
        ]),
      ...this.marks,
      ...(y.domain()[0] <= 0 && y.domain()[1] >= 0
        ? [`<path d="M${plot.left} ${at(y(0))}H${plot.right}" stroke="${style.ink}"/>`]
        : []),
      ...x.ticks(4).map((tick) => text(x(tick), plot.bottom + 15, 'middle', showX(tick))),
      text((plot.left + plot.right) / 2, plot.bottom + 31, 'middle', this.across.label),
      ...this.legend.flatMap(({ name, colour }, t) => {
        const px = 8 + (t % this.columns) * (style.width / this.columns);
        const py = plot.bottom + 46 + 16 * Math.floor(t / this.columns);
        return [`<rect x="${px}" y="${py - 8}" width="10" height="10" fill="${colour}"/>`, text(px + 15, py + 1, 'start', name)];
      }),
      '</svg>',
    ].join('\n');
  }

  /** Two names side by side only where there is room for them. */
  private get columns(): number {
    return this.style.width < 420 ? 1 : 2;
  }
}
