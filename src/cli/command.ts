import type { Command } from 'commander';
import type { Io } from './io.ts';

/** A command that has been loaded: its arguments, its flags, and what it does. */
export interface CommandModule {
  /** What it reads: worlds take extensions, the standard landscapes and lessons do not; texts need no catalogue either. */
  readonly reads: 'worlds' | 'landscapes' | 'lessons' | 'texts';
  /** Whether it steps one world, whose work threads can share: it then has the flag for their number. */
  readonly stepsOneWorld?: boolean;
  /** Describes arguments, flags and what is done. @param done is given the exit status */
  describe(command: Command, io: Io, done: (status: number) => void): void;
}

/** A command as it is listed. Its module is loaded when the command is given: help and other commands start without it. */
export interface ListedCommand<M extends CommandModule = CommandModule> {
  readonly name: string;
  readonly description: string;
  readonly load: () => Promise<{ readonly command: M }>;
}
