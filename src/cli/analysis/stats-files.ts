// The files that `upslope stats` writes.

import { describeStatistics } from '../../experiment/stats/describe-statistics.ts';
import {
  axesTable,
  lifeTableTable,
  lineagesTable,
  linkageTable,
  matricesTable,
  spectrumTable,
  statisticCells,
  statsTable,
  sweepsTable,
} from '../../experiment/stats/statistic-rows.ts';
import type { Cell, ExportTable } from '../../export/export-table.ts';
import { createCsvEncoder, TableWriter } from '../../export/index.ts';
import { parquetOf, type ResultFiles } from '../result-files.ts';

import type { Answer, Question } from './stats-question.ts';

export function filesOf(question: Question, answer: Answer): ResultFiles {
  const { name, run, ticks, windows, flags } = question;
  const { population: _, out: __, json: ___, csv = false, ...asked } = flags;
  const about = { command: 'stats', run: run.history.provenance.hash, population: name, ticks, windows, ...asked };
  const tables: readonly (readonly [ExportTable, readonly (readonly Cell[])[]])[] = [
    [statsTable, answer.rows.map(statisticCells)],
    [spectrumTable, spectrumCells(name, answer)],
    [linkageTable, linkageCells(name, answer)],
    [lifeTableTable, lifeTableCells(name, answer)],
    [lineagesTable, answer.lineages.map(({ tick, species, ancestral }) => [name, tick, species, ancestral])],
    [sweepsTable, sweepCells(question, answer)],
    [matricesTable, matrixCells(name, answer)],
    [axesTable, axisCells(name, answer)],
  ];
  const files: Record<string, readonly Uint8Array[]> = {};
  for (const [table, rows] of tables) {
    files[`${table.name}.parquet`] = parquetOf(table, rows, JSON.parse(JSON.stringify(about)));
    if (csv) files[`${table.name}.csv`] = csvOf(table, rows);
  }
  return files;
}

function csvOf(table: ExportTable, rows: readonly (readonly Cell[])[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  const writer = new TableWriter(table, [createCsvEncoder(table, (chunk) => void chunks.push(chunk.slice()))]);
  for (const row of rows) writer.append(row);
  writer.finish();
  return chunks;
}

const spectrumCells = (name: string, { genetics }: Answer): Cell[][] =>
  genetics.flatMap(({ tick, found }) =>
    found.spectra.flatMap(({ of, sampled, spectrum }) =>
      Array.from(spectrum).flatMap((count, copies) => (count > 0 ? [[name, tick, of, copies, sampled, count]] : [])),
    ),
  );

const finite = (value: number) => (Number.isFinite(value) ? value : null);

const linkageCells = (name: string, { genetics }: Answer): Cell[][] =>
  genetics.flatMap(({ tick, found: { linkage } }) =>
    (linkage?.bins ?? []).map(({ from, to, pairs, r2 }) => [
      ...[name, tick, finite(from), finite(to), pairs, finite(r2)],
      finite(1 / ((linkage?.copies ?? 1) - 1)),
    ]),
  );

const lifeTableCells = (name: string, { tables }: Answer): Cell[][] =>
  tables.flatMap(({ from, to, kind, group, table }) =>
    table.classes.map((one) => [
      ...[name, from, to, kind, group, one.from, finite(one.to), one.exposure, one.deaths],
      ...[one.births, one.survival, one.fecundity, finite(one.expectation)],
    ]),
  );

const sweepCells = ({ name: population, run }: Question, { sweeps }: Answer): Cell[][] =>
  sweeps.map(({ from, to, name, sweep }) => [
    ...[population, from, to, sweep.locus, name, sweep.linked, sweep.kind, sweep.extent],
    ...[sweep.isMutation ? 'mutation' : 'founder', run.history.organisms.id[sweep.row], sweep.originTick, sweep.tick],
    ...[sweep.frequency, sweep.carriers, sweep.transferred, sweep.strength, sweep.low, sweep.high, sweep.p],
  ]);

const matrixCells = (name: string, { matrices }: Answer): Cell[][] =>
  matrices.flatMap(({ matrix, tick, traits, values }) =>
    traits.flatMap((trait, a) =>
      traits.flatMap((other, b) => (b < a ? [] : [[name, tick, matrix, trait, other, values[a * traits.length + b]]])),
    ),
  );

const axisCells = (name: string, { matrices }: Answer): Cell[][] =>
  matrices.flatMap(({ matrix, tick, traits, axes }) =>
    Array.from(axes.values).flatMap((value, i) =>
      traits.map((trait, t) => [name, tick, matrix, i + 1, value, trait, axes.vectors[i * traits.length + t]]),
    ),
  );

export function jsonOf({ name, ticks, windows }: Question, { rows }: Answer) {
  return {
    population: name,
    ticks,
    windows,
    statistics: rows.map(({ population: _, value, error, low, high, ...rest }) => ({
      ...rest,
      value: finite(value),
      standard_error: finite(error),
      low: finite(low),
      high: finite(high),
    })),
  };
}

export function linesOf({ name, run, ticks, windows }: Question, { rows, parts }: Answer): string[] {
  const [first, last] = [windows[0], windows[windows.length - 1]];
  const heading = `statistics of ${name}: genetics at tick ${ticks.join(', ')}, the rest over ticks ${first.from} to ${last.to}`;
  const cut = windows.length === 1 ? '' : ` in ${windows.length} windows`;
  return [
    `${heading}${cut}; ${run.history.organisms.count} organisms recorded`,
    'in brackets: organisms, offspring or species counted; ±: standard error over families; a range: 95 % interval; what each is about here: docs/statistics.md',
    'neutral shadow: the births and deaths with random parents; a value from its least to its greatest is not distinguishable from drift; of many values about one in twenty lies outside by chance',
    ...describeStatistics(rows, new Set(parts.map((part) => part.name))),
  ];
}
