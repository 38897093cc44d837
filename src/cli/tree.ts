import { budding } from '../analysis/tree/budding.ts';
import { describePhylogeny, type TreeFigures } from '../analysis/tree/describe-phylogeny.ts';
import { lineagesThroughTime } from '../analysis/tree/lineages-through-time.ts';
import type { Phylogeny } from '../analysis/tree/phylogeny.ts';
import type { History } from '../export/history.ts';
import { sampleHistory } from '../export/sample-history.ts';
import type { DrawnHistory } from '../export/trees/drawn-history.ts';
import { organismTree } from '../export/trees/organism-tree.ts';
import { speciesTree } from '../export/trees/species-tree.ts';
import { showText } from '../parameter/show.ts';
import type { CommandModule } from './command.ts';
import { plainText, wholeNumber } from './flags.ts';
import type { Io } from './io.ts';
import { readHistory } from './read-history.ts';
import { tableLines } from './table-lines.ts';
import { UserError } from './user-error.ts';

/** Flags of `upslope tree`; undefined where not given. */
export interface TreeFlags {
  readonly sample?: number;
  readonly json?: boolean;
}

/** Default number of organisms whose genealogy is described. */
const usualSample = 100;
/** Trees of one phylogeny that are described individually. */
const mostTold = 8;

interface Described {
  readonly title: string;
  readonly trees: readonly TreeFigures[];
  readonly lineages: { readonly time: readonly number[]; readonly lines: readonly number[] };
}

/** `upslope tree`: the phylogeny of species, and the genealogy of a sample of the living, in numbers. */
export async function describeTrees(
  io: Io,
  directory: string,
  { sample = usualSample, json = false }: TreeFlags,
): Promise<number> {
  const run = await readHistory(io, directory, []);
  try {
    const described = describeHistory(run.history, sample, showText(directory, 200));
    if (json) io.out(`${JSON.stringify(described, null, 2)}\n`);
    else for (const one of described) io.out(`${tell(one).join('\n')}\n\n`);
    return 0;
  } finally {
    run.close();
  }
}

function describeHistory(history: History, sample: number, shown: string): Described[] {
  const { endTick, species, organisms, populations } = history;
  const described: Described[] = [];
  for (const [p, { name }] of populations.entries()) {
    const drawn = speciesTree(species, p);
    if (drawn.tree.count > 0) {
      const living = drawn.row.filter((row) => Number.isNaN(species.endTick[row])).length;
      const title = `phylogeny of the species of ${name}: ${drawn.row.length}, of which ${living} are alive`;
      described.push(describe(title, drawn, endTick));
    }
  }
  const alive = organisms.deathTick.filter((tick) => Number.isNaN(tick)).length;
  if (alive === 0 && described.length === 0)
    throw new UserError(`no organism was alive when the run in ${shown} ended, and it has no species; give another run`);
  if (alive === 0) return described;
  const part = sampleHistory(history, Math.min(sample, alive));
  const ids = part.history.organisms.id.filter((_, row) => part.sampled[row] === 1);
  const title = `genealogy, by first parents, of ${ids.length} of the ${alive} living`;
  described.push(describe(title, organismTree(part.history.organisms, ids), endTick));
  return described;
}

function describe(title: string, { tree, tips }: DrawnHistory, present: number): Described {
  const phylogeny: Phylogeny = budding(tree, tips ? { present, tips } : { present });
  const { time, lines } = lineagesThroughTime(phylogeny, present);
  return { title, trees: describePhylogeny(phylogeny, present), lineages: { time: [...time], lines: [...lines] } };
}

const columns: readonly { readonly key: keyof TreeFigures; readonly title: string; readonly digits: number }[] = [
  { key: 'root', title: 'root', digits: 0 },
  { key: 'tips', title: 'tips', digits: 0 },
  { key: 'age', title: 'age (ticks)', digits: 0 },
  { key: 'branchLength', title: 'branches (ticks)', digits: 0 },
  { key: 'mostDistinct', title: 'most distinct', digits: 0 },
  { key: 'distinctiveness', title: 'its share (ticks)', digits: 0 },
  { key: 'meanPairwiseDistance', title: 'mean distance', digits: 0 },
  { key: 'sackinNormalised', title: 'Sackin', digits: 2 },
  { key: 'collessNormalised', title: 'Colless', digits: 2 },
  { key: 'polytomies', title: 'polytomies', digits: 0 },
  { key: 'gamma', title: 'gamma', digits: 2 },
];

const number = (value: number, digits: number) => (Number.isNaN(value) ? '-' : value.toFixed(digits));

function tell({ title, trees, lineages }: Described): string[] {
  const told = trees.slice(0, mostTold);
  const cells = told.map((figures) => columns.map(({ key, digits }) => number(figures[key], digits)));
  const more = trees.length - told.length;
  const times = [0, 0.25, 0.5, 0.75, 0.9, 0.99].map((share) => atShare(lineages, share));
  return [
    title,
    ...tableLines([columns.map(({ title: heading }) => heading), ...cells]).map((line) => `  ${line}`),
    ...(more > 0 ? [`  and ${more} more of ${told.at(-1)?.tips} ${told.at(-1)?.tips === 1 ? 'tip' : 'tips'} or fewer`] : []),
    `  lines through time (tick: lines): ${times.map(([tick, lines]) => `${tick}: ${lines}`).join(', ')}`,
    '  branches: phylogenetic diversity without the stem; most distinct: the tip with the greatest share of branches, each divided evenly among the tips below it, the stem too',
    '  Sackin and Colless: per tip, minus the expectation of a Yule tree; gamma: a normal deviate, below -1.645 where branching slowed down',
  ];
}

/** Tick at a share of the way from the first line to the last change, and the number of lines at that tick. */
function atShare({ time, lines }: Described['lineages'], share: number): [tick: number, lines: number] {
  const tick = Math.round(time[0] + share * (time[time.length - 1] - time[0]));
  let count = 0;
  for (let k = 0; k < time.length && time[k] <= tick; k++) count = lines[k];
  return [tick, count];
}

/** `upslope tree`, with its flags. */
export const command: CommandModule = {
  reads: 'worlds',
  describe: (command, io, done) =>
    command
      .argument('<run>', 'directory of a finished run', plainText)
      .option('--sample <n>', 'number of organisms whose genealogy is described (default: 100)', wholeNumber(2, 1_000_000))
      .option('--json', 'print all results as JSON, lineages through time included')
      .action(async (directory: string, flags: TreeFlags) => done(await describeTrees(io, directory, flags))),
};
