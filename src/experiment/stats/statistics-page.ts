// Writes docs/statistics.md from what every statistic says of itself.

import { type StatisticsGroup, statistics } from '../../analysis/stats/statistics.ts';

const headings: readonly { readonly group: StatisticsGroup; readonly title: string; readonly text: string }[] = [
  {
    group: 'genetics',
    title: 'Genetics of the living',
    text:
      'At the ticks of `--ticks`, by default the end, of a sample of `--sample` organisms. Two copies of a locus can be the same in three senses. *By value*: the bits of their numbers are equal; it needs genomes, which a run has at its end, at the ticks of ' +
      '`--snapshots`, at every tick with `--genomes all`, and with `--replay`, which makes the run again. *By mutation*: no mutation is between them and their common ancestor; it needs `--genomes all`. *By descent*: they come from one copy of a founder, ' +
      'whatever has mutated since; every run records that.',
  },
  {
    group: 'demography',
    title: 'Demography',
    text: 'Over the window from `--from` to `--to`, cut into `--windows`, from the births and deaths of all organisms.',
  },
  {
    group: 'sweeps',
    title: 'Sweeps',
    text: 'Of the whole history of a population: the origin of every copy is recorded, so that nothing is inferred from diversity. Origins are followed that had 12 % of the copies of one of 48 samples of 100 organisms, spread over the run; carriers are counted at up to 1000 ticks. With `--out` the table `sweeps` has one row for each.',
  },
  {
    group: 'quantitative',
    title: 'Quantitative genetics',
    text: 'Traits are those of `--traits`, by default all. Fitness is lifetime offspring of a cohort. Errors of selection are of the jackknife over clades: descendants, along first parents, of organisms at the earliest tick that leaves 20 of them in effect, joined to at most 40 blocks; those of heritability over families (offspring of one first parent). Intervals by Student’s t are calibrated where clades are independent (`npm run verify -- calibration`). In a world clades are neighbours too: [Checks](checks.md) has how many intervals of neutral markers of *meadow* hold 0 (`npm run verify -- stats-errors`).',
  },
  {
    group: 'trees',
    title: 'Trees through time',
    text: 'Of species, which the rule of detection makes (`record.species`): a species begins at the detection that names it, so that dates are those of detections, and other intervals or distances would give other species. Trees are those of the species that live at the end of each of `--windows`; where species merged, the line that lost its name ends. `upslope tree` describes the tree of all species, extinct ones too, and the genealogy of organisms by the same functions. Activity and MODES have a second row, of neutral shadows: the births and deaths of the run with random parents. It compares how long species last and how they share the population, not how many arise. Inside the range a value is not distinguishable from drift. The range is for one statistic of one window, without a correction: a window has six, and 20 windows have 120, of which about six lie outside by chance. All five without complexity lie inside in 86 % of 1000 neutral Moran populations.',
  },
];

/** docs/statistics.md: every statistic of `upslope stats`, as the code describes it. */
export function statisticsPage(): string {
  const parts = headings.map(({ group, title, text }) => {
    const own = statistics.filter((one) => one.group === group);
    const table = own.map(
      ({ id, title: name, symbol, unit, meaning }) =>
        `| ${name} | \`${id}\` | ${symbol} | ${unit === '' ? '1' : unit} | ${meaning} |`,
    );
    const each = own.map(
      ({ title: name, symbol, formula, source, undefinedWhen, here }) =>
        `### ${sentence(name)}, ${symbol}\n\n- Formula: ${formula}.\n- Source: ${source}.\n- Not defined: ${undefinedWhen}.\n- Here: ${here}`,
    );
    return [
      `## ${title}`,
      text,
      ['| statistic | id | symbol | unit | meaning |', '|---|---|---|---|---|', ...table].join('\n'),
      ...each,
    ].join('\n\n');
  });
  return `${['# Statistics', introduction, ...parts, further].join('\n\n')}\n`;
}

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

const introduction =
  'Written by `npm run build -- documents` from the descriptions in `src/analysis/stats/statistics.ts`, from which `upslope stats` prints too.\n\n' +
  '```sh\nupslope stats runs/meadow-7                                     # on the terminal, each value with a line that says what it means\n' +
  'upslope stats runs/meadow-7 --ticks 5000,10000 --replay --out stats/meadow-7   # genetics through time; tables as Parquet, with --csv as CSV too\n' +
  'upslope stats runs/islands-7 --grid 2x1                          # demes of a plane by the cells of a grid: F_ST and D_xy\n```\n\n' +
  'Groups are the population, its species and its demes: the patches of an archipelago, or the cells of `--grid` in a plane; the largest eight of a kind. Where a statistic is not defined, a line says why, and tables have null with that line. ' +
  'In a world of overlapping generations time counts in ticks, and a generation is the mean age of parents. The functions are in the entry `upslope/analysis` of the library. ' +
  'Each is tested against its naive definition, and against theory where there is one (`stats.test.ts`, `tree.test.ts` and `activity.test.ts` in `test/property`; `stats.test.ts`, `trees.test.ts` and `activity.test.ts` in `test/theory`).';

const further =
  '## With other programs\n\n' +
  '`upslope export --format trees` writes the ancestry with its mutations for tskit, which has further statistics: see [Formats](formats.md#tskit-tree-sequence).';
