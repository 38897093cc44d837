import { type TransplantReport, transplantEffects } from './describe-transplant.ts';
import { type FigureStyle, figureColours, SvgChart } from './svg-chart.ts';

const [blue, , orange, green] = figureColours;

/** Beside the middle of a segment, and colour. */
const marks = {
  whole: { shift: 0, colour: green },
  earlier: { shift: -0.1, colour: blue },
  later: { shift: 0.1, colour: orange },
} as const;

/** A transplant as an SVG text: what later loci add in earlier and in later genomes, with 95 % intervals over pairs of fossils where there are any. */
export function drawTransplant(report: TransplantReport, style: FigureStyle): string {
  const effects = transplantEffects(report).flatMap(({ effect, ...one }) => (effect in marks ? [{ ...one, effect }] : [])) as {
    segment: string;
    effect: keyof typeof marks;
    interval: { mean: number; low: number; high: number };
  }[];
  const names = ['whole genome', ...report.segments.map(({ name }) => name)];
  const bounds = effects
    .flatMap(({ interval: { mean, low, high } }) => [mean, low, high])
    .filter((value) => !Number.isNaN(value));
  const chart = new SvgChart(
    `What later loci add (log ratio of descendants, ${report.ticks} ticks)`,
    { label: '', domain: [-0.5, names.length - 0.5], names },
    { label: '', domain: [Math.min(0, ...bounds), Math.max(0, ...bounds)] },
    [
      { name: 'Later against earlier genomes', colour: green },
      { name: 'In earlier genomes', colour: blue },
      { name: 'In later genomes', colour: orange },
    ],
    style,
  );
  chart.path(
    [
      [-0.5, 0],
      [names.length - 0.5, 0],
    ],
    style.ink,
    0.7,
  );
  for (const { segment, effect, interval } of effects) {
    const { shift, colour } = marks[effect];
    const place = (segment === '' ? 0 : 1 + report.segments.findIndex(({ name }) => name === segment)) + shift;
    if (!Number.isNaN(interval.low)) {
      chart.path(
        [
          [place, interval.low],
          [place, interval.high],
        ],
        colour,
        2,
      );
    }
    chart.dot(place, interval.mean, colour, 4);
  }
  return chart.toString();
}
