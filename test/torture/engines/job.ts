import type { Touch } from '../../fixtures/touch.ts';

/** A run that every engine makes: plain JSON, so that all are given the same. */
export interface SceneJob {
  readonly kind: 'scene';
  readonly name: string;
  /** The whole scene, scheduled changes included. */
  readonly scene: unknown;
  readonly seed: string;
  readonly ticks: number;
  readonly touches: readonly Touch[];
  /** Instead of the marks of the run: one digest a column after this many ticks. */
  readonly columnsAt?: number;
}

/** The elementary functions of the kernel and of `src/math/elementary.ts`, over bit patterns spread over all floats. */
export interface FunctionJob {
  readonly kind: 'functions';
  readonly name: string;
  /** Bit patterns, a multiple of 4. */
  readonly patterns: number;
}

export type Job = SceneJob | FunctionJob;

export interface JobResult {
  readonly name: string;
  /** What has to be equal everywhere, in the order in which it came about: what it is, and its digest. */
  readonly marks: readonly (readonly [label: string, digest: string])[];
  /** What is wrong in this engine alone, a sentence each. */
  readonly problems: readonly string[];
  /** What may differ between engines, and is worth knowing. */
  readonly facts: Readonly<Record<string, string | number>>;
}
