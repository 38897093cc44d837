import { Command, CommanderError, Option } from 'commander';
import { branchings, treeSubjects } from '../export/format-list.ts';
import { genomeChoices, software } from '../export/index.ts';
import { SceneError } from '../scene/error.ts';
import { isNonFiniteState } from '../simulation/non-finite.ts';
import { type AnalyseFlags, analyseCommand } from './analysis/analyse.ts';
import { type AssayFlags, assayCommand } from './analysis/assay.ts';
import { type InvasionFlags, invasionCommand } from './analysis/invasion.ts';
import { type NoiseFlags, noiseCommand } from './analysis/noise.ts';
import { type PriceFlags, priceCommand } from './analysis/price.ts';
import { type TournamentFlags, tournamentCommand } from './analysis/tournament.ts';
import { describeCompare } from './compare/command.ts';
import { type ExportFlags, exportRun } from './export-run.ts';
import { fileReason } from './files.ts';
import {
  collectScheduled,
  collectSetting,
  formatNames,
  outDirectory,
  plainText,
  positiveNumber,
  realNumber,
  sampleChoice,
  seedText,
  tickList,
  wholeNumber,
} from './flags.ts';
import type { Io } from './io.ts';
import { describeLab } from './lab/command.ts';
import { listFormats, listMechanisms, listScenes } from './list.ts';
import { oneLine } from './one-line.ts';
import { defaultEvery, type RunFlags } from './plan-run.ts';
import { replay } from './replay.ts';
import { run } from './run.ts';
import { type ServeFlags, serve, usualPort } from './serve/serve.ts';
import { describeSweep } from './sweep/command.ts';
import { describeTrees, type TreeFlags } from './tree.ts';
import { UserError } from './user-error.ts';
import { validate } from './validate.ts';

/** Exit status of a command that could not be carried out as given. */
const badInput = 2;
const mostTicks = 100_000_000;

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

