/** A curve of the figure: a mean at each sigma with its standard error. */
export interface ConvergenceCurve {
  readonly title: string;
  readonly points: readonly { readonly sigma: number; readonly mean: number; readonly error: number }[];
}

const colours = ['#0072b2', '#d55e00', '#cc79a7', '#009e73'];
const ink = '#2b2f36';
const plot = { left: 70, top: 24, width: 534, height: 288 };

/** Cosine against sigma as an SVG text: a curve a model, bars of twice the standard error each way. */
export function convergenceFigure(curves: readonly ConvergenceCurve[], title: string): string {
  const all = curves.flatMap(({ points }) => points);
  const logs = all.map(({ sigma }) => Math.log10(sigma));
  const [first, last] = [Math.min(...logs), Math.max(...logs)];
  const low = Math.floor(10 * Math.min(...all.map(({ mean, error }) => mean - 2 * error))) / 10;
  const x = (sigma: number) => plot.left + (plot.width * (Math.log10(sigma) - first)) / (last - first);
  const y = (value: number) => plot.top + (plot.height * (1 - value)) / (1 - low);
  const text = (at: string, words: string) => `<text ${at} fill="${ink}">${words}</text>`;
  const lines: string[] = [];
  for (let tick = Math.round(10 * low); tick <= 10; tick += low < 0.3 ? 2 : 1) {
    const at = y(tick / 10).toFixed(1);
    lines.push(
      `<line x1="${plot.left}" x2="${plot.left + plot.width}" y1="${at}" y2="${at}" stroke="${ink}" stroke-opacity="0.12"/>`,
      text(`x="${plot.left - 8}" y="${(y(tick / 10) + 4).toFixed(1)}" text-anchor="end"`, (tick / 10).toFixed(1)),
    );
  }
  for (const sigma of new Set(all.map((point) => point.sigma))) {
    lines.push(text(`x="${x(sigma).toFixed(1)}" y="${plot.top + plot.height + 18}" text-anchor="middle"`, String(sigma)));
  }
  const middle = plot.left + plot.width / 2;
  lines.push(
    text(
      `x="${middle}" y="${plot.top + plot.height + 38}" text-anchor="middle"`,
      'sigma, standard deviation of mutation (locus units)',
    ),
    text(
      `transform="translate(18 ${plot.top + plot.height / 2}) rotate(-90)" text-anchor="middle"`,
      'cosine of the expected step to the gradient',
    ),
  );
  for (const [c, { title: name, points }] of curves.entries()) {
    const colour = colours[c % colours.length];
    const path = points.map(({ sigma, mean }, i) => `${i === 0 ? 'M' : 'L'}${x(sigma).toFixed(1)} ${y(mean).toFixed(1)}`);
    lines.push(`<path d="${path.join('')}" fill="none" stroke="${colour}" stroke-width="1.5"/>`);
    for (const { sigma, mean, error } of points) {
      const [at, top, bottom] = [
        x(sigma).toFixed(1),
        y(Math.min(1, mean + 2 * error)).toFixed(1),
        y(mean - 2 * error).toFixed(1),
      ];
      lines.push(
        `<line class="error" x1="${at}" x2="${at}" y1="${top}" y2="${bottom}" stroke="${colour}"/>`,
        `<circle cx="${at}" cy="${y(mean).toFixed(1)}" r="3" fill="${colour}"/>`,
      );
    }
    const legend = plot.top + plot.height + 62 + 18 * c;
    lines.push(
      `<line x1="${plot.left}" x2="${plot.left + 24}" y1="${legend - 4}" y2="${legend - 4}" stroke="${colour}" stroke-width="2"/>`,
      text(`x="${plot.left + 32}" y="${legend}"`, name),
    );
  }
  const height = plot.top + plot.height + 62 + 18 * curves.length;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 ${height}" font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="${title}">`,
    `<rect width="640" height="${height}" fill="#fdfcf8"/>`,
    ...lines,
    '</svg>\n',
  ].join('\n');
}
