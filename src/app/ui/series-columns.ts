import type { WorldText } from '../../worker/protocol.ts';

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
  readonly title: string;
  readonly unit: string;
  /** One line: how to read this. */
  readonly reading: string;
  readonly lines: readonly PlotLine[];
  /** The meaning of a variance's band, in names of columns: by default standard deviation. */
  readonly band?: 'sd' | 'se';
}

const bucketReading = 'Line: mean over a stretch of ticks. Band: lowest and highest in it.';
const spreadReading = 'Line: mean of the living. Band: one standard deviation among them to either side.';

/** Probes whose measures have their own plots. */
const ownProbes: ReadonlySet<string> = new Set(['learning', 'mechanisms', 'patches']);

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
  if (world.habitat === 'landscape') {
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

/** The plots of a world and the columns that they need. A line per population, so that populations can be compared. */
export function plotsOf(world: WorldText): PlotListing {
  const columns: number[] = [];
  const place = (index: number) => {
    if (!columns.includes(index)) columns.push(index);
    return columns.indexOf(index);
  };
  const plots: PlotSpec[] = [];
  const add = (key: string, title: string, unit: string, suffix: string, spread?: string) => {
    const lines: PlotLine[] = [];
    for (const population of world.populations) {
      const mean = column(world, `${population.name}.${suffix}`);
      if (mean < 0) continue;
      const variance = spread === undefined ? -1 : column(world, `${population.name}.${spread}`);
      lines.push({
        name: `${population.name}.${suffix}`,
        title: population.title,
        mean: place(mean),
        ...(variance < 0 ? {} : { variance: place(variance) }),
      });
    }
    if (lines.length > 0) plots.push({ key, title, unit, reading: spread ? spreadReading : bucketReading, lines });
  };
  add('intake', 'Intake', 'energy per organism and tick', 'intake');
  if (world.habitat !== 'landscape') add('population', 'Population', 'organisms', 'population');
  // Measures of mechanisms such as learning, which a scene may be about, come before the traits.
  const [{ name: first } = { name: '' }] = world.populations;
  for (const { name, title, unit, probe } of world.columns) {
    if (!ownProbes.has(probe) || !name.startsWith(`${first}.`) || name.endsWith('.variance')) continue;
    const suffix = name.slice(first.length + 1);
    const spread = suffix.endsWith('.mean') ? `${suffix.slice(0, -'.mean'.length)}.variance` : undefined;
    const varies = spread !== undefined && column(world, `${first}.${spread}`) >= 0;
    add(suffix, title, unit, suffix, varies ? spread : undefined);
  }
  for (const trait of world.populations[0]?.traits ?? []) {
    add(trait.id, trait.title, trait.unit, `${trait.id}.mean`, `${trait.id}.variance`);
  }
  return { plots, columns };
}
