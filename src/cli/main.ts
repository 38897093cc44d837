import { Command, CommanderError } from 'commander';
import { software } from '../export/software.ts';
import { SceneError } from '../scene/error.ts';
import { isNonFiniteState } from '../simulation/non-finite.ts';
import { commands } from './commands.ts';
import { fileReason } from './files.ts';
import type { Io } from './io.ts';
import { oneLine } from './one-line.ts';
import { UserError } from './user-error.ts';

/** Exit status of a command that could not be carried out as given. */
const badInput = 2;

/** What is outside the command line. Without a catalogue the standard one is loaded, for the commands that read scenes. */
export type OuterIo = Omit<Io, 'catalogue' | 'extensionFiles'> & Partial<Pick<Io, 'catalogue'>>;

/**
 * The command line. Returns the exit status: 0 done; 1 a replay that differs or a file that is not valid; 2 an error that the
 * person can correct (one line on `err` describes it); 129, 130 and 143 stopped from outside.
 * @param args what follows the program's name
 */
export async function main(args: readonly string[], io: OuterIo): Promise<number> {
  let status = 0;
  try {
    const program = await describeProgram(args, io, (result) => {
      status = result;
    });
    await program.parseAsync([...args], { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0;
      if (error.code === 'commander.help') return badInput;
      const hint = /did you mean/i.test(error.message) ? '' : '; upslope --help lists all commands';
      io.err(`upslope: ${oneLine(error.message.replace(/^error: /, '').replace(/\.$/, ''))}${hint}\n`);
      return badInput;
    }
    if (isNonFiniteState(error)) {
      io.err(`upslope: ${oneLine(error.message)}\n`);
      return 1;
    }
    // By its name: its class belongs to the kernels, which most commands do without.
    if (error instanceof Error && error.name === 'ThreadError') {
      io.err(`upslope: ${oneLine(error.message)}; run it again with --threads 1\n`);
      return 1;
    }
    const message = messageForThePerson(error);
    if (message === undefined) throw error;
    io.err(`upslope: ${oneLine(message)}\n`);
    return badInput;
  }
}

/** The message for an error that the person can correct; undefined for a fault of the program. */
function messageForThePerson(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof UserError || error instanceof SceneError || fileReason(error) !== undefined) return error.message;
  if (error.message.startsWith('no memory for ')) return error.message;
  // What runtimes report when memory is short for an array, a buffer, a text or WebAssembly's memory.
  if (!(error instanceof RangeError && /allocat|(array|buffer|string) length/i.test(error.message))) return undefined;
  const advice = 'lower the capacity or the number of founders, or use a machine with more memory';
  return `not enough memory for a world of this size (${error.message}); ${advice}`;
}

/** The program as help shows it. Only the command that is given is loaded, with its arguments and flags. */
async function describeProgram(args: readonly string[], outer: OuterIo, done: (status: number) => void): Promise<Command> {
  const program = new Command('upslope')
    .description('Watch populations of small neural policies evolve. Runs scenes and writes their history as files.')
    .version(`${software.name} ${software.version}`, '--version', 'show the version')
    .helpOption('-h, --help', 'show this help')
    .addHelpText('after', '\nupslope help COMMAND shows the arguments and flags of a command.')
    .configureOutput({ writeOut: outer.out, writeErr: outer.err, outputError: () => {} })
    .exitOverride();
  // `help run` shows what `run --help` shows.
  const given = args.find((arg) => !arg.startsWith('-') && arg !== 'help');
  for (const { name, description, load } of commands) {
    const command = program.command(name).description(description).exitOverride();
    if (name !== given) continue;
    const [{ command: module }, { withExtensions }] = await Promise.all([load(), import('./with-extensions.ts')]);
    module.describe(command, withExtensions(command, module, outer), done);
  }
  return program;
}
