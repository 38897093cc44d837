import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { engineJobs } from './cases.ts';
import type { Engine, MissingEngine } from './engine.ts';
import { findAll } from './find-engines.ts';
import { describeDifference, firstDifference } from './first-difference.ts';
import type { Job, JobResult } from './job.ts';

export interface EngineRow {
  readonly id: string;
  readonly engine: string;
  readonly version: string;
  readonly architecture: string;
  /** Jobs of which everything equals what the reference has. */
  readonly equal: number;
  /** Jobs in all. */
  readonly of: number;
  /** Places of jobs that differ, or of which this engine says that something is wrong. */
  readonly unequal: readonly number[];
  /** The first difference, or what is wrong in this engine alone; '' where there is nothing. */
  readonly difference: string;
  /** What may differ between engines, by job. */
  readonly facts: Readonly<Record<string, JobResult['facts']>>;
  readonly seconds: number;
}

export interface EngineOptions {
  /** Root of the project. */
  readonly root: string;
  /** Any text; the same seed and number of ticks give the same jobs. */
  readonly seed: string;
  /** Ticks of each scene, 4 or more. */
  readonly ticks: number;
  /** Ids of the engines that run beside the reference; all where it is left out. */
  readonly only?: readonly string[];
  /** Only what is quick to start: the browsers. */
  readonly quick?: boolean;
  /** Index of the one job to run; all where it is left out. */
  readonly from?: number;
}

export interface EngineReport {
  readonly rows: readonly EngineRow[];
  readonly missing: readonly MissingEngine[];
}

/** Seconds that an engine has for all jobs: for one that emulates a processor, on a machine that is busy. */
const patience = (ticks: number) => 300 + 30 * ticks;

/** Builds what all engines run. */
async function buildJob(root: string): Promise<void> {
  const { bundle } = (await import(/* @vite-ignore */ pathToFileURL(join(root, 'scripts/bundle.mjs')).href)) as {
    bundle(target: 'hash-job'): Promise<unknown>;
  };
  await bundle('hash-job');
}

type Verdict = Pick<EngineRow, 'equal' | 'unequal' | 'difference' | 'facts'>;

/** What a row says of an engine whose results are compared with those of the reference. */
async function judge(
  jobs: readonly Job[],
  expected: readonly JobResult[],
  found: readonly JobResult[],
  engines: readonly [reference: Engine, engine: Engine],
  seconds: number,
): Promise<Verdict> {
  const places = jobs.map((_, i) => firstDifference(expected[i], found[i]));
  const first = places.findIndex((at) => at >= 0);
  const [problem] = found.flatMap(({ problems }) => problems);
  const difference =
    problem ?? (first < 0 ? '' : await describeDifference(jobs[first], places[first], expected[first], engines, seconds));
  return {
    equal: places.filter((at) => at < 0).length,
    unequal: [...places.keys()].filter((i) => places[i] >= 0 || found[i].problems.length > 0),
    difference,
    facts: Object.fromEntries(found.map(({ name, facts }) => [name, facts])),
  };
}

/**
 * Runs the same bytes in every engine of this machine and compares what comes of them: the hash after every tick, the snapshot half-way,
 * the exported tables, the elementary functions. The Node that runs this is the reference.
 * @param print takes a line at a time
 */
export async function runEngines(
  { root, seed, ticks, only, quick = false, from }: EngineOptions,
  print: (line: string) => void,
): Promise<EngineReport> {
  await buildJob(root);
  const { reference, others, missing } = await findAll(root, quick);
  const isChosen = ({ id }: { readonly id: string }) => only === undefined || only.includes(id);
  const jobs = engineJobs(root, seed, ticks).filter((_, index) => from === undefined || index === from);
  const rows: EngineRow[] = [];
  let expected: readonly JobResult[] = [];
  for (const engine of [reference, ...others.filter(isChosen)]) {
    const start = Date.now();
    let [version, made]: [string, Verdict] = ['', { equal: 0, unequal: [...jobs.keys()], difference: '', facts: {} }];
    try {
      version = await engine.version();
      const results = await engine.run(jobs, patience(ticks));
      if (engine === reference) expected = results;
      made = await judge(jobs, expected, results, [reference, engine], patience(ticks));
    } catch (error) {
      // Without a reference there is nothing to compare.
      if (engine === reference) throw error;
      made = { ...made, difference: `it did not run: ${(error as Error).message}` };
    }
    const { id, title, architecture } = engine;
    const row = { id, engine: title, version, architecture, of: jobs.length, ...made, seconds: (Date.now() - start) / 1000 };
    rows.push(row);
    print(describeRow(row));
  }
  for (const { title, why } of missing.filter(isChosen)) print(`${title} is missing: ${why}`);
  return { rows, missing };
}

function describeRow({ engine, version, architecture, equal, of, difference, seconds }: EngineRow): string {
  const note = difference ? `; ${difference}` : '';
  return `${`${engine} ${version}, ${architecture}`.padEnd(64)} ${equal} of ${of} equal${note} (${seconds.toFixed(0)} s)`;
}

/** Lines on what may differ and does: facts of an engine that are not those of the reference, which is the first row. */
export function otherFacts([reference, ...others]: readonly EngineRow[]): string[] {
  return others.flatMap(({ id, facts }) =>
    Object.entries(facts).flatMap(([job, found]) =>
      Object.entries(found)
        .filter(([name, value]) => reference.facts[job]?.[name] !== value)
        .map(([name, value]) => `${id}, ${job}: ${name}: ${value}, in the reference ${reference.facts[job]?.[name]}`),
    ),
  );
}

/** The rows as a table of Markdown. */
export function engineTable(rows: readonly EngineRow[]): string[] {
  return [
    '| engine | version | architecture | equal | first difference |',
    '|---|---|---|---|---|',
    ...rows.map(
      ({ engine, version, architecture, equal, of, difference }) =>
        `| ${engine} | ${version} | ${architecture} | ${equal} of ${of} | ${difference || 'none'} |`,
    ),
  ];
}
