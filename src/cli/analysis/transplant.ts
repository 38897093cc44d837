import type { LocusSegment } from '../../analysis/assay/locus-segments.ts';
import {
  pairNearest,
  transplantContests,
  transplantSeed,
  transplantSegments,
  usualSegments,
} from '../../analysis/transplant/transplant.ts';
import {
  showEffect,
  type TransplantReport,
  transplantContestRows,
  transplantContestTable,
  transplantEffects,
  transplantRows,
  transplantSentences,
  transplantTable,
} from '../../experiment/describe-transplant.ts';
import { drawTransplant } from '../../experiment/transplant-figure.ts';
import { FormatError } from '../../export/validate/format-error.ts';
import type { GenomeLayout } from '../../genome/layout.ts';
import { suggest } from '../../parameter/nearest.ts';
import { showText } from '../../parameter/show.ts';
import { mostTicks, nameList, outDirectory, plainText, wholeNumber } from '../flags.ts';
import type { Io } from '../io.ts';
import { readHistory } from '../read-history.ts';
import { parquetOf, writeResults } from '../result-files.ts';
import { seedText } from '../setting-flags.ts';
import { tableLines } from '../table-lines.ts';
import { UserError } from '../user-error.ts';
import type { AnalysisCommand } from './analysis-command.ts';
import { fossilsOf, type KeptFossil, nameFossil, placeGenomes } from './fossil-genomes.ts';
import { holdContests } from './hold-contests.ts';

/** Flags of `upslope transplant`; undefined where not given. */
export interface TransplantFlags {
  readonly population?: string;
  readonly from?: number;
  readonly to?: number;
  readonly segments?: readonly string[];
  readonly pairs?: number;
  readonly ticks?: number;
  readonly replicates?: number;
  readonly seed?: string;
  readonly jobs?: number;
  readonly out?: string;
}

const usual = { pairs: 6, ticks: 1000, replicates: 4 };

/** `upslope transplant`: later loci of fossils in earlier genomes, and earlier ones in later genomes, against the genomes as they were. */
export async function transplantCommand(io: Io, directory: string, flags: TransplantFlags): Promise<number> {
  const shown = showText(directory, 200);
  const run = await readHistory(io, directory, ['genomes']);
  try {
    const { ticks = usual.ticks, replicates = usual.replicates, seed = '1' } = flags;
    const { scene, population, fossils } = await fossilsOf(io, run, directory, flags.population);
    const pairs = pairFossils(fossils, shown, population, flags);
    const { layout, ploidy, genomes } = placeGenomes(
      scene,
      population,
      pairs.flatMap(({ earlier, later }) => [earlier, later]),
    );
    const slots = layout.loci.map(({ slot }) => slot);
    const segments = chooseSegments(layout, slots, flags.segments, shown, population);
    const contests = pairs.flatMap((_, pair) =>
      Array.from({ length: replicates }, (__, replicate) => {
        const both = { earlier: genomes[2 * pair], later: genomes[2 * pair + 1] };
        return transplantContests(both, segments, { ploidy, stride: layout.stride, slots }).map((one) => ({
          ...one,
          pair,
          replicate,
        }));
      }).flat(),
    );
    const what = `transplant: ${pairs.length} pairs of fossils of ${population}, ${segments.length} segments, ${replicates} replicates, ${contests.length} contests of ${ticks} ticks`;
    const worlds = contests.map(({ pair, replicate, first, second }) => ({
      seed: transplantSeed(seed, pair, replicate),
      first,
      second,
    }));
    const outcomes = await holdContests(io, { scene, population, ticks, jobs: flags.jobs }, worlds, what);
    if (typeof outcomes === 'number') return outcomes;
    const named = pairs.map(({ earlier, later }) => ({ earlier: nameFossil(earlier), later: nameFossil(later) }));
    const report: TransplantReport = {
      population,
      ticks,
      replicates,
      pairs: named,
      loci: slots.length,
      segments: segments.map(({ name, loci }) => ({ name, loci: loci.length })),
      outcomes: contests.map(({ pair, replicate, segment, background }, k) => ({
        ...{ pair, replicate, segment: segment?.name ?? '', background },
        ...outcomes[k],
      })),
    };
    if (flags.out !== undefined) {
      const { hash } = run.history.provenance;
      const about = { command: 'transplant', run: hash, population, pairs: named, ticks, replicates, seed };
      await writeResults(io, flags.out, {
        'transplant.parquet': parquetOf(transplantTable, transplantRows(report), about),
        'transplant_contests.parquet': parquetOf(transplantContestTable, transplantContestRows(report), about),
        'transplant.svg': `${drawTransplant(report, { width: 640, height: 300, ink: '#222', faint: '#8888' })}\n`,
      });
    }
    io.out(describeTransplant(report));
    return 0;
  } catch (error) {
    if (error instanceof FormatError) throw new UserError(`${shown}: ${error.message}; for details: upslope validate ${shown}`);
    throw error;
  } finally {
    run.close();
  }
}

