import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The built command line, from where this lies once all is one file (dist/torture) or as a source (test/torture/kill). Looked for at each
 * start: tests build it after this module is read.
 */
function findProgram(): string {
  const program = ['../cli/upslope.js', '../../../dist/cli/upslope.js']
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((path) => existsSync(path));
  if (program === undefined) throw new Error('the command line is not built; npm run build -- cli');
  return program;
}

/** How a process is to be killed: at a file operation (half of a write first, where torn), or after a time. */
export type Death = { readonly operation: number; readonly torn: boolean } | { readonly milliseconds: number };

export interface Ended {
  /** Undefined where a signal ended it. */
  readonly status: number | undefined;
  readonly killed: boolean;
  readonly out: string;
  readonly err: string;
  readonly milliseconds: number;
}

export interface UpslopeProcess {
  readonly ended: Promise<Ended>;
}

/** Longest that a process of these small worlds may take, milliseconds: it hangs otherwise. */
const longest = 120_000;

/** Starts the command line as a process of its own. @param death undefined lets it live; 'count' makes it print its file operations */
export function startUpslope(args: readonly string[], cwd: string, death?: Death | 'count'): UpslopeProcess {
  const program = findProgram();
  const environment =
    death === undefined || (death !== 'count' && 'milliseconds' in death)
      ? {}
      : death === 'count'
        ? { UPSLOPE_TORTURE_KILL_AT: '0' }
        : { UPSLOPE_TORTURE_KILL_AT: String(death.operation), UPSLOPE_TORTURE_TORN: death.torn ? '1' : '0' };
  const before = performance.now();
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  let [out, err, hangs] = ['', '', false];
  child.stdout.on('data', (chunk) => (out += chunk));
  child.stderr.on('data', (chunk) => (err += chunk));
  const delay = death !== undefined && death !== 'count' && 'milliseconds' in death ? death.milliseconds : undefined;
  const timer = delay === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), delay);
  const watch = setTimeout(() => {
    hangs = true;
    child.kill('SIGKILL');
  }, longest);
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) => {
      clearTimeout(timer);
      clearTimeout(watch);
      const milliseconds = performance.now() - before;
      if (hangs) reject(new Error(`upslope ${args.join(' ')}: no end after ${longest / 1000} s`));
      else resolve({ status: status ?? undefined, killed: signal === 'SIGKILL', out, err, milliseconds });
    });
  });
  return { ended };
}
