import type { ProbeText, WorldText } from '../../worker/describe-world.ts';

/** A line of a plot: places of its columns in the requested data. */
export interface PlotLine {
  readonly name: string;
  readonly title: string;
  readonly mean: number;
  /** Variance among organisms; the band is then one standard deviation to either side. */
  readonly variance?: number;
  /** Drawn thin and dashed, without a band: the prediction of theory. */
  readonly isTheory?: boolean;
}

export interface PlotSpec {
  readonly key: string;
  /** Name under which it can be pinned beside the world, in any world that measures the same. */
  readonly pin?: string;
  readonly title: string;
  readonly unit: string;
  /** How to read this, where it is not as in other plots (`usualReading`). */
  readonly reading?: string;
  readonly lines: readonly PlotLine[];
  /** The meaning of a variance's band, in names of columns: by default standard deviation. */
  readonly band?: 'sd' | 'se';
}

/** How to read a plot of what a probe measures. */
export const usualReading =
  'A line is the mean over a stretch of ticks, its band the lowest and highest in it. Around a mean of the living the band is one standard deviation among them to either side.';

const column = (world: WorldText, name: string): number => world.columns.findIndex((one) => one.name === name);

/** Plots, and the columns of the series that they draw, in the order in which their lines name them. */
export interface PlotListing {
  readonly plots: readonly PlotSpec[];
  readonly columns: readonly number[];
}

/**
 * The columns of the timeline: the numbers of living organisms, one column a population; on a landscape, where numbers do not
 * change, mean log fitness.
 */
export function timelineColumns(world: WorldText): { column: number; title: string }[] {
  if (world.landscape) {
    const found = column(world, `${world.populations[0]?.name}.fitness.mean`);
    return found < 0 ? [] : [{ column: found, title: 'log fitness' }];
  }
  return world.populations
    .map(({ name, title }) => ({
      column: column(world, `${name}.population`),
      title: world.populations.length > 1 ? title.toLowerCase() : 'alive',
    }))
    .filter((one) => one.column >= 0);
}

/** The plots of a probe. */
export interface ProbePlots extends PlotListing {
  readonly probe: ProbeText;
}

/**
 * The plots of everything that is measured of a world, probe by probe: each column has one, with a line for every population that has that
 * column. A column that ends in `.mean` with one in `.variance` beside it has a band.
 */
export function plotsOf(world: WorldText): readonly ProbePlots[] {
  return world.probes.map((probe) => ({ probe, ...plotsOfProbe(world, probe.id) })).filter(({ plots }) => plots.length > 0);
}

/** The plots in which these measures are, such as census/foragers.intake, each once and in this order. */
export const plotsWith = (world: WorldText, measures: readonly string[]): PlotListing =>
  choosePlots(world, measures, ({ lines }, name) => lines.some((line) => line.name === name));

/** The plots with these pins, in this order; those that the world does not have are left out. */
export const plotsPinned = (world: WorldText, pins: readonly string[]): PlotListing =>
  choosePlots(world, pins, ({ key }, name) => key === name);

/** The first plots that have the names PROBE/NAME, each once. */
function choosePlots(
  world: WorldText,
  names: readonly string[],
  isNamed: (plot: PlotSpec, name: string) => boolean,
): PlotListing {
  const sections = plotsOf(world);
  const columns: number[] = [];
  const plots = new Map<string, PlotSpec>();
  for (const wanted of names) {
    const at = wanted.indexOf('/');
    const section = sections.find(({ probe }) => probe.id === wanted.slice(0, at));
    const plot = section?.plots.find((one) => isNamed(one, wanted.slice(at + 1)));
    if (!section || !plot || plots.has(`${section.probe.id}/${plot.key}`)) continue;
    const place = (column: number) => columns.push(section.columns[column]) - 1;
    const lines = plot.lines.map(({ mean, variance, ...line }) => ({
      ...line,
      mean: place(mean),
      ...(variance === undefined ? {} : { variance: place(variance) }),
    }));
    plots.set(`${section.probe.id}/${plot.key}`, { ...plot, lines });
  }
  return { plots: [...plots.values()], columns };
}

function plotsOfProbe({ columns: all, populations }: WorldText, probe: string): PlotListing {
  const names = new Map(all.flatMap((column, index) => (column.probe === probe ? [[column.name, index] as const] : [])));
  const columns: number[] = [];
  const place = (index: number) => columns.push(index) - 1;
  const plots = new Map<string, PlotSpec & { readonly lines: PlotLine[] }>();
  for (const [name, index] of names) {
    if (name.endsWith('.variance') && names.has(name.replace(/variance$/, 'mean'))) continue;
    const population = populations.find((one) => name.startsWith(`${one.name}.`));
    const key = population ? name.slice(population.name.length + 1) : name;
    const { title, unit } = all[index];
    const spread = name.endsWith('.mean') ? names.get(name.replace(/mean$/, 'variance')) : undefined;
    const plot = plots.get(key) ?? { key, pin: `${probe}/${key}`, title, unit, lines: [] };
    plots.set(key, plot);
    plot.lines.push({
      name,
      title: population?.title ?? title,
      mean: place(index),
      ...(spread === undefined ? {} : { variance: place(spread) }),
    });
  }
  return { plots: [...plots.values()], columns };
}
