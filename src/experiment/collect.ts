import { createParquetEncoder, type Sink, software, type Cell as TableCell, TableWriter } from '../export/index.ts';
import { NamesOfFolder } from '../export/portable-name.ts';
import type { WorldTraits } from '../habitat/habitat.ts';
import { type CollectedTable, collectedMeans, collectedProbes, collectedSummary, traitsOfSweep } from './collected-tables.ts';
import type { Cell, PlannedRun, Sweep } from './expand-plan.ts';
import { type Curve, drawFigure, mostCurves } from './figure.ts';
import { labelCells } from './label-cells.ts';
import { meanInterval } from './mean-interval.ts';
import type { Measure, ProbeTable, RunResult } from './run-result.ts';

/** How many runs there were to collect. */
export interface Collected {
  readonly runs: number;
  readonly figures: number;
}

/**
 * Joins the results of a sweep into tidy tables and figures. The output depends on which runs are finished, and not on
 * the machines, the order or the place of the runs.
 * @param read result of a run; undefined while it is not finished
 * @param open gives the sink of a file by its name. The three tables receive bytes all the time; every other file has all of
 *   its bytes before the next one is opened.
 */
export function collectSweep(
  sweep: Sweep,
  read: (run: PlannedRun) => RunResult | undefined,
  open: (file: string) => Sink,
): Collected {
  const [probes, summary, means] = [collectedProbes(sweep), collectedSummary(sweep), collectedMeans(sweep)].map((table) =>
    openTable(table, open),
  );
  const world = traitsOfSweep(sweep);
  const figures = new Map<string, { measure: Measure; curves: Curve[] }>();
  const labels = labelCells(sweep);
  let runs = 0;
  for (const cell of sweep.cells) {
    const ofCell: ProbeTable[] = [];
    for (const run of sweep.runs.slice(cell.index * sweep.seeds.length, (cell.index + 1) * sweep.seeds.length)) {
      const result = read(run);
      if (!result) continue;
      addProbes(probes, run, result);
      addSummary(summary, run, result, world);
      for (const [name, bytes] of Object.entries(result.tables)) open(`runs/${run.id}/${name}.parquet`)(bytes);
      ofCell.push(result.probes);
    }
    runs += ofCell.length;
    if (ofCell.length > 0) addMeans(means, cell, labels[cell.index], ofCell, figures);
  }
  for (const { writer } of [probes, summary, means]) writer.finish();
  const names = new NamesOfFolder();
  let drawn = 0;
  for (const { measure, curves } of figures.values()) {
    const name = names.nameOf(`${measure.probe}-${measure.name}.svg`);
    const svg = drawFigure(measure, curves.slice(0, mostCurves), curves.length);
    if (svg === undefined) continue;
    open(`figures/${name}`)(new TextEncoder().encode(svg));
    drawn++;
  }
  return { runs, figures: drawn };
}

interface OpenTable {
  readonly writer: TableWriter;
  readonly varied: CollectedTable['varied'];
}

function openTable({ table, varied }: CollectedTable, open: (file: string) => Sink): OpenTable {
  const metadata = { 'upslope.software': `${software.name} ${software.version}` };
  return { writer: new TableWriter(table, [createParquetEncoder(table, open(`${table.name}.parquet`), metadata)]), varied };
}

function addProbes({ writer, varied }: OpenTable, { id, cell, seed }: PlannedRun, { probes }: RunResult): void {
  const { measures, ticks, values } = probes;
  const start = [id, seed, ...varied.valuesOf(cell)];
  for (let k = 0; k < ticks.length; k++) {
    for (const [m, { probe, name, unit }] of measures.entries()) {
      writer.append([...start, ticks[k], probe, name, unit, values[k * measures.length + m]]);
    }
  }
}

function addSummary(
  { writer, varied }: OpenTable,
  { id, cell, seed }: PlannedRun,
  { summary }: RunResult,
  { traits, deathCauses }: WorldTraits,
): void {
  for (const [name, population] of Object.entries(summary.populations)) {
    const row: TableCell[] = [
      id,
      seed,
      ...varied.valuesOf(cell),
      name,
      summary.ticks,
      summary.hash,
      summary.organism_ticks,
      population.living,
      population.births,
      population.deaths,
      ...deathCauses.map((cause) => population.deaths_by_cause[cause]),
      population.extinct_at,
      population.mean_generation,
      population.highest_generation,
      ...traits.flatMap(({ id }) => [population.traits?.[id]?.mean ?? null, population.traits?.[id]?.variance ?? null]),
    ];
    writer.append(row);
  }
}

function addMeans(
  { writer, varied }: OpenTable,
  cell: Cell,
  label: string,
  runs: readonly ProbeTable[],
  figures: Map<string, { measure: Measure; curves: Curve[] }>,
): void {
  const { measures, ticks } = runs[0];
  const values = new Float64Array(runs.length);
  const start = [cell.index + 1, ...varied.valuesOf(cell)];
  const curves = measures.map((): Curve => ({ index: cell.index, label, points: [] }));
  for (let k = 0; k < ticks.length; k++) {
    for (const [m, { probe, name, unit }] of measures.entries()) {
      for (const [r, run] of runs.entries()) values[r] = run.values[k * measures.length + m];
      const { count, mean, low, high, deviation } = meanInterval(values);
      writer.append([...start, ticks[k], probe, name, unit, count, mean, low, high, deviation]);
      curves[m].points.push({ tick: ticks[k], mean, low, high });
    }
  }
  for (const [m, measure] of measures.entries()) {
    const key = `${measure.probe} ${measure.name}`;
    const figure = figures.get(key) ?? { measure, curves: [] };
    figures.set(key, figure);
    figure.curves.push(curves[m]);
  }
}
