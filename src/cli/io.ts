import type { ThreadHost } from '../kernel/threads/crew.ts';
import type { Catalogue } from '../simulation/catalogue.ts';
import type { Files } from './files.ts';
import type { Processes } from './ownership/processes.ts';

/** Everything the command line touches outside itself. */
export interface Io {
  /** Results go here. */
  out(text: string): void;
  /** Progress and errors go here. */
  err(text: string): void;
  /** True when `err` is a terminal whose line can be rewritten. */
  readonly terminal: boolean;
  /** Width of that terminal, characters. */
  columns(): number;
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  /** Bytes of true randomness, for generated seeds. */
  randomBytes(count: number): Uint8Array;
  readonly files: Files;
  /** What scenes can name: the standard, and the extensions that the command was given. */
  readonly catalogue: Catalogue;
  /** Paths of the modules of these extensions, absolute: threads and jobs load them again. */
  readonly extensionFiles: readonly string[];
  /** Threads of a single world, for commands that step one. */
  readonly threads?: ThreadHost;
  /** Folder of the built page. */
  readonly page: string;
  /** Lets signals and timers run. */
  breathe(): Promise<void>;
  /** Calls back at each request to stop; the returned function ends that. */
  onStop(listener: (signal: StopSignal) => void): () => void;
  /** This process, and what is known of others. */
  readonly processes: Processes;
  /** Lets a lock of this process beat, also while this thread computes; the returned function ends that. */
  startHeartbeat(path: string, token: string): () => void;
  sleep(milliseconds: number): Promise<void>;
  /** What provenance records of machine and runtime. */
  readonly environment: Readonly<Record<string, string>>;
}

/** A request to stop: from the keyboard, from outside, or because the terminal is gone. */
export type StopSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/** Exit status by the signal that ended the program, as in shells. */
export const stopStatus: Readonly<Record<StopSignal, number>> = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
