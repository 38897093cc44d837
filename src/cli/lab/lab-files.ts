// The files that `upslope lab` writes: the table of its measures, and how it was made.
import { sweptColumns } from '../../experiment/lab-answer.ts';
import { type ExportTable, software } from '../../export/index.ts';
import type { Io } from '../io.ts';
import { parquetOf, type ResultFiles } from '../result-files.ts';
import { provenanceName } from '../run-directory.ts';
import { labMeasures } from './lab-task.ts';
import type { LabPlan } from './plan-lab.ts';

/** Columns before those of swept variables. */
const before = [
  { name: 'run', type: 'STRING', description: 'Name of the run: the same name means the same result bit for bit.' },
  { name: 'seed', type: 'STRING', description: 'Seed of the run.' },
  { name: 'landscape', type: 'STRING', description: 'Id of the landscape.' },
  { name: 'model', type: 'STRING', description: 'Model of selection, or gradient method.' },
] as const;

/** Columns after those of swept variables. */
const after = [
  { name: 'measure', type: 'STRING', nullable: false, description: 'Measure, as a mean over the steps of the run.' },
  { name: 'unit', type: 'STRING', nullable: false, description: 'Unit of the value.' },
  { name: 'value', type: 'DOUBLE', nullable: true, description: 'Value; null where nothing could be measured.' },
] as const;

/**
 * The table of a call: a row for each run and measure, a column for each swept variable.
 * @param names of the swept variables, in their order
 */
export function labTable(names: readonly string[]): ExportTable {
  const reserved = new Set<string>([...before, ...after].map(({ name }) => name));
  return {
    name: 'lab',
    title: 'Lab',
    row: 'One measure of one run.',
    columns: [
      ...before.map((column) => ({ ...column, nullable: false, unit: '' })),
      ...sweptColumns(names, reserved),
      ...after.map((column) => ({ ...column, unit: '' })),
    ],
  };
}

/** Measures of every run, by the place of its task in the plan. */
export type LabResults = readonly (readonly Readonly<Record<string, number>>[])[];

export const labNames = ['lab.parquet', provenanceName] as const;

/** The files of a call. */
export function labFiles(
  io: Io,
  plan: LabPlan,
  results: LabResults,
  seedGenerated: boolean,
): Readonly<Record<(typeof labNames)[number], ResultFiles[string]>> {
  const rows = plan.cells.flatMap((cell, c) =>
    cell.tasks.flatMap(({ id, seed }, r) =>
      labMeasures.map(({ name, unit }) => {
        return [id, seed, plan.form, plan.model, ...cell.values, name, unit, results[c][r][name]];
      }),
    ),
  );
  const { form, model, sweep, replicates, ticks, burnIn, seed, cells } = plan;
  const [{ values, parameters }] = cells[0].tasks;
  const swept = new Set(sweep.map(({ name }) => name));
  const provenance = {
    software,
    command: 'lab',
    landscape: form,
    model,
    sweep: Object.fromEntries(sweep.map((one) => [one.name, one.values])),
    fixed: Object.fromEntries(Object.entries({ ...values, ...parameters }).filter(([name]) => !swept.has(name))),
    replicates,
    ticks,
    burn_in: burnIn,
    seed,
    seed_generated: seedGenerated,
    environment: io.environment,
  };
  return {
    'lab.parquet': parquetOf(labTable(sweep.map(({ name }) => name)), rows),
    [provenanceName]: `${JSON.stringify(provenance, null, 2)}\n`,
  };
}
