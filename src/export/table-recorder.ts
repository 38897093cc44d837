import { LifeRecord } from '../record/life-record.ts';
import type { Packable } from '../record/pack.ts';
import { habitatOf } from '../scene/vocabulary-of.ts';
import type { Observer, Probe, Simulation } from '../simulation/types.ts';
import { censusSource } from './census.ts';
import { createCsvEncoder } from './csv.ts';
import { eventsSource } from './events.ts';
import type { ExportTable, Sink } from './export-table.ts';
import { genomesSource } from './genomes.ts';
import { lociSource } from './loci.ts';
import { type GenomeChoice, organismsSource } from './organisms.ts';
import { createParquetEncoder } from './parquet.ts';
import { probeSeriesSource } from './probe-series.ts';
import { runsSource } from './runs.ts';
import { schemaVersion, software } from './software.ts';
import type { TableSource } from './source.ts';
import { speciesSource } from './species.ts';
import { TableWriter } from './table-writer.ts';
import { exportTables } from './tables.ts';
import { Totals } from './totals.ts';
import { traitSeriesSource } from './trait-series.ts';

/** How tables are written. @public */
export interface RecorderOptions {
  /** Ticks between samples. */
  readonly every: number;
  readonly genomes: GenomeChoice;
  /** Name of the run in the table `runs`; by default that of its question with the ticks that were made. */
  readonly runId?: string;
  /** CSV beside Parquet. */
  readonly csv: boolean;
  readonly probes: readonly Probe[];
  /** Gives the sink of a file by its name, for example `organisms.parquet`. Called once a file. */
  readonly open: (file: string) => Sink;
}

/** Names of the table files of a run, in the order in which they are opened. @public */
export function tableFiles(options: { readonly csv: boolean }): readonly string[] {
  const formats = options.csv ? ['parquet', 'csv'] : ['parquet'];
  // Files have the same names whatever their columns.
  return exportTables([], []).flatMap(({ name }) => formats.map((format) => `${name}.${format}`));
}

/**
 * Writes the tables of a run while the simulation runs: an observer, so that the world does not depend on it. A new recorder
 * samples at once; one that continues restores the state that was saved at a sampling tick.
 * @public
 */
export class Recorder implements Observer {
  readonly totals: Totals;
  readonly record: LifeRecord;
  readonly writers: readonly TableWriter[];
  private readonly every: number;
  private readonly sources: readonly TableSource[];
  private lastSample = -1;

  constructor(simulation: Simulation, options: RecorderOptions, saved?: Packable) {
    const metadata = {
      'upslope.schema_version': String(schemaVersion),
      'upslope.software': `${software.name} ${software.version}`,
      'upslope.scene': simulation.scene.name,
      'upslope.seed': simulation.seed,
      ...(options.runId === undefined ? {} : { 'upslope.run_id': options.runId }),
    };
    const writer = (table: ExportTable) =>
      new TableWriter(table, [
        createParquetEncoder(table, options.open(`${table.name}.parquet`), metadata),
        ...(options.csv ? [createCsvEncoder(table, options.open(`${table.name}.csv`))] : []),
      ]);
    this.every = options.every;
    this.totals = new Totals(simulation);
    // Populations of one world have the same traits and ledgers.
    const [population] = simulation.populations;
    const tables = exportTables(population.traits, population.ledgers, habitatOf(simulation.initialScene).places);
    const [runs, organisms, traitSeries, probes, loci, events, species, census, genomes] = tables.map(writer);
    this.record = new LifeRecord(simulation, saved === undefined ? {} : { saved: (saved as { record: Packable }).record });
    this.sources = [
      runsSource(runs, options.every, options.runId),
      organismsSource(organisms, options.genomes, this.record, simulation),
      traitSeriesSource(traitSeries, simulation, this.record),
      probeSeriesSource(probes, simulation, options.probes),
      lociSource(loci),
      eventsSource(events, this.record),
      speciesSource(species, this.record),
      censusSource(census, this.record, simulation),
      genomesSource(genomes, options.genomes, this.record),
    ];
    this.writers = this.sources.map((source) => source.writer);
    if (saved === undefined) this.sample(simulation);
    else this.restore(saved, simulation);
  }

  afterTick(simulation: Simulation): void {
    this.totals.afterTick(simulation);
    // First, because sources look up the dead and the newborn in it.
    this.record.afterTick(simulation);
    for (const source of this.sources) source.afterTick(simulation);
    if (simulation.tick % this.every === 0) this.sample(simulation);
  }

  afterAct(simulation: Simulation): void {
    this.totals.afterAct(simulation);
    this.record.afterAct(simulation);
    for (const source of this.sources) source.afterAct?.(simulation);
  }

  /** Writes the last rows and the end of every file. The recorder must not be used afterwards. */
  finish(simulation: Simulation): void {
    this.record.finish(simulation);
    const metadata = { 'upslope.hash': simulation.hash() };
    if (simulation.tick !== this.lastSample) this.sample(simulation);
    for (const source of this.sources) {
      source.finish(simulation);
      source.writer.finish(metadata);
    }
  }

  /** What a recorder needs to continue, besides the bytes that it has passed on. Called at a sampling tick. */
  state(): Packable {
    return {
      lastSample: this.lastSample,
      totals: this.totals.state(),
      record: this.record.state(),
      sources: this.sources.map((source) => ({ source: source.state(), writer: source.writer.state() })),
    };
  }

  private restore(state: Packable, simulation: Simulation): void {
    const saved = state as { lastSample: number; totals: Packable; sources: { source: Packable; writer: Packable }[] };
    this.lastSample = saved.lastSample;
    this.totals.restore(saved.totals);
    for (const [i, source] of this.sources.entries()) {
      source.restore(saved.sources[i].source, simulation);
      source.writer.restore(saved.sources[i].writer);
    }
  }

  private sample(simulation: Simulation): void {
    simulation.assertFinite();
    for (const source of this.sources) source.sample(simulation);
    this.lastSample = simulation.tick;
  }
}
