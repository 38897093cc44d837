import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { smallPlan, tinyScene } from '../../unit/experiment/small-plan.ts';

/** Work of the command line that may be killed at any time and is then gone on with. */
export interface Scenario {
  readonly name: string;
  readonly title: string;
  /** Puts what the work needs into a new folder. */
  prepare(place: string): void;
  /** Command lines that make what the work starts from, once. */
  readonly before?: readonly (readonly string[])[];
  /** Arguments of the command, which begins the work and, given again, goes on with it. */
  readonly command: readonly string[];
  /** Processes that do the work together. */
  readonly processes: number;
  /** Folder that the work fills. */
  readonly result: string;
  /** Keys of JSON files that differ from one time to the next. */
  readonly differing: Readonly<Record<string, readonly string[]>>;
}

const scene = { ...tinyScene, ticks: 60 };
const plan = { ...smallPlan, scene, vary: { 'habitat.grass.regrowth': [0.01, 0.03] }, seeds: '1..3', ticks: 30 };

const withFiles = (place: string) => {
  writeFileSync(join(place, 'tiny.json'), JSON.stringify(scene));
  writeFileSync(join(place, 'plan.json'), JSON.stringify(plan));
};

const sweep = (name: string, title: string, processes: number): Scenario => ({
  name,
  title,
  prepare: withFiles,
  command: ['sweep', 'plan.json', '--jobs', '1', '--out', 'result'],
  processes,
  result: 'result',
  differing: {},
});

const run = ['run', 'tiny.json', '--seed', '7', '--every', '10'];

/** Every kind of work that is killed: a new one is added here. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'run',
    title: 'a run, resumed until it is finished',
    prepare: withFiles,
    command: [...run, '--checkpoint', '10', '--resume', '--out', 'result'],
    processes: 1,
    result: 'result',
    differing: { 'summary.json': ['seconds', 'performance'] },
  },
  sweep('sweep', 'a sweep, begun again until all runs are there', 1),
  sweep('sweep-two', 'a sweep that two processes make together', 2),
  {
    name: 'export',
    title: 'an export of a finished run in all formats',
    prepare: withFiles,
    before: [[...run, '--out', 'finished']],
    command: ['export', 'finished', '--format', 'all', '--out', 'result'],
    processes: 1,
    result: 'result',
    differing: {},
  },
  {
    name: 'assay',
    title: 'an assay, whose finished forks are kept',
    prepare: withFiles,
    command: [
      'assay',
      'tiny.json',
      '--seed',
      '7',
      '--tick',
      '20',
      '--age',
      '10',
      '--horizon',
      '5',
      '--forks',
      '4',
      '--jobs',
      '1',
      '--out',
      'result',
    ],
    processes: 1,
    result: 'result',
    differing: {},
  },
];