/** The fossils that are nearest to two ticks, the k-th earlier with the k-th later. */
function pairFossils(
  fossils: readonly KeptFossil[],
  shown: string,
  population: string,
  { from, to, pairs: wanted }: TransplantFlags,
): readonly { readonly earlier: KeptFossil; readonly later: KeptFossil }[] {
  if (fossils.length < 2) {
    throw new UserError(
      `${shown} keeps ${fossils.length} fossils of ${population}; a transplant needs two; set record.fossils to keep more`,
    );
  }
  const [start, end] = [from ?? fossils[0].tick, to ?? (fossils.at(-1) as KeptFossil).tick];
  if (start >= end) throw new UserError(`--from ${start} is not before --to ${end}; give an earlier and a later tick`);
  const pairs = wanted ?? Math.min(usual.pairs, Math.floor(fossils.length / 2));
  const found = pairNearest(fossils, start, end, pairs);
  if (found) return found;
  throw new UserError(
    `${shown} keeps ${fossils.length} fossils of ${population}, too few for ${pairs} pairs: those nearest to tick ${start} and to tick ${end} overlap; give fewer --pairs or ticks further apart`,
  );
}

/** Segments by name; by default policy and traits, or all of which genomes consist. */
function chooseSegments(
  layout: GenomeLayout,
  slots: readonly number[],
  names: readonly string[] | undefined,
  shown: string,
  population: string,
): readonly LocusSegment[] {
  const all = transplantSegments(layout, slots);
  const known = all.map(({ name }) => name);
  if (names) {
    for (const name of names) {
      if (known.includes(name)) continue;
      if (known.length === 0) throw new UserError(`genomes of ${population} in ${shown} are one segment; leave out --segments`);
      throw new UserError(`there is no segment '${showText(name)}' in genomes of ${population}; ${suggest(name, known)}`);
    }
    return all.filter(({ name }) => names.includes(name));
  }
  if (all.length > 0) return usualSegments(all);
  throw new UserError(`genomes of ${population} in ${shown} are one segment; a transplant needs two: use upslope tournament`);
}

function describeTransplant(report: TransplantReport): string {
  const { population, ticks, replicates, pairs, segments } = report;
  const ticksOf = (which: 'earlier' | 'later') => {
    const all = pairs.map((pair) => pair[which].tick);
    return all[0] === all.at(-1) ? `tick ${all[0]}` : `ticks ${all[0]} to ${all.at(-1)}`;
  };
  const effects = transplantEffects(report);
  const cell = (segment: string, effect: string) => {
    const found = effects.find((one) => one.segment === segment && one.effect === effect);
    return found ? showEffect(found.interval) : '';
  };
  const heads = ['segment', 'loci', 'in earlier genomes', 'in later genomes', 'mean', 'later less earlier'];
  const rows = segments.map(({ name, loci }) => [
    name,
    String(loci),
    ...['earlier', 'later', 'mean', 'interaction'].map((effect) => cell(name, effect)),
  ]);
  const interval = effects.some((one) => !Number.isNaN(one.interval.low)) ? ' (95 % interval, each separately)' : '';
  return `${[
    `transplant of ${population}: ${pairs.length} fossils of ${ticksOf('earlier')} and of ${ticksOf('later')}, in pairs, ${replicates} worlds of ${ticks} ticks each`,
    `log ratio of descendants of later loci to earlier ones, mean over pairs${interval}`,
    ...tableLines([heads, ...rows], 1),
    `whole genome, later against earlier: ${cell('', 'whole')}`,
    ...transplantSentences(report),
  ].join('\n')}\n`;
}

/** `upslope transplant`, with its flags. */
export const command: AnalysisCommand = {
  reads: 'worlds',
  tables: [transplantTable, transplantContestTable],
  describe: (command, io, done) =>
    command
      .argument('<run>', 'directory of a finished run', plainText)
      .option('--population <name>', 'name of the population (default: the first)', plainText)
      .option('--from <tick>', 'earlier fossils are those nearest to this tick (default: the first)', wholeNumber(0, mostTicks))
      .option('--to <tick>', 'later fossils are those nearest to this tick (default: the last)', wholeNumber(0, mostTicks))
      .option('--segments <names>', 'segments of the genome, as assay names them (default: policy,traits)', nameList)
      .option(
        '--pairs <n>',
        'pairs of an earlier and a later fossil; five or more have intervals (default: 6)',
        wholeNumber(1, 1000),
      )
      .option('--ticks <n>', 'ticks of a contest (default: 1000)', wholeNumber(1, mostTicks))
      .option('--replicates <n>', 'worlds of each pair (default: 4)', wholeNumber(1, 10_000))
      .option('--seed <seed>', 'any text; the same seed makes the same contests (default: 1)', seedText)
      .option('--jobs <n>', 'number of parallel threads (default: the number of cores)', wholeNumber(1, 1024))
      .option('--out <directory>', 'also write transplant.parquet, transplant_contests.parquet and a figure there', outDirectory)
      .action(async (directory: string, flags: TransplantFlags) => done(await transplantCommand(io, directory, flags))),
};
