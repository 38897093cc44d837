import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { Command, CommanderError, Option } from 'commander';
import { branchings, treeSubjects } from '../export/format-list.ts';
import { genomeChoices, software } from '../export/index.ts';
import { SceneError } from '../scene/error.ts';
import { isNonFiniteState } from '../simulation/non-finite.ts';
import { analysisCommands } from './analysis/index.ts';
import { describeCompare } from './compare/command.ts';
import { type ExportFlags, exportRun } from './export-run.ts';
import { fileReason } from './files.ts';
import {
  collectScheduled,
  collectSetting,
  formatNames,
  mostTicks,
  nameList,
  outDirectory,
  plainText,
  sampleChoice,
  seedText,
  wholeNumber,
} from './flags.ts';
import type { Io } from './io.ts';
import { describeLab } from './lab/command.ts';
import { type LessonFlags, lesson, listLessons } from './lessons.ts';
import { listFormats, listMechanisms, listScenes } from './list.ts';
import { loadCatalogue } from './load-extension.ts';
import { oneLine } from './one-line.ts';
import { defaultEvery, type RunFlags } from './plan-run.ts';
import { replay } from './replay.ts';
import { run } from './run.ts';
import { type ServeFlags, serve, usualPort } from './serve/serve.ts';
import { describeSweep } from './sweep/command.ts';
import { seedsChoice } from './sweep/sweep-flags.ts';
import { describeTrees, type TreeFlags } from './tree.ts';
import { UserError } from './user-error.ts';
import { validate } from './validate.ts';
import { worldThreads } from './world-threads.ts';

/** Exit status of a command that could not be carried out as given. */
const badInput = 2;

/**
 * The command line. Returns the exit status: 0 done; 1 a replay that differs or a file that is not valid; 2 an error that the
 * person can correct (one line on `err` describes it); 129, 130 and 143 stopped from outside.
 * @param args what follows the program's name
 */
