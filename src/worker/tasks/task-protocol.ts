import type { EffectMetric } from '../../analysis/assay/effect-metric.ts';
import type { LocusSegment } from '../../analysis/assay/locus-segments.ts';
import type { AssayFork, AssayForkResult } from '../../analysis/assay/perform-assay-fork.ts';
import type { AssaySummary } from '../../analysis/assay/summarise-assay.ts';
import type { ClimbInterval } from '../../analysis/gains/gains-log.ts';
import type { GenomeSpace, SpaceInterval } from '../../analysis/gains/genome-space.ts';
import type { Interval } from '../../analysis/gains/interval.ts';
import type { GradientReading } from '../../analysis/gains/read-gradient.ts';
import type { ReplayedRivals, RivalsReplay } from '../../analysis/rivals/replay-rivals.ts';
import type { Contest, ContestOutcome } from '../../analysis/tournament/contest.ts';
import type { TournamentResult } from '../../analysis/tournament/tournament.ts';
import type { TournamentPlayer } from '../../experiment/describe-tournament.ts';
import type { TransplantReport } from '../../experiment/describe-transplant.ts';
import type { ReplicatePiece, ReplicateStep } from '../../experiment/twins/perform-replicate.ts';
import type { Scene } from '../../scene/schema.ts';

/** The present world, ready for an assay. */
export interface AssayStart {
  readonly snapshot: ArrayBuffer;
  readonly tick: number;
  readonly seed: string;
  /** Name and title of the population. */
  readonly population: string;
  readonly title: string;
  /** Clades of the copies of the living (of organisms, if copies are not followed that far back) and their assayed genomes, in the order of ids; the tick since which clades count. */
  readonly clades: Float64Array | Uint32Array;
  readonly genomes: Float64Array;
  readonly since: number;
  /** Names of the assayed loci, and their segments. */
  readonly loci: readonly string[];
  readonly segments: readonly LocusSegment[];
  /** Metric of effects on actions, if there is a policy. */
  readonly metric: EffectMetric | undefined;
}

/** A population at the opening of an interval of its climb, ready for forks. */
export interface ClimbStart extends Omit<AssayStart, 'clades' | 'since' | 'metric'> {
  /** Changes of parameters made so far. */
  readonly changes: number;
  /** Mean generation of the living. */
  readonly generation: number;
  readonly organisms: number;
  readonly ploidy: number;
  /** Mean of all copies; locus units. */
  readonly mean: Float64Array;
  /** Root mean square of a mutation of each assayed locus; locus units. */
  readonly scales: Float64Array;
  /** Whether mutation favours one sign. */
  readonly directed: boolean;
  readonly traits: readonly { readonly id: string; readonly title: string; readonly unit: string }[];
}

/** An interval of a climb, measured. */
export interface MeasuredInterval {
  readonly climbed: ClimbInterval;
  readonly space: SpaceInterval;
  /** The picture of all intervals so far. */
  readonly picture: GenomeSpace;
}

/** Fossils of a population, ready for a tournament in fresh worlds of the scene that the run began with. */
export interface TournamentStart {
  readonly scene: Scene;
  readonly seed: string;
  /** Name and title of the population. */
  readonly population: string;
  readonly title: string;
  readonly players: readonly TournamentPlayer[];
  /** Whole genomes of the players, `ploidy * stride` floats each. */
  readonly genomes: readonly Float32Array[];
}

/** Contests of a transplant between earlier and later fossils of a population, ready for fresh worlds of the scene that the run began with. */
export interface TransplantStart extends Pick<TransplantReport, 'population' | 'loci' | 'segments' | 'pairs'> {
  readonly scene: Scene;
  readonly seed: string;
  /** Of each pair the same: whole genomes first, then each segment in both. */
  readonly contests: readonly {
    readonly pair: number;
    /** Name of the segment, or '' for whole genomes. */
    readonly segment: string;
    readonly background: 'earlier' | 'later' | undefined;
    readonly first: Float32Array;
    readonly second: Float32Array;
  }[];
}

/** Requests to a thread, and its answers. */
export interface Tasks {
  /** One fork of an assay. */
  fork: { ask: { readonly snapshot: ArrayBuffer; readonly fork: AssayFork }; answer: AssayForkResult };
  /** The joint result of the forks of an assay. */
  summary: {
    ask: {
      readonly forks: readonly AssayForkResult[];
      readonly genomes: Float64Array;
      readonly clades: Float64Array | Uint32Array;
      readonly segments: readonly LocusSegment[];
      readonly metric: EffectMetric | undefined;
      readonly seed: string;
    };
    answer: AssaySummary;
  };
  /** The gradient of the forks of a climb so far. */
  gradient: {
    ask: {
      readonly forks: readonly AssayForkResult[];
      readonly genomes: Float64Array;
      readonly ploidy: number;
      readonly segments: readonly LocusSegment[];
      readonly scales: Float64Array;
    };
    answer: GradientReading;
  };
  /** What moved a population in an interval, and the picture of the climb with it; undefined if none lives at its close. */
  interval: {
    ask: {
      readonly interval: Interval;
      readonly forks: readonly AssayForkResult[];
      readonly horizon: number;
      readonly segments: readonly LocusSegment[];
      readonly scales: Float64Array;
      readonly directed: boolean;
      readonly seed: string;
      readonly past: readonly SpaceInterval[];
      /** Of each organism at the opening, in the order of ids, the founder of its group; undefined in the first interval. */
      readonly founders: Float64Array | undefined;
      readonly across: Float64Array | undefined;
    };
    answer: MeasuredInterval | undefined;
  };
  /** A world without later changes, continued for some ticks: where its living are across and along a gradient, not yet moved to a height. */
  twin: {
    ask: {
      readonly snapshot: ArrayBuffer;
      readonly population: string;
      readonly ticks: number;
      /** Coefficients of places; 1/locus unit. */
      readonly across: Float64Array;
      readonly up: Float64Array;
    };
    answer: {
      readonly snapshot: ArrayBuffer;
      readonly tick: number;
      /** Two numbers an organism. */
      readonly places: Float32Array;
      /** Mean of all copies, NaN if none lives; locus units. */
      readonly mean: Float64Array;
    };
  };
  /** A piece of a replicate of two twins. */
  replicate: { ask: ReplicateStep; answer: ReplicatePiece };
  /** Two genomes against each other. */
  contest: { ask: Contest; answer: ContestOutcome };
  /** How two clades of the past fared. */
  rivals: { ask: RivalsReplay; answer: ReplayedRivals };
  /** Margins of all pairs, replicate by replicate. */
  judge: {
    ask: { readonly players: number; readonly replicates: readonly (readonly number[])[] };
    answer: TournamentResult;
  };
}

export type TaskKind = keyof Tasks;

export type TaskRequest = { [K in TaskKind]: { readonly kind: K; readonly ask: Tasks[K]['ask'] } }[TaskKind];
export type TaskReply = { readonly answer: Tasks[TaskKind]['answer'] } | { readonly failed: string };

/** A thread that answers one request after the other. */
export interface TaskThread {
  /**
   * @param moved buffers of the request that are moved instead of copied: the page no longer has them
   * @throws {Error} one line, if the task fails or the thread's program cannot be loaded
   */
  ask<K extends TaskKind>(kind: K, ask: Tasks[K]['ask'], moved?: ArrayBuffer[]): Promise<Tasks[K]['answer']>;
  end(): void;
}
