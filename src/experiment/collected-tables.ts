// The tables in which a sweep joins the results of its runs.

import { columnName, type ExportColumn, type ExportTable } from '../export/export-table.ts';
import type { WorldTraits } from '../habitat/habitat.ts';
import type { TraitText } from '../population/traits.ts';
import { worldTraitsOf } from '../scene/vocabulary-of.ts';
import type { Sweep } from './expand-plan.ts';
import { type VariedColumns, variedColumns } from './varied-columns.ts';

const column = (name: string, type: ExportColumn['type'], unit: string, description: string): ExportColumn => ({
  name,
  type,
  nullable: false,
  unit,
  description,
});
const optional = (name: string, type: ExportColumn['type'], unit: string, description: string): ExportColumn => ({
  ...column(name, type, unit, description),
  nullable: true,
});

const runColumns = [
  column('run', 'STRING', '', 'Name of the run: the same name means the same result bit for bit.'),
  column('seed', 'STRING', '', 'Seed of the run.'),
];

const measureColumns = [
  column('tick', 'INT64', 'ticks', 'Tick at whose end it was measured.'),
  column('probe', 'STRING', '', 'Id of the probe.'),
  column('measure', 'STRING', '', 'What was measured; for a population, with its name first.'),
  column('unit', 'STRING', '', 'Unit of the value.'),
];

/** A table of a sweep: some columns, then what varies, then the others. */
export interface CollectedTable {
  readonly table: ExportTable;
  readonly varied: VariedColumns;
}

function collected(
  sweep: Sweep,
  text: Pick<ExportTable, 'name' | 'title' | 'row'>,
  before: readonly ExportColumn[],
  after: readonly ExportColumn[],
): CollectedTable {
  const varied = variedColumns(
    sweep,
    [...before, ...after].map(({ name }) => name),
  );
  return { table: { ...text, columns: [...before, ...varied.columns, ...after] }, varied };
}

/** The values of the probes in all runs. */
export function collectedProbes(sweep: Sweep): CollectedTable {
  return collected(
    sweep,
    { name: 'probes', title: 'Probes', row: 'A measure of a run at a tick; after extinction, of the empty world.' },
    runColumns,
    [...measureColumns, optional('value', 'DOUBLE', '', 'The value, in its unit; null if there was nothing to measure.')],
  );
}

/** Causes of death and all traits in any run of a sweep: genomes may vary from one combination to the next. */
export function traitsOfSweep({ cells }: Sweep): WorldTraits {
  const traits = new Map<string, TraitText>();
  const worlds = cells.map(({ scene }) => worldTraitsOf(scene));
  for (const world of worlds) for (const trait of world.traits) if (!traits.has(trait.id)) traits.set(trait.id, trait);
  return { traits: [...traits.values()], deathCauses: worlds[0].deathCauses };
}

/** The end of every run. */
export function collectedSummary(sweep: Sweep): CollectedTable {
  const { traits, deathCauses } = traitsOfSweep(sweep);
  return collected(sweep, { name: 'summary', title: 'Summary', row: 'A population of a run when the run ended.' }, runColumns, [
    column('population', 'STRING', '', 'Name of the population.'),
    column('ticks', 'INT64', 'ticks', 'Ticks made: fewer than requested only after extinction.'),
    column('hash', 'STRING', '', 'State of the world after the last tick.'),
    column('organism_ticks', 'DOUBLE', 'organism-ticks', 'Sum over ticks of the living, of all populations.'),
    column('living', 'INT64', 'organisms', 'Living at the end.'),
    column('births', 'INT64', 'organisms', 'Births in the whole run.'),
    column('deaths', 'INT64', 'organisms', 'Deaths in the whole run.'),
    ...deathCauses.map((cause) => column(`deaths_${columnName(cause)}`, 'INT64', 'organisms', `Deaths by ${cause}.`)),
    optional('extinct_at', 'INT64', 'ticks', 'Tick at which the last of it died; null while it lives.'),
    optional('mean_generation', 'DOUBLE', 'generations', 'Mean generation of the living; null when no organism lives.'),
    optional('highest_generation', 'DOUBLE', 'generations', 'Highest generation of the living; null when no organism lives.'),
    ...traits.flatMap(({ id, title, unit }) => [
      optional(
        `${columnName(id)}_mean`,
        'DOUBLE',
        unit,
        `${title}: mean of the living; null if no organism lives or genomes lack it.`,
      ),
      optional(`${columnName(id)}_variance`, 'DOUBLE', `(${unit})^2`, `${title}: variance of the living.`),
    ]),
  ]);
}

/** Means over the seeds of each combination. */
export function collectedMeans(sweep: Sweep): CollectedTable {
  return collected(
    sweep,
    { name: 'means', title: 'Means', row: 'A measure at a tick, over the runs of a combination that differ in the seed.' },
    [column('combination', 'INT32', '', 'Number of the combination of what varies, from 1, the last parameter fastest.')],
    [
      ...measureColumns,
      column('runs', 'INT32', 'runs', 'Runs that had a value.'),
      optional('mean', 'DOUBLE', '', 'Mean over runs, in the unit of the measure.'),
      optional(
        'low',
        'DOUBLE',
        '',
        'Lower bound of the mean: 95 % Student interval over runs, each measure and tick separately; null for fewer than five runs, or if all are alike.',
      ),
      optional('high', 'DOUBLE', '', 'Upper bound of the mean.'),
      optional('deviation', 'DOUBLE', '', 'Standard deviation between runs; null for fewer than two.'),
    ],
  );
}
