import { activityOfWindow } from '../../experiment/stats/activity-of-run.ts';
import { completeCohort, demographyOfGroup, livesOf, oldestBirth } from '../../experiment/stats/demography-of-run.ts';
import { innovationsOfRun } from '../../experiment/stats/innovations-of-run.ts';
import {
  matricesOfRun,
  selectionOfGroup,
  type TraitCensus,
  type TraitColumns,
} from '../../experiment/stats/quantitative-of-run.ts';
import { lineagesOfRun, treesOfWindow, turnoverOfWindow } from '../../experiment/stats/trees-of-run.ts';
import type { History } from '../../export/history.ts';
import { speciesTree } from '../../export/trees/species-tree.ts';
import { livingRows } from '../../export/tskit/alleles-of-history.ts';
import { namedStream } from '../../math/streams.ts';
import type { Io } from '../io.ts';
import { readTraitCensuses, readTraits, tableOf, traitIdsOf } from './stats-data.ts';
import { type Answer, largestGroups, type Question } from './stats-question.ts';

/** Demography, quantitative genetics and trees of each window. @returns generation time over all of them, ticks */
export async function describeWindows(io: Io, question: Question, answer: Answer): Promise<number> {
  const { run, directory, population, name, windows, flags } = question;
  const { history, tables } = run;
  const lives = livesOf(history);
  const own = Int32Array.from(rowsWhere(history, (row) => history.organisms.population[row] === population));
  const oldest = oldestBirth(history, population);
  const traits = await readTraits(io, await tableOf(tables, 'organisms', directory), history, flags.traits);
  const species = largestGroups(own, (row) => history.organisms.species[row]);
  const censuses = await censusesOf(io, question, traits);
  const { dominance = 0.5 } = history.populations[population];
  const unknown = dominance === 0.5 ? '' : 'with dominance the mean of two alleles is not the breeding value';
  const { tree, row: rowOf } = speciesTree(history.species, population);
  const isMerged = (node: number) => history.species.fate[rowOf[node]] === 'merged';
  answer.lineages.push(...lineagesOfRun(tree, history.endTick));
  const whole = { population: name, from: 0, to: history.endTick, kind: 'population', group: '' } as const;
  const stream = namedStream(history.provenance.seed, 'key innovations');
  answer.rows.push(...innovationsOfRun(history, tree, traits, own, whole, stream));
  let generation = Number.NaN;
  for (const window of windows) {
    const groups = [
      { kind: 'population' as const, group: '', members: own },
      ...species.map(({ key, members }) => ({ kind: 'species' as const, group: String(key), members })),
    ];
    for (const { kind, group, members } of groups) {
      const place = { population: name, ...window, kind, group };
      const cohort = completeCohort(history, members, window, oldest);
      const found = demographyOfGroup(lives, place, members, cohort);
      answer.rows.push(...found.rows);
      answer.tables.push({ ...window, kind, group, table: found.table });
      if (kind === 'population') generation = found.generation;
      answer.rows.push(...selectionOfGroup(lives, place, traits, members, cohort));
    }
    const place = { population: name, ...window, kind: 'population', group: '' } as const;
    const { rows, matrices } = matricesOfRun(lives, place, traits, censuses, own, window === windows[0], unknown);
    answer.rows.push(...rows);
    answer.matrices.push(...matrices);
    const isAlive = livingRows(history, population, window.to).length > 0;
    answer.rows.push(...treesOfWindow(tree, isAlive, place), ...turnoverOfWindow(tree, isMerged, place));
    answer.rows.push(...activityOfWindow(history, population, place));
  }
  return windows.length === 1 ? generation : generationOverAll(lives, own, windows);
}

function generationOverAll(lives: ReturnType<typeof livesOf>, own: Int32Array, windows: Question['windows']): number {
  const place = { population: '', kind: 'population', group: '' } as const;
  const all = { ...place, from: windows[0].from, to: windows[windows.length - 1].to };
  return demographyOfGroup(lives, all, own, new Int32Array(0)).generation;
}

/** Breeding values at all censuses of the run. */
async function censusesOf(io: Io, { run, directory, name }: Question, traits: TraitColumns): Promise<readonly TraitCensus[]> {
  if (!run.tables.has('census.parquet')) return [];
  const census = await tableOf(run.tables, 'census', directory);
  return readTraitCensuses(census, name, traits, traitIdsOf(io, census));
}

function* rowsWhere({ organisms }: History, wanted: (row: number) => boolean): Generator<number> {
  for (let row = 0; row < organisms.count; row++) if (wanted(row)) yield row;
}
