import { pairwiseInvasibility, singularPoints } from '../../analysis/lab/invasion.ts';
import {
  type InvasionReport,
  invasionRows,
  invasionSentences,
  invasionTable,
  singularRows,
  singularTable,
} from '../../experiment/describe-invasion.ts';
import { drawInvasion } from '../../experiment/invasion-figure.ts';
import { landscapeForms, makeLandscape } from '../../habitat/landscape/forms.ts';
import { suggest } from '../../parameter/nearest.ts';
import { showText } from '../../parameter/show.ts';
import { mostTicks, outDirectory, plainText, realNumber, wholeNumber } from '../flags.ts';
import type { Io } from '../io.ts';
import { parquetOf, writeResults } from '../result-files.ts';
import { collectSetting, type Setting, seedText } from '../setting-flags.ts';
import { UserError } from '../user-error.ts';
import type { AnalysisCommand } from './analysis-command.ts';

/** Flags of `upslope invasion`; undefined where not given. */
export interface InvasionFlags {
  readonly set?: readonly Setting[];
  readonly from?: number;
  readonly to?: number;
  readonly points?: number;
  readonly time?: number;
  readonly seed?: string;
  readonly out?: string;
}

/** `upslope invasion`: the pairwise invasibility plot and the singular points of a landscape of one trait. Returns the exit status. */
export async function invasionCommand(io: Io, landscape: string | undefined, flags: InvasionFlags): Promise<number> {
  const { set = [], from = -2, to = 2, points = 81, time = 0, seed = '1', out } = flags;
  const forms = landscapeForms().map(({ id }) => id);
  if (landscape === undefined) throw new UserError(`the landscape is missing; give one of ${forms.join(', ')}`);
  if (!forms.includes(landscape)) {
    throw new UserError(`there is no landscape '${showText(landscape)}'; ${suggest(landscape, forms)}`);
  }
  if (from >= to) throw new UserError(`--from must be below --to (got ${from} and ${to})`);
  const parameters = Object.fromEntries(set.map(({ path, value }) => [path, value]));
  const range = { from, to, points, time, seed };
  const told = study(landscape, parameters, range);
  if (out !== undefined) {
    const about = { command: 'invasion', landscape, parameters, ...range };
    await writeResults(io, out, {
      'invasion.parquet': parquetOf(invasionTable, invasionRows(told), about),
      'singular.parquet': parquetOf(singularTable, singularRows(told), about),
      'invasion.svg': `${drawInvasion(told, { width: 480, height: 480, ink: '#222', faint: '#8888' })}\n`,
    });
  }
  const number = (value: number) => value.toPrecision(4).padStart(11);
  io.out(
    `${[
      `invasion on ${landscape}, traits ${from} to ${to}`,
      ...(told.points.length > 0 ? ['      trait  mutant curv.  gradient slope'] : []),
      ...told.points.map(
        (point) => `${number(point.trait)}    ${number(point.mutantCurvature)}     ${number(point.gradientSlope)}`,
      ),
      ...invasionSentences(told),
    ].join('\n')}\n`,
  );
  return 0;
}

function study(
  landscape: string,
  parameters: Readonly<Record<string, unknown>>,
  { from, to, points, time, seed }: Required<Omit<InvasionFlags, 'set' | 'out'>>,
): InvasionReport {
  try {
    const made = makeLandscape(landscape, 1, parameters, seed);
    return {
      landscape,
      plot: pairwiseInvasibility(made, from, to, points, time),
      points: singularPoints(made, from, to, points, { time }),
    };
  } catch (error) {
    // Errors of the landscape: wrong parameters, or more than one trait.
    if (error instanceof RangeError) throw new UserError(error.message);
    throw error;
  }
}

/** `upslope invasion`, with its flags. */
export const command: AnalysisCommand = {
  reads: 'landscapes',
  tables: [invasionTable, singularTable],
  describe: (command, io, done) =>
    command
      .argument('[landscape]', 'name of a landscape of one locus, for example competition or hawk-dove', plainText)
      .option('--set <name=value>', 'a parameter of the landscape; may be given several times', collectSetting)
      .option('--from <trait>', 'lowest trait, locus units (default: -2)', realNumber)
      .option('--to <trait>', 'highest trait (default: 2)', realNumber)
      .option('--points <n>', 'number of traits between them (default: 81)', wholeNumber(3, 1001))
      .option('--time <generations>', 'time on a changing landscape (default: 0)', wholeNumber(0, mostTicks))
      .option('--seed <seed>', 'seed of the random parts of the landscape (default: 1)', seedText)
      .option('--out <directory>', 'also write invasion.parquet, singular.parquet and invasion.svg there', outDirectory)
      .action(async (landscape: string | undefined, flags: InvasionFlags) => done(await invasionCommand(io, landscape, flags))),
};
