import { InvalidArgumentError } from 'commander';
import { ratesTable, rivalContestsTable, rivalLociTable, worthTable } from '../../../experiment/rivals-tables.ts';
import { FormatError } from '../../../export/validate/format-error.ts';
import { showText } from '../../../parameter/show.ts';
import { mostTicks, outDirectory, plainText, wholeNumber } from '../../flags.ts';
import type { Io } from '../../io.ts';
import { UserError } from '../../user-error.ts';
import type { AnalysisCommand } from '../analysis-command.ts';
import { chooseSegments } from '../choose-segments.ts';
import { ForkFolder, writeForkResults } from '../fork-store.ts';
import { gradientOptions } from '../gradient-options.ts';
import { findPopulation, openGivenWorld, worldArguments } from '../open-assayed-world.ts';
import { compareRivals } from './compare-rivals.ts';
import { ask, firstTick, type WhyFlags } from './question.ts';
import { describeRivals, whyFiles } from './why-files.ts';

/** `upslope why`: two clades or species of an interval side by side, what their difference is worth, and what contests say. Returns the exit status. */
export async function whyCommand(io: Io, given: string, flags: WhyFlags): Promise<number> {
  if (flags.species && (flags.winner !== undefined || flags.loser !== undefined))
    throw new UserError('--species is for species, --winner and --loser for clades; leave out one of them');
  const world = openGivenWorld(io, given, flags, (end) => firstTick(flags, end), flags.from === undefined ? [] : ['from']);
  const { simulation } = world;
  try {
    const population = findPopulation(simulation, flags.population);
    const asked = ask(world, given, flags, population.name);
    const segments = chooseSegments(population, flags.segments);
    const folder = ForkFolder.of(io, flags);
    const report = await compareRivals(io, world, population, segments, asked, flags, folder);
    if (typeof report === 'number') return report;
    const question = {
      given,
      set: flags.set ?? [],
      ...asked,
      segments: segments.map(({ name }) => name),
      kind: report.kind,
      winner: report.winner.id,
      loser: report.loser.id,
    };
    if (folder) await writeForkResults(folder, whyFiles(io, report, question));
    io.out(describeRivals(report));
    return 0;
  } finally {
    simulation.dispose();
  }
}

/** Two numbers of species. */
function speciesPair(text: string): readonly [number, number] {
  const numbers = text.split(',').map(wholeNumber(0, 999_999_999));
  const [winner, loser] = numbers;
  if (numbers.length !== 2 || winner === loser)
    throw new InvalidArgumentError(`give two species, the winner first, as in 4,2, not '${showText(text)}'.`);
  return [winner, loser];
}

const organismId = wholeNumber(0, 999_999_999_999);

/** `upslope why`, with its flags. */
export const command: AnalysisCommand = {
  reads: 'worlds',
  tables: [ratesTable, worthTable, rivalLociTable, rivalContestsTable],
  provenance: {
    format: 'provenance of a comparison of rivals',
    check({ seed, population, from, to, kind, winner, loser }, path) {
      if (typeof seed !== 'string') throw new FormatError(`${path}, seed`, 'is not a text');
      if (!Number.isInteger(from) || !Number.isInteger(to)) throw new FormatError(`${path}, from or to`, 'is not a whole number');
      if (typeof population !== 'string') throw new FormatError(`${path}, population`, 'is not a text');
      return `${population}, ${kind} ${winner} against ${loser}, ticks ${from} to ${to}, seed ${seed}`;
    },
  },
  describe: (command, io, done) =>
    gradientOptions(
      worldArguments(command, 'comparison')
        .option('--population <name>', 'name of the population (default: the first)', plainText)
        .option(
          '--from <tick>',
          'start of the interval (default: of a scene 5000, or 2000 before its end if that is earlier; of a run 2000 before its end)',
          wholeNumber(0, mostTicks),
        )
        .option('--to <tick>', 'its end (default: 2000 ticks later)', wholeNumber(1, mostTicks))
        .option('--age <ticks>', 'age of clades at the start (default: 2000)', wholeNumber(0, mostTicks))
        .option(
          '--winner <organism>',
          'an organism of the start or the end whose clade is the winner (default: the clade whose share rose most)',
          organismId,
        )
        .option('--loser <organism>', 'the same of the loser (default: the clade whose share fell most)', organismId)
        .option('--species <winner,loser>', 'two species of the start instead of clades', speciesPair)
        .option('--least <n>', 'fewest organisms of a clade or species at the start (default: 8)', wholeNumber(2, 1_000_000))
        .option('--forks <n>', 'perturbed forks at the start, in mirrored pairs (default: 40)', wholeNumber(4, 100_000)),
    )
      .option(
        '--pairs <n>',
        'pairs of organisms for contests in fresh worlds; 0 for none, five or more have intervals (default: 5)',
        wholeNumber(0, 1000),
      )
      .option('--contest-ticks <n>', 'ticks of a contest (default: 1000)', wholeNumber(1, mostTicks))
      .option('--jobs <n>', 'number of parallel threads (default: the number of cores)', wholeNumber(1, 1024))
      .option(
        '--out <directory>',
        'directory for tables, figures, reports and finished forks, from which the same command continues',
        outDirectory,
      )
      .action(async (world: string, flags: WhyFlags) => done(await whyCommand(io, world, flags))),
};
