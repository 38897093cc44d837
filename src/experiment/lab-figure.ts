import { answerMeans, type LabAnswer, type LabMean, variedIn } from './lab-answer.ts';
import { at, type FigureStyle, figureColours, SvgChart } from './svg-chart.ts';

interface Point {
  readonly x: number;
  readonly y: number;
  /** Standard error, or NaN. */
  readonly error: number;
}

interface Line {
  readonly name: string;
  readonly dashed: boolean;
  readonly colour: string;
  readonly points: readonly Point[];
}

/** A title with its unit, unless it contains the unit: `generation` is in generations. */
const withUnit = (title: string, unit: string) =>
  unit === '' || unit === `${title}s` || unit === title ? title : `${title} (${unit})`;
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** An answer as an SVG text: its lines with bars of one standard error each way, or a sentence if there is nothing to draw. */
export function drawAnswer(answer: LabAnswer, style: FigureStyle): string {
  const { question } = answer;
  const { figure } = question;
  const across = [...question.keys, ...question.measures].find(({ name }) => name === figure.across);
  const names = namesAcross(answer);
  const lines = linesOf(answer, names);
  const drawn = lines.flatMap(({ points }) => points);
  const ends = drawn.flatMap(({ y, error }) =>
    error > 0 ? [y - error, y + error].filter((end) => !figure.upLog || end > 0) : [y],
  );
  const chart = new SvgChart(
    question.title,
    {
      label: capital(withUnit(across?.title ?? '', across?.unit ?? '')),
      domain: names ? [-0.5, names.length - 0.5] : extent(drawn.map(({ x }) => x)),
      names,
      log: figure.acrossLog,
    },
    {
      label: drawn.length > 0 ? figure.upLabel : 'Nothing to draw: no value was measured',
      domain: extent(ends),
      log: figure.upLog,
    },
    lines.map(({ name, colour, dashed }) => ({ name, colour, dashed })),
    style,
  );
  for (const { points, colour, dashed } of lines) {
    if (!names)
      chart.path(
        points.map(({ x, y }) => [x, y]),
        colour,
        1.5,
        dashed ? '5 3' : '',
      );
    // Dots and bars of hundreds of points would hide the line.
    if (points.length > 40) continue;
    for (const { x, y, error } of points) {
      if (!dashed || names) chart.dot(x, y, colour, dashed ? 1.2 : 2.2);
      if (!(error > 0) || (figure.upLog && !(y - error > 0))) continue;
      const px = at(chart.x(x));
      chart.add(`<path d="M${px} ${at(chart.y(y - error))}V${at(chart.y(y + error))}" stroke="${colour}"/>`);
    }
  }
  return String(chart);
}

function extent(values: readonly number[]): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? [low, high] : [1, 2];
}

/** Texts of the key on the axis, in order; undefined if the axis has numbers. */
function namesAcross({ question, cells }: LabAnswer): string[] | undefined {
  const place = question.keys.findIndex(({ name, kind }) => name === question.figure.across && kind === 'text');
  return place < 0 ? undefined : [...new Set(cells[0].runs[0].rows.map(({ keys }) => keys[place] as string))];
}

/** The lines of a figure: one for each combination, value of the key that separates them, and measure. */
function linesOf(answer: LabAnswer, names: readonly string[] | undefined): Line[] {
  const { question, swept } = answer;
  const { figure } = question;
  const by = question.keys.findIndex(({ name }) => name === figure.by);
  const place = question.keys.findIndex(({ name }) => name === figure.across);
  const measureOf = (name: string) => question.measures.findIndex((one) => one.name === name);
  const xOf = ({ keys, means }: LabMean) =>
    place < 0 ? means[measureOf(figure.across)] : names ? names.indexOf(keys[place] as string) : (keys[place] as number);
  const varied = variedIn(answer);
  const groups = new Map<string, LabMean[]>();
  for (const row of answerMeans(answer)) {
    const words = [...(by >= 0 ? [String(row.keys[by])] : []), ...varied.map((i) => `${swept[i]} ${row.cell.values[i]}`)];
    const name = words.join(', ');
    groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  return [...groups].flatMap(([group, rows], g) =>
    figure.lines.flatMap(({ measure, name, dashed = false }) => {
      const m = measureOf(measure);
      const fits = ({ x, y }: Point) =>
        Number.isFinite(x) && Number.isFinite(y) && (!figure.acrossLog || x > 0) && (!figure.upLog || y > 0);
      const points = rows.map((row) => ({ x: xOf(row), y: row.means[m], error: row.errors[m] })).filter(fits);
      if (points.length === 0) return [];
      const words = [group, ...(figure.lines.length > 1 ? [name] : [])].filter((word) => word !== '');
      return [{ name: words.join(': ') || name, dashed, colour: figureColours[g % figureColours.length], points }];
    }),
  );
}
