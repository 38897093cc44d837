import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeFiles } from '../../../src/cli/files.ts';
import type { Io, StopSignal } from '../../../src/cli/io.ts';
import { main } from '../../../src/cli/main.ts';
import type { Fate, Processes } from '../../../src/cli/ownership/processes.ts';
import { standard } from '../../../src/simulation/catalogue.ts';

/** What a call of the command line left. */
export interface Outcome {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

export interface TestIo extends Io {
  text: { out: string; err: string };
  /** Sends a signal to whoever listens. */
  stop(signal: StopSignal): void;
}

/** Processes of which every other one has the same fate. */
export function fakeProcesses(fate: Fate, process = 4_000_000): Processes {
  return { self: { host: 'here', boot: 'b0-07', space: '1', process, started: '1' }, fate: () => fate };
}

let owners = 0;

/** An io over the real disk, with texts collected and a clock of its own that goes one millisecond a look. */
export function testIo(changes: Partial<Io> = {}): TestIo {
  const text = { out: '', err: '' };
  const listeners = new Set<(signal: StopSignal) => void>();
  let time = 0;
  return {
    text,
    out: (more) => void (text.out += more),
    err: (more) => void (text.err += more),
    terminal: false,
    columns: () => 80,
    now: () => time++,
    // The same for every seed, and another one for every owner.
    randomBytes: (count) =>
      count === 8 ? new Uint8Array(new BigUint64Array([BigInt(++owners)]).buffer) : new Uint8Array(count).fill(7),
    files: nodeFiles,
    page: join(process.cwd(), 'dist/page'),
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    onStop(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop(signal) {
      for (const listener of listeners) listener(signal);
    },
    processes: fakeProcesses('gone'),
    startHeartbeat: () => () => {},
    sleep: async (milliseconds) => void (time += milliseconds),
    catalogue: standard,
    extensionFiles: [],
    environment: { runtime: 'test' },
    ...changes,
  };
}

/** Calls the command line in this process. */
export async function call(args: readonly string[], io: TestIo = testIo()): Promise<Outcome> {
  const status = await main(args, io);
  return { status, ...io.text };
}

/** A small world that runs thousands of ticks a second. */
export const smallScene = {
  version: 1,
  name: 'small',
  title: 'Small',
  ticks: 300,
  habitat: { kind: 'plane', width: 128, height: 128, grass: { capacity: 4, regrowth: 0.02, cover: 1, pattern: 'uniform' } },
  populations: {
    grazers: { founders: 60, policy: { hidden: 4 }, life: { span: 120, maturity: 10 }, mechanisms: { mutation: { on: true } } },
  },
};

/** A new directory with the small scene in it. */
export class Workplace {
  readonly path = mkdtempSync(join(tmpdir(), 'upslope-test-'));
  readonly scene = join(this.path, 'small.json');

  constructor() {
    writeFileSync(this.scene, JSON.stringify(smallScene));
  }

  at(...names: string[]): string {
    return join(this.path, ...names);
  }

  names(directory: string): string[] {
    return readdirSync(this.at(directory)).sort();
  }

  read(...names: string[]): Buffer {
    return readFileSync(this.at(...names));
  }

  json(...names: string[]): Record<string, unknown> {
    return JSON.parse(this.read(...names).toString());
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Files of a finished run. */
export const finishedFiles = [
  'census.parquet',
  'events.parquet',
  'genomes.parquet',
  'loci.parquet',
  'manifest.json',
  'organisms.parquet',
  'probes.parquet',
  'provenance.json',
  'runs.parquet',
  'species.parquet',
  'summary.json',
  'trait_series.parquet',
];
