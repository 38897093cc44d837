import { randomBytes } from 'node:crypto';
import process from 'node:process';
import { nodeFiles } from './files.ts';
import type { Io, StopSignal } from './io.ts';
import { startHeartbeat } from './ownership/heartbeat.ts';
import { systemProcesses } from './ownership/processes.ts';

const signals: readonly StopSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** The real terminal, disk and clock. */
export function nodeIo(): Io {
  // A reader that goes away (`upslope mechanisms | head`) is no error of ours.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    terminal: process.stderr.isTTY === true,
    columns: () => process.stderr.columns || 80,
    now: () => performance.now(),
    randomBytes: (count) => randomBytes(count),
    files: nodeFiles,
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
