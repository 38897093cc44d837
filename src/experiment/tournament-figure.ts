import { showMargin, type TournamentReport } from './describe-tournament.ts';
import { at, escapeXml, type FigureStyle, figureColours } from './svg-chart.ts';

const [blue, , orange] = figureColours;

/**
 * A tournament as an SVG text: the matrix of margins, row against column, blue where the row has more descendants and orange where
 * fewer, and below it each fossil's rating with its 95 % interval, if it has one, over its tick.
 */
export function drawTournament({ players, result }: TournamentReport, style: Omit<FigureStyle, 'height'>): string {
  const { margins, ratings, ratingLow, ratingHigh } = result;
  const { width, ink, faint } = style;
  const m = players.length;
  const [left, top] = [56, 44];
  const cell = (width - left - 8) / m;
  const height = Math.min(cell, 34);
  const strongest = Math.max(...margins.map(Math.abs), Number.MIN_VALUE);
  const text = (x: number, y: number, what: string, anchor = 'middle', more = '') =>
    `<text x="${at(x)}" y="${at(y)}" text-anchor="${anchor}" fill="${ink}"${more}>${escapeXml(what)}</text>`;
  const marks: string[] = [
    text(8, 14, 'Margin (log ratio), row against column', 'start', ' font-weight="600"'),
    text(left - 6, top - 6, 'tick', 'end'),
    ...players.map(({ tick }, j) => text(left + (j + 0.5) * cell, top - 6, String(tick))),
  ];
  for (const [i, { tick }] of players.entries()) {
    const y = top + i * height;
    marks.push(text(left - 6, y + height / 2 + 4, String(tick), 'end'));
    for (let j = 0; j < m; j++) {
      const [x, margin] = [left + j * cell, margins[i * m + j]];
      const colour = i === j ? 'none' : margin > 0 ? blue : orange;
      // Pale enough for text to be legible on it, in light and dark.
      const opacity = i === j ? 0 : (0.55 * Math.abs(margin)) / strongest;
      marks.push(
        `<rect x="${at(x + 1)}" y="${at(y + 1)}" width="${at(cell - 2)}" height="${at(height - 2)}" fill="${colour}" fill-opacity="${opacity.toFixed(3)}" stroke="${faint}"/>`,
      );
      if (i !== j) marks.push(text(x + cell / 2, y + height / 2 + 4, showMargin(margin, cell < 34 ? 1 : 2)));
    }
  }
  const below = top + m * height + 40;
  const bounds = [...ratings, ...ratingLow, ...ratingHigh].filter((value) => !Number.isNaN(value));
  const [low, high] = [Math.min(0, ...bounds), Math.max(0, ...bounds)];
  const plot = 90;
  const y = (value: number) => below + plot - ((value - low) / (high - low || 1)) * plot;
  marks.push(text(8, below - 16, 'Rating (log ratio), 95 % interval', 'start', ' font-weight="600"'));
  for (const value of [low, 0, high]) {
    if (value !== 0 && Math.abs(y(value) - y(0)) < 14) continue;
    marks.push(`<path d="M${left} ${at(y(value))}H${at(width - 8)}" stroke="${value === 0 ? ink : faint}"/>`);
    marks.push(text(left - 6, y(value) + 4, showMargin(value), 'end'));
  }
  for (const [i, { tick }] of players.entries()) {
    const x = left + (i + 0.5) * cell;
    marks.push(`<path d="M${at(x)} ${at(y(ratingLow[i]))}V${at(y(ratingHigh[i]))}" stroke="${ink}" stroke-width="1.5"/>`);
    marks.push(`<circle cx="${at(x)}" cy="${at(y(ratings[i]))}" r="3.5" fill="${ratings[i] > 0 ? blue : orange}"/>`);
    marks.push(text(x, below + plot + 16, String(tick)));
  }
  marks.push(text((left + width - 8) / 2, below + plot + 32, 'Tick of the fossil'));
  const whole = below + plot + 40;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${at(whole)}" viewBox="0 0 ${width} ${at(whole)}" font-family="sans-serif" font-size="11">`,
    '<title>Tournament of fossils</title>',
    ...marks,
    '</svg>',
  ].join('\n');
}
