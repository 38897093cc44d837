import { dirname, join } from 'node:path';
import { findQuestion } from '../analysis/lab/questions/index.ts';
import { type CollectedTable, collectedMeans, collectedProbes, collectedSummary } from '../experiment/collected-tables.ts';
import { differencesTable } from '../experiment/differences.ts';
import { expandPlan, type Sweep } from '../experiment/expand-plan.ts';
import { answerTable } from '../experiment/lab-answer.ts';
import { readPlan } from '../experiment/plan.ts';
import { software } from '../export/index.ts';
import { fileNameOf } from '../export/portable-name.ts';
import { FormatError } from '../export/validate/format-error.ts';
import { parquetOf, type RecogniseByPlace, type Recognised } from '../export/validate/recognise-file.ts';
import { showValue } from '../parameter/show.ts';
import { SceneError } from '../scene/error.ts';
import type { AnalysisCommand } from './analysis/analysis-command.ts';
import { analysisCommands } from './analysis/index.ts';
import { readAll } from './files.ts';
import type { Io } from './io.ts';
import { recogniseKept, snapshotsFolder } from './kept-snapshots.ts';
import { labTable } from './lab/lab-files.ts';
import { provenanceName } from './run-directory.ts';

/** A directory of several runs, as its provenance states. */
interface Gathered {
  /** How a file is to be checked, by its name. */
  readonly files: Readonly<Record<string, Recognised>>;
}

/** What is known of directories by the provenance in them: of collected sweeps, of the lab, and of analyses. */
export interface GatheredFiles {
  /** How a file is to be checked, by its path. */
  readonly byPlace: RecogniseByPlace;
  /** Whether a directory is one of these. */
  isGathered(directory: string): boolean;
}

/** Loads the analyses, of which each knows its tables and its provenance. */
export async function gatheredFiles(io: Io): Promise<GatheredFiles> {
  const analyses = new Map(
    await Promise.all(analysisCommands.map(async ({ name, load }) => [name, (await load()).command] as const)),
  );
  // Tables that analyses write, in any directory.
  const tables = [...[...analyses.values()].flatMap((analysis) => analysis.tables), differencesTable];
  const analysisFiles: Readonly<Record<string, Recognised>> = Object.fromEntries(
    tables.map((table) => [`${table.name}.parquet`, parquetOf(table)]),
  );
  const known = new Map<string, Gathered | undefined>();
  const gatheredIn = (directory: string) => {
    if (!known.has(directory)) known.set(directory, readGathered(io, directory, analyses));
    return known.get(directory);
  };
  return {
    byPlace(path) {
      const directory = dirname(path);
      const gathered = gatheredIn(directory);
      const name = fileNameOf(path);
      if (fileNameOf(directory) === snapshotsFolder) return recogniseKept(io.catalogue, name);
      return gathered?.files[name] ?? analysisFiles[name];
    },
    isGathered: (directory) => gatheredIn(directory) !== undefined,
  };
}

/** Undefined for the directory of a single run, or for any other. */
function readGathered(io: Io, directory: string, analyses: ReadonlyMap<string, AnalysisCommand>): Gathered | undefined {
  let provenance: Record<string, unknown>;
  try {
    provenance = JSON.parse(new TextDecoder().decode(readAll(io.files, join(directory, provenanceName))));
  } catch {
    return undefined;
  }
  if (typeof provenance !== 'object' || provenance === null) return undefined;
  if ('plan' in provenance) return collectedSweep(io, provenance);
  if (provenance.command === 'lab') return labCall(provenance);
  const analysis = analyses.get(String(provenance.command))?.provenance;
  if (!analysis) return undefined;
  const { format, check } = analysis;
  return { files: { [provenanceName]: { format, check: (path) => check(provenance, path) } } };
}

function collectedSweep(
  { catalogue }: Io,
  { plan, runs, runs_planned: planned, software: by }: Record<string, unknown>,
): Gathered {
  const noScene = (name: string): never => {
    throw new SceneError(`its scene '${name}' is only named`);
  };
  const sweepOf = (path: string): Sweep => {
    try {
      return expandPlan(readPlan(plan, 'plan'), noScene, 'plan', catalogue);
    } catch (error) {
      if (!(error instanceof SceneError)) throw error;
      throw new FormatError(join(dirname(path), provenanceName), error.message);
    }
  };
  const table = (of: (sweep: Sweep) => CollectedTable): Recognised => ({
    format: 'Parquet',
    check: (path, source) => parquetOf(of(sweepOf(path)).table).check(path, source),
  });
  const check = (path: string): string => {
    const sweep = sweepOf(path);
    if (planned !== sweep.runs.length) {
      throw new FormatError(
        `${path}, runs_planned`,
        `must be ${sweep.runs.length}, the runs of the plan (got ${showValue(planned)})`,
      );
    }
    if (!Array.isArray(runs)) throw new FormatError(`${path}, runs`, 'is not a list');
    // Other versions give the same run another name.
    if ((by as { version?: unknown } | undefined)?.version === software.version) {
      const names = new Set(sweep.runs.map(({ id }) => id));
      const odd = runs.find((run) => !names.has(run));
      if (odd !== undefined) throw new FormatError(`${path}, runs`, `${showValue(odd)} is not a run of the plan`);
    }
    return `${runs.length} of ${planned} runs`;
  };
  return {
    files: {
      'probes.parquet': table(collectedProbes),
      'summary.parquet': table(collectedSummary),
      'means.parquet': table(collectedMeans),
      [provenanceName]: { format: 'provenance of a sweep', check },
    },
  };
}

function labCall({ sweep, replicates, ask }: Record<string, unknown>): Gathered {
  const swept = typeof sweep === 'object' && sweep !== null ? Object.keys(sweep) : [];
  const question = typeof ask === 'string' ? findQuestion(ask) : undefined;
  const table = question ? answerTable(question, swept) : labTable(swept);
  return {
    files: {
      [`${table.name}.parquet`]: parquetOf(table),
      [provenanceName]: {
        format: 'provenance of the lab',
        check: (path) => {
          if (typeof sweep !== 'object' || sweep === null)
            throw new FormatError(`${path}, sweep`, 'is not a list of what was swept');
          if (!Number.isInteger(replicates)) throw new FormatError(`${path}, replicates`, 'is not a whole number');
          return `${replicates} replicates, ${swept.length} swept`;
        },
      },
    },
  };
}
