import { scaleLinear } from 'd3-scale';

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

/** How it is drawn: size, and colours that a page or a report gives. */
export interface PriceStyle {
  readonly width: number;
  readonly height: number;
  readonly ink: string;
  readonly faint: string;
}

/** Colours that the colour-blind can tell apart (Okabe & Ito 2008, without the yellow that is lost on white). */
const colours = ['#0072b2', '#56b4e9', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#8c6d31', '#7f7f7f'];

const escapeXml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const at = (value: number) => value.toFixed(1);

/**
 * Stacked bars, a window each: what raised the mean above the line at 0, what lowered it below, and the change, their sum, as a dot. As an
 * SVG text; undefined where there is no window.
 */
export function drawPriceFigure({ title, unit, terms, windows }: PriceSeries, style: PriceStyle): string | undefined {
  if (windows.length === 0) return undefined;
  // Two names side by side only where there is room for them.
  const columns = style.width < 420 ? 1 : 2;
  const rows = Math.ceil(terms.length / columns);
  const plot = { left: 56, right: style.width - 18, top: 26, bottom: style.height - 46 - 16 * rows };
  const sums = windows.flatMap(({ values }) => [
    values.reduce((sum, value) => sum + Math.max(0, value), 0),
    values.reduce((sum, value) => sum + Math.min(0, value), 0),
  ]);
  const [low, high] = [Math.min(0, ...sums), Math.max(0, ...sums)];
  const y = scaleLinear()
    .domain(low === high ? [-1, 1] : [low, high])
    .nice(4)
    .range([plot.bottom, plot.top]);
  const x = scaleLinear()
    .domain([windows[0].from, windows[windows.length - 1].to])
    .range([plot.left, plot.right]);
  const text = (px: number, py: number, anchor: string, what: string, more = '') =>
    `<text x="${at(px)}" y="${at(py)}" text-anchor="${anchor}" fill="${style.ink}"${more}>${escapeXml(what)}</text>`;
  const lines: string[] = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${style.width}" height="${style.height}" viewBox="0 0 ${style.width} ${style.height}" font-family="sans-serif" font-size="11">`,
    `<title>${escapeXml(title)}</title>`,
    text(plot.left, 14, 'start', `${title}${unit === '' ? '' : ` (${unit})`}`, ' font-weight="600"'),
  ];
  const showY = y.tickFormat(4);
  for (const tick of y.ticks(4)) {
    lines.push(`<path d="M${plot.left} ${at(y(tick))}H${plot.right}" stroke="${style.faint}"/>`);
    lines.push(text(plot.left - 6, y(tick) + 4, 'end', showY(tick)));
  }
  for (const { from, to, change, values } of windows) {
    const gap = Math.min(1, (x(to) - x(from)) / 8);
    let [up, down] = [0, 0];
    for (const [t, value] of values.entries()) {
      if (value === 0) continue;
      const start = value > 0 ? up : down;
      const [above, below] = [Math.max(start, start + value), Math.min(start, start + value)];
      const colour = colours[t % colours.length];
      lines.push(
        `<rect x="${at(x(from) + gap)}" y="${at(y(above))}" width="${at(Math.max(0.5, x(to) - x(from) - 2 * gap))}" height="${at(y(below) - y(above))}" fill="${colour}"/>`,
      );
      if (value > 0) up += value;
      else down += value;
    }
    lines.push(`<circle cx="${at((x(from) + x(to)) / 2)}" cy="${at(y(change))}" r="2.2" fill="${style.ink}"/>`);
  }
  lines.push(`<path d="M${plot.left} ${at(y(0))}H${plot.right}" stroke="${style.ink}"/>`);
  const showX = x.tickFormat(4);
  for (const tick of x.ticks(4)) lines.push(text(x(tick), plot.bottom + 15, 'middle', showX(tick)));
  lines.push(text((plot.left + plot.right) / 2, plot.bottom + 31, 'middle', 'Time (ticks)'));
  for (const [t, term] of terms.entries()) {
    const px = 8 + (t % columns) * (style.width / columns);
    const py = plot.bottom + 46 + 16 * Math.floor(t / columns);
    lines.push(`<rect x="${px}" y="${py - 8}" width="10" height="10" fill="${colours[t % colours.length]}"/>`);
    lines.push(text(px + 15, py + 1, 'start', term));
  }
  lines.push('</svg>');
  return lines.join('\n');
}