export async function main(args: readonly string[], io: Io): Promise<number> {
  let status = 0;
  const program = describeCommands(io, (result) => {
    status = result;
  });
  try {
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

function describeCommands(outside: Io, done: (status: number) => void): Command {
  // What a command reads; extensions are put into its catalogue before it begins.
  const io = { ...outside };
  const program = new Command('upslope')
    .description('Watch populations of small neural policies evolve. Runs scenes and writes their history as files.')
    .version(`${software.name} ${software.version}`, '--version', 'show the version')
    .helpOption('-h, --help', 'show this help')
    .configureOutput({ writeOut: io.out, writeErr: io.err, outputError: () => {} })
    .exitOverride()
    .hook('preAction', async (_program, action) => {
      const { extension, threads }: { extension?: readonly string[]; threads?: number } = action.opts();
      if (action.options.includes(threadsOption)) Object.assign(io, { threads: worldThreads(threads ?? availableParallelism()) });
      if (extension === undefined) return;
      const extensionFiles = extension.map((file) => resolve(file));
      Object.assign(io, { catalogue: await loadCatalogue(extension), extensionFiles });
    });
  const threadsOption = new Option(
    '--threads <n>',
    'threads that share the work of the world; the result is the same (default: the number of cores)',
  ).argParser(wholeNumber(1, 64));
  const command = (name: string, description: string) => program.command(name).description(description).exitOverride();
  /** A command about landscapes alone, which are not part of a catalogue. */
  const landscapeCommand = (name: string, description: string) =>
    command(name, description).addOption(
      new Option('--extension <module>').hideHelp().argParser(() => {
        throw new UserError(`${name} takes no extension: it is about the standard landscapes; leave out --extension`);
      }),
    );
  /** A command that reads scenes, or what was made of them. */
  const worldCommand = (name: string, description: string) =>
    command(name, description).option(
      '--extension <module>',
      'module of an extension, whose mechanisms, senses, probes, patterns and habitats scenes can name; may be given several times',
      (path, before?: readonly string[]) => [...(before ?? []), plainText(path)],
    );

  worldCommand('run', 'run a scene and write its history')
    .argument('[scene]', 'name of a scene, or a file; optional with --resume', plainText)
    .option('--seed <seed>', 'any text; the same seed makes the same run (default: a new one, which is recorded)', seedText)
    .option('--ticks <n>', 'ticks to make (default: as in the scene)', wholeNumber(1, mostTicks))
    .option('--out <directory>', 'directory for the files; must be empty or missing (default: runs/SCENE-SEED)', outDirectory)
    .option('--set <path=value>', 'change a parameter before tick 0; may be given several times', collectSetting)
    .option('--at <tick:path=value>', 'change a live parameter at a tick; may be given several times', collectScheduled)
    .option('--every <k>', `ticks between samples (default: ${defaultEvery})`, wholeNumber(1, mostTicks))
    .option('--csv', 'also write CSV')
    .addOption(new Option('--genomes <whose>', 'whose genomes organisms.parquet holds (default: living)').choices(genomeChoices))
    .option(
      '--checkpoint <ticks>',
      'ticks between checkpoints, which are made at samples (default: as often as possible for under 2 % of the time)',
      wholeNumber(1, mostTicks),
    )
    .option(
      '--snapshots <k>',
      'keep a snapshot of the world every k ticks, from which climb and assay can begin, and which the page opens',
      wholeNumber(1, mostTicks),
    )
    .addOption(threadsOption)
    .option('--resume', 'continue the stopped run in --out')
    .action(async (scene: string | undefined, flags: RunFlags) => done(await run(io, scene, flags)));

  worldCommand('serve', 'serve the page on this machine, and a run to open in it')
    .argument('[run]', 'directory of a run, finished or not (default: the page opens on the meadow)', plainText)
    .option('--port <n>', `port (default: ${usualPort}, or the next free one)`, wholeNumber(1, 65_535))
    .option('--open', 'open the page in the browser')
    .action(async (directory: string | undefined, flags: ServeFlags) => done(await serve(io, directory, flags)));

  worldCommand('replay', 'replay a run from its provenance and compare final hashes')
    .argument('<provenance.json>', 'provenance of a run, beside its tables', plainText)
    .option('--out <directory>', 'also write the history again, into this directory; must be empty or missing', outDirectory)
    .addOption(threadsOption)
    .action(async (path: string, { out }: { out?: string }) => done(await replay(io, path, out)));

  worldCommand('export', 'write a finished run in the formats of other tools')
    .argument('<run>', 'directory of a finished run', plainText)
    .requiredOption('--format <names>', 'formats separated by commas, or all; they are listed below', formatNames)
    .requiredOption('--out <directory>', 'directory for the files; must be empty or missing', outDirectory)
    .addOption(
      new Option(
        '--of <subject>',
        'trees of species or of organisms, in newick, nexus and extended-newick (default: both)',
      ).choices(treeSubjects),
    )
    .option(
      '--sample <whose>',
      'history of all organisms, of the living, or of this number of the living (default: all)',
      sampleChoice,
    )
    .addOption(
      new Option(
        '--branching <where>',
        'place of a child in a tree: on its parent’s line (budding) or at the parent’s origin; in newick and nexus only (default: budding)',
      ).choices(branchings),
    )
    .option(
      '--collapse',
      'join tree nodes with a single child to that child; in newick and nexus only (default: with --sample, and in trees of one tip)',
    )
    .option('--no-collapse', 'keep all tree nodes with a single child')
    .option(
      '--subtree-depth <n>',
      'cut trees into subtrees of at most this many branches from root to tip, with a table that joins them; in newick and nexus only',
      wholeNumber(1, mostTicks),
    )
    .option(
      '--sites <names>',
      'loci and segments whose mutations are sites, in tskit and trees only (default: all loci); needs a run with --genomes all',
      nameList,
    )
    .addHelpText('after', () => `\nFormats:\n${listFormats()}`)
    .action(async (directory: string, flags: ExportFlags) => done(await exportRun(io, directory, flags)));

  worldCommand('tree', 'describe the trees of a finished run: species, and the genealogy of a sample of the living')
    .argument('<run>', 'directory of a finished run', plainText)
    .option('--sample <n>', 'number of organisms whose genealogy is described (default: 100)', wholeNumber(2, 1_000_000))
    .option('--json', 'print all results as JSON, lineages through time included')
    .action(async (directory: string, flags: TreeFlags) => done(await describeTrees(io, directory, flags)));

  for (const analysis of analysisCommands) {
    const { name, description, ofWorlds } = analysis;
    analysis.describe(ofWorlds ? worldCommand(name, description) : landscapeCommand(name, description), io, done);
  }

  worldCommand('validate', 'check that folders are as they were written, and that files follow the rules of their formats')
    .argument('<file...>', 'files, or directories of runs and exports', (path, before?: readonly string[]) => [
      ...(before ?? []),
      plainText(path),
    ])
    .action(async (paths: readonly string[]) => done(await validate(io, paths)));

  describeSweep(worldCommand('sweep', 'make many runs: combinations of parameters, several seeds each'), io, done);

  describeCompare(worldCommand('compare', 'compare matched worlds with and without a mechanism'), io, done);

  describeLab(landscapeCommand('lab', 'follow a model of selection on a landscape against its exact gradient'), io, done);

  command('lesson', 'check a lesson, make its worlds and print what its checks measure')
    .argument('[lesson]', 'name of a lesson, or a file (default: lists the lessons)', plainText)
    .option('--seeds <seeds>', 'a range such as 1..10, or seeds separated by commas (default: that of the lesson)', seedsChoice)
    .option('--json', 'print as JSON, with the value of every world')
    .action((name: string | undefined, flags: LessonFlags) =>
      name === undefined ? io.out(listLessons()) : done(lesson(io, name, flags)),
    );
  worldCommand('scenes', 'list the scenes').action(() => io.out(listScenes(io.catalogue)));
  worldCommand('mechanisms', 'list mechanisms, habitats, senses, patterns of ground and probes').action(() =>
    io.out(listMechanisms(io.catalogue)),
  );
  return program;
}
