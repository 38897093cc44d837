import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { CommandModule } from './command.ts';
import { plainText, wholeNumber } from './flags.ts';
import type { Io } from './io.ts';
import type { OuterIo } from './main.ts';
import { UserError } from './user-error.ts';

/** Most threads without being asked for more: only two cores have been measured. */
const mostThreads = 16;

/**
 * Gives a command the flag for extensions, or an error that says why it has none, and the flag for threads if it steps one world.
 * @returns what the command reads. The catalogue, which takes a third of a start, is loaded when the command begins, with its extensions
 */
export function withExtensions(command: Command, { reads, stepsOneWorld = false }: CommandModule, outer: OuterIo): Io {
  const io = { ...outer, extensionFiles: [] } as Omit<Io, 'catalogue'> as Io;
  if (reads === 'landscapes') {
    command.addOption(
      new Option('--extension <module>').hideHelp().argParser(() => {
        throw new UserError(`${command.name()} takes no extension: it is about the standard landscapes; leave out --extension`);
      }),
    );
  } else if (reads === 'worlds') {
    command.option(
      '--extension <module>',
      'module of an extension, whose mechanisms, senses, probes, patterns and habitats scenes can name; may be given several times',
      (path, before?: readonly string[]) => [...(before ?? []), plainText(path)],
    );
  }
  if (stepsOneWorld) {
    command.option(
      '--threads <n>',
      'threads that share the work of the world; the result is the same (default: the number of cores, at most 16)',
      wholeNumber(1, 64),
    );
  }
  if (reads === 'texts') return io;
  command.hook('preAction', async () => {
    const { extension = [], threads }: { extension?: readonly string[]; threads?: number } = command.opts();
    if (stepsOneWorld) {
      const { worldThreads } = await import('./world-threads.ts');
      Object.assign(io, { threads: worldThreads(threads ?? Math.min(mostThreads, availableParallelism())) });
    }
    if (extension.length === 0 && outer.catalogue) return;
    const { loadCatalogue } = await import('./load-extension.ts');
    const catalogue = await loadCatalogue(extension);
    Object.assign(io, { catalogue, extensionFiles: extension.map((file) => resolve(file)) });
  });
  return io;
}