function describeCommands(io: Io, done: (status: number) => void): Command {
  const program = new Command('upslope')
    .description('Watch populations of small neural policies evolve. Runs scenes and writes their history as files.')
    .version(`${software.name} ${software.version}`, '--version', 'show the version')
    .helpOption('-h, --help', 'show this help')
    .configureOutput({ writeOut: io.out, writeErr: io.err, outputError: () => {} })
    .exitOverride();
  const command = (name: string, description: string) => program.command(name).description(description).exitOverride();

  command('run', 'run a scene and write its history')
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
    .option('--resume', 'continue the stopped run in --out')
    .action(async (scene: string | undefined, flags: RunFlags) => done(await run(io, scene, flags)));

  command('serve', 'serve the page on this machine, and a run to open in it')
    .argument('[run]', 'directory of a run, finished or not (default: the page opens on the meadow)', plainText)
    .option('--port <n>', `port (default: ${usualPort}, or the next free one)`, wholeNumber(1, 65_535))
    .option('--open', 'open the page in the browser')
    .action(async (directory: string | undefined, flags: ServeFlags) => done(await serve(io, directory, flags)));

  command('replay', 'replay a run from its provenance and compare final hashes')
    .argument('<provenance.json>', 'provenance of a run, beside its tables', plainText)
    .option('--out <directory>', 'also write the history again, into this directory; must be empty or missing', outDirectory)
    .action(async (path: string, { out }: { out?: string }) => done(await replay(io, path, out)));

  command('export', 'write a finished run in the formats of other tools')
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
    .addHelpText('after', () => `\nFormats:\n${listFormats()}`)
    .action(async (directory: string, flags: ExportFlags) => done(await exportRun(io, directory, flags)));

  command('tree', 'describe the trees of a finished run: species, and the genealogy of a sample of the living')
    .argument('<run>', 'directory of a finished run', plainText)
    .option('--sample <n>', 'number of organisms whose genealogy is described (default: 100)', wholeNumber(2, 1_000_000))
    .option('--json', 'print all results as JSON, lineages through time included')
    .action(async (directory: string, flags: TreeFlags) => done(await describeTrees(io, directory, flags)));

  command('analyse', 'write a report on a finished run: why its traits changed, window by window')
    .argument('<run>', 'directory of a finished run', plainText)
    .option(
      '--out <directory>',
      'directory for report.html and its tables; must be empty or missing (default: RUN/analysis)',
      outDirectory,
    )
    .option(
      '--line <id>',
      'organism of the last census whose line of descent is followed (default: the one born first)',
      wholeNumber(0, Number.MAX_SAFE_INTEGER),
    )
    .action(async (directory: string, flags: AnalyseFlags) => done(await analyseCommand(io, directory, flags)));

  command('price', 'split the change of traits between two censuses of a finished run by Price’s equation')
    .argument('<run>', 'directory of a finished run', plainText)
    .option('--trait <id>', 'one trait, also described in a sentence (default: a line for each trait)', plainText)
    .option(
      '--from <tick>',
      'census at which the window opens (default: the second; at the first every founder is a clade of its own)',
      wholeNumber(0, mostTicks),
    )
    .option('--to <tick>', 'census at which it closes (default: the last)', wholeNumber(0, mostTicks))
    .option('--population <name>', 'name of the population (default: the first)', plainText)
    .option('--out <directory>', 'also write price.parquet there', outDirectory)
    .action(async (directory: string, flags: PriceFlags) => done(await priceCommand(io, directory, flags)));

  command('assay', 'measure the gradient of fitness by forks of a world, and project selection onto it')
    .argument('<world>', 'name of a scene, a scene file, a snapshot (.upslope), or the directory of a run', plainText)
    .option('--seed <seed>', 'any text; the same seed makes the same assay (default: that of the run, or a new one)', seedText)
    .option('--set <path=value>', 'change a parameter of a scene before tick 0; may be given several times', collectSetting)
    .option('--tick <n>', 'tick of the assay (default: of a scene 5000 or its end, of a run its end)', wholeNumber(1, mostTicks))
    .option('--age <ticks>', 'age of clades at the assay (default: 2000)', wholeNumber(0, mostTicks))
    .option('--horizon <ticks>', 'ticks after which copies of loci are counted (default: 400)', wholeNumber(1, mostTicks))
    .option('--forks <n>', 'perturbed forks of the world, in mirrored pairs (default: 160)', wholeNumber(4, 100_000))
    .option('--size <s>', 'perturbation of a locus, in standard deviations of its mutation (default: 1)', positiveNumber)
    .option('--policy-size <s>', 'the same for weights of a policy (default: 2)', positiveNumber)
    .option('--population <name>', 'name of the population (default: the first)', plainText)
    .option(
      '--replays <n>',
      'unperturbed forks of each kind, bodies shuffled and bodies as they are (default: a quarter of the forks)',
      wholeNumber(2, 100_000),
    )
    .option('--jobs <n>', 'number of parallel threads (default: the number of cores)', wholeNumber(1, 1024))
    .option('--out <directory>', 'directory for tables and finished forks, from which the same command continues', outDirectory)
    .action(async (scene: string, flags: AssayFlags) => done(await assayCommand(io, scene, flags)));

  command('noise', 'measure how the steps of a world’s mean genome scatter, by forks that differ only by chance')
    .argument('<world>', 'name of a scene, a scene file, a snapshot (.upslope), or the directory of a run', plainText)
    .option('--seed <seed>', 'any text; the same seed makes the same forks (default: that of the run, or a new one)', seedText)
    .option('--set <path=value>', 'change a parameter of a scene before tick 0; may be given several times', collectSetting)
    .option(
      '--ticks <a,b,c>',
      'ticks at which the world is forked; with three or more, also how noise grows with the gradient (default: of a scene 5000 or its end, of a run its end)',
      tickList(mostTicks),
    )
    .option('--horizon <ticks>', 'ticks of a step (default: 400)', wholeNumber(1, mostTicks))
    .option('--forks <n>', 'forks of the world as it is, at each tick (default: 40)', wholeNumber(3, 100_000))
    .option('--perturbed <n>', 'perturbed forks, which give the gradient (default: the same number)', wholeNumber(2, 100_000))
    .option('--population <name>', 'name of the population (default: the first)', plainText)
    .option('--jobs <n>', 'number of parallel threads (default: the number of cores)', wholeNumber(1, 1024))
    .option(
      '--out <directory>',
      'directory for tables, the figure and finished forks, from which the same command continues',
      outDirectory,
    )
    .action(async (world: string, flags: NoiseFlags) => done(await noiseCommand(io, world, flags)));

  command('tournament', 'let the fossils of a finished run compete in fresh worlds: ratings, and the cyclic share')
    .argument('<run>', 'directory of a finished run', plainText)
    .option('--population <name>', 'name of the population (default: the first)', plainText)
    .option('--players <n>', 'number of fossils, evenly over time (default: 6)', wholeNumber(3, 64))
    .option('--ticks <n>', 'ticks of a contest (default: 1000)', wholeNumber(1, mostTicks))
    .option('--replicates <n>', 'contests of each pair (default: 6)', wholeNumber(2, 10_000))
    .option('--seed <seed>', 'any text; the same seed makes the same contests (default: 1)', seedText)
    .option('--jobs <n>', 'number of parallel threads (default: the number of cores)', wholeNumber(1, 1024))
    .option('--out <directory>', 'also write tournament.parquet there', outDirectory)
    .action(async (directory: string, flags: TournamentFlags) => done(await tournamentCommand(io, directory, flags)));

  command('validate', 'check that folders are as they were written, and that files follow the rules of their formats')
    .argument('<file...>', 'files, or directories of runs and exports', (path, before?: readonly string[]) => [
      ...(before ?? []),
      plainText(path),
    ])
    .action(async (paths: readonly string[]) => done(await validate(io, paths)));

  describeSweep(command('sweep', 'make many runs: combinations of parameters, several seeds each'), io, done);

  describeCompare(command('compare', 'compare matched worlds with and without a mechanism'), io, done);

  describeLab(command('lab', 'follow a model of selection on a landscape against its exact gradient'), io, done);

  command('invasion', 'pairwise invasibility on a landscape of one trait: where evolution rests or branches')
    .argument('[landscape]', 'name of a landscape of one locus, for example competition or hawk-dove', plainText)
    .option('--set <name=value>', 'a parameter of the landscape; may be given several times', collectSetting)
    .option('--from <trait>', 'lowest trait, locus units (default: -2)', realNumber)
    .option('--to <trait>', 'highest trait (default: 2)', realNumber)
    .option('--points <n>', 'number of traits between them (default: 81)', wholeNumber(3, 1001))
    .option('--time <generations>', 'time on a changing landscape (default: 0)', wholeNumber(0, mostTicks))
    .option('--seed <seed>', 'seed of the random parts of the landscape (default: 1)', seedText)
    .option('--out <directory>', 'also write invasion.parquet, singular.parquet and invasion.svg there', outDirectory)
    .action(async (landscape: string | undefined, flags: InvasionFlags) => done(await invasionCommand(io, landscape, flags)));

  command('scenes', 'list the scenes').action(() => io.out(listScenes()));
  command('mechanisms', 'list mechanisms, senses, patterns of ground and probes').action(() => io.out(listMechanisms()));
  return program;
}
