import type { LifeTable } from '../../analysis/stats/life-table.ts';
import type { GeneticStatistics, GenomePart } from '../../experiment/stats/genetics-of-sample.ts';
import type { MatrixStatistics } from '../../experiment/stats/quantitative-of-run.ts';
import type { GroupKind, StatisticRow } from '../../experiment/stats/statistic-rows.ts';
import type { Sweep } from '../../experiment/stats/sweeps-of-run.ts';
import type { lineagesOfRun } from '../../experiment/stats/trees-of-run.ts';
import type { FinishedRun } from '../read-history.ts';
import type { DemeGrid } from './stats-data.ts';

/** Flags of `upslope stats`; undefined where not given. */
export interface StatsFlags {
  readonly population?: string;
  readonly ticks?: readonly number[];
  readonly from?: number;
  readonly to?: number;
  readonly windows?: number;
  readonly genomeWindows?: number;
  readonly traits?: readonly string[];
  readonly sample?: number;
  readonly grid?: DemeGrid;
  readonly replay?: boolean;
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly out?: string;
}

/** What is read of a run, and what is asked of it. */
export interface Question {
  readonly run: FinishedRun;
  readonly directory: string;
  readonly population: number;
  readonly name: string;
  readonly ticks: readonly number[];
  readonly windows: readonly { readonly from: number; readonly to: number }[];
  readonly flags: StatsFlags;
}

/** What `upslope stats` found. */
export interface Answer {
  readonly rows: StatisticRow[];
  readonly genetics: { readonly tick: number; readonly found: GeneticStatistics }[];
  readonly tables: {
    readonly from: number;
    readonly to: number;
    readonly kind: GroupKind;
    readonly group: string;
    readonly table: LifeTable;
  }[];
  readonly lineages: ReturnType<typeof lineagesOfRun>[number][];
  readonly sweeps: { readonly from: number; readonly to: number; readonly name: string; readonly sweep: Sweep }[];
  readonly matrices: MatrixStatistics['matrices'][number][];
  readonly parts: readonly GenomePart[];
}

/** Groups of a kind that are described: the largest. */
const mostGroups = 8;

/** The largest groups of two or more by a number, which is 0 or more. */
export function largestGroups(members: Int32Array, keyOf: (member: number) => number) {
  const byKey = new Map<number, number[]>();
  for (const member of members) {
    const key = keyOf(member);
    if (!(key >= 0)) continue;
    const own = byKey.get(key);
    if (own) own.push(member);
    else byKey.set(key, [member]);
  }
  return [...byKey]
    .filter(([, own]) => own.length >= 2)
    .sort(([a, one], [b, other]) => other.length - one.length || a - b)
    .slice(0, mostGroups)
    .map(([key, own]) => ({ key, members: Int32Array.from(own) }));
}
