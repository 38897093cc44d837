// Figures of two rivals: their rates, and what their difference is worth.

import { nameRate, type RivalsReport, worthPerGeneration } from './describe-rivals.ts';
import { at, escapeXml, type FigureStyle, figureColours } from './svg-chart.ts';

const [blue, , orange] = figureColours;
const lineHeight = 22;

interface Mark {
  readonly value: number;
  readonly error: number;
  readonly colour: string;
}

interface Row {
  readonly name: string;
  readonly marks: readonly Mark[];
}

/** A panel of rows: dots with whiskers of two standard errors over a line at a value of reference. */
function panel(
  title: string,
  legend: readonly { readonly name: string; readonly colour: string }[],
  note: string,
  rows: readonly Row[],
  reference: number,
  { width, ink, faint }: FigureStyle,
): string {
  const bounds = rows.flatMap(({ marks }) =>
    marks.flatMap(({ value, error }) => {
      const half = Number.isNaN(error) ? 0 : 2 * error;
      return [value - half, value + half];
    }),
  );
  const known = bounds.filter(Number.isFinite);
  const [low, high] = [Math.min(reference, ...known), Math.max(reference, ...known)];
  const [left, right, top] = [250, width - 20, 42];
  const x = (value: number) => left + ((value - low) / (high - low || 1)) * (right - left);
  const bottom = top + lineHeight * rows.length;
  const height = bottom + 26;
  const text = (px: number, py: number, anchor: string, what: string, more = '') =>
    `<text x="${at(px)}" y="${at(py)}" text-anchor="${anchor}" fill="${ink}"${more}>${escapeXml(what)}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="11">`,
    `<title>${escapeXml(title)}</title>`,
    text(8, 14, 'start', title, ' font-weight="600"'),
    ...legend.flatMap(({ name, colour }, k) => [
      `<circle cx="${at(left + 6 + 120 * k)}" cy="26" r="4" fill="${colour}"/>`,
      text(left + 16 + 120 * k, 30, 'start', name),
    ]),
    `<path d="M${at(x(reference))} ${top - 4}V${bottom}" stroke="${ink}" stroke-width="0.7"/>`,
    ...rows.flatMap(({ name, marks }, r) => {
      const y = top + lineHeight * (r + 0.5);
      return [
        `<path d="M${left} ${at(y + lineHeight / 2)}H${right}" stroke="${faint}" stroke-width="0.5"/>`,
        text(left - 10, y + 4, 'end', name),
        ...marks.flatMap(({ value, error, colour }, m) => {
          if (!Number.isFinite(value)) return [];
          const py = y + (m - (marks.length - 1) / 2) * 7;
          const whisker = Number.isNaN(error)
            ? []
            : [
                `<path d="M${at(x(value - 2 * error))} ${at(py)}H${at(x(value + 2 * error))}" stroke="${colour}" stroke-width="2"/>`,
              ];
          return [...whisker, `<circle cx="${at(x(value))}" cy="${at(py)}" r="3.5" fill="${colour}"/>`];
        }),
      ];
    }),
    text(left, bottom + 18, 'start', note),
    '</svg>',
  ].join('\n');
}

/** Rates of both rivals, each divided by the mean of the two, with whiskers of two standard errors. As an SVG text. */
export function drawRivalRates(report: RivalsReport, style: FigureStyle): string {
  const rows = report.rates.flatMap((rate): Row[] => {
    const { winner, loser, measure } = rate;
    // Growth has a sign: a share of its mean says nothing.
    const mean = (winner.value + loser.value) / 2;
    if (measure === 'growth' || !(mean > 0)) return [];
    const mark = ({ value, error }: Omit<Mark, 'colour'>, colour: string) => ({
      value: value / mean,
      error: error / mean,
      colour,
    });
    return [{ name: nameRate(rate).replace(/ \(.*/, ''), marks: [mark(winner, orange), mark(loser, blue)] }];
  });
  const legend = [
    { name: 'Winner', colour: orange },
    { name: 'Loser', colour: blue },
  ];
  return panel(
    'Rates of both rivals',
    legend,
    'Relative to the mean of both (line: 1); whiskers: two standard errors over subclades',
    rows,
    1,
    style,
  );
}

/** What the difference of genomes is worth, by segment, with whiskers of two standard errors. As an SVG text. */
export function drawRivalWorth(report: RivalsReport, style: FigureStyle): string {
  const rows = report.opening.worth.map(
    (one): Row => ({
      name: one.name === 'everything' ? 'all loci' : one.name,
      marks: [{ ...worthPerGeneration(report, one), colour: orange }],
    }),
  );
  return panel(
    `What the genomes differ by is worth, tick ${report.from}`,
    [],
    'Log fitness a generation, winner less loser (line: 0); whiskers: two standard errors over forks',
    rows,
    0,
    style,
  );
}
