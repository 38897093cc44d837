import { randomBytes } from 'node:crypto';
import process from 'node:process';
import { isatty } from 'node:tty';
import { fileURLToPath } from 'node:url';
import { fileReason, nodeFiles } from './files.ts';
import type { StopSignal } from './io.ts';
import type { OuterIo } from './main.ts';
import { oneLine } from './one-line.ts';
import { startHeartbeat } from './ownership/heartbeat.ts';
import { systemProcesses } from './ownership/processes.ts';
import { StandardStream } from './standard-stream.ts';

const signals: readonly StopSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Exit status of a program whose output is no longer read, as in shells. */
const pipeStatus = 141;

/** What a process does at its end. */
export interface NodeIo extends OuterIo {
  /**
   * Waits until all output is written.
   * @param status of the command
   * @returns the exit status. Where output was lost and the command succeeded: 1, or 141 where its reader had gone away
   */
  end(status: number): Promise<number>;
}

/**
 * The real terminal, disk and clock.
 * @param page folder of the built page, as an address
 */
export function nodeIo(page: URL): NodeIo {
  const out = new StandardStream(1, () => process.stdout);
  const err = new StandardStream(2, () => process.stderr);
  return {
    out: (text) => out.write(text),
    err: (text) => err.write(text),
    async end(status) {
      const lost = await out.settle();
      const isGone = codeOf(lost) === 'EPIPE';
      if (lost && !isGone) {
        const reason = fileReason(lost) ?? lost.message;
        err.write(`upslope: cannot write to standard output: ${oneLine(reason)}; free space, or send the output elsewhere\n`);
      }
      const unheard = await err.settle();
      if (status !== 0) return status;
      if (isGone) return pipeStatus;
      return lost || (unheard && codeOf(unheard) !== 'EPIPE') ? 1 : 0;
    },
    terminal: isatty(2),
    columns: () => process.stderr.columns || 80,
    now: () => performance.now(),
    randomBytes: (count) => randomBytes(count),
    files: nodeFiles,
    page: fileURLToPath(page),
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    onStop(listener) {
      for (const signal of signals) process.on(signal, listener);
      return () => {
        for (const signal of signals) process.off(signal, listener);
      };
    },
    processes: systemProcesses(),
    startHeartbeat,
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    environment: {
      runtime: `node ${process.version}`,
      platform: process.platform,
      architecture: process.arch,
    },
  };
}

const codeOf = (error: Error | undefined) => (error as NodeJS.ErrnoException | undefined)?.code;
