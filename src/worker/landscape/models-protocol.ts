// What the page asks the worker of three models on one landscape, and what it answers.

import type { LandscapeModel } from '../../habitat/landscape/parameters.ts';
import type { Change } from '../../simulation/types.ts';
import type { LoadRequest } from '../topics/run.ts';
import type { PlaneChoice } from './choose-plane.ts';

export interface ModelsRequest extends Omit<LoadRequest, 'changes'> {
  /** Changes that a person has made so far: all apply from the beginning. */
  readonly changes: readonly Change[];
  readonly choice: PlaneChoice;
}

/** What three models have in common. Places are in the view, x and y in turn. */
export interface ModelsText {
  /** Organisms of the population, and of the one in which single mutants fix: as many mutants are tried in a turn. */
  readonly size: number;
  /** Segments, two places each. */
  readonly contours: Float32Array;
  /** Log fitness from one contour to the next. */
  readonly interval: number;
  /** The way up the gradient from the start. */
  readonly flow: Float32Array;
  readonly optimum?: readonly [number, number];
  readonly titles: readonly [string, string];
  readonly perUnit: number;
  readonly left: number;
  readonly top: number;
}

/** One model at a turn. */
export interface ModelFrame {
  readonly model: LandscapeModel;
  /** Way of the mean. */
  readonly path: Float32Array;
  /** Log fitness of the mean genome. */
  readonly fitness: number;
  /** Cosine of the last 100 turns, taken together, to the mean gradient, with its standard error. */
  readonly cosine: number;
  readonly error: number;
  /** Mean cosine of one turn's step to the gradient. */
  readonly single: number;
}

export interface ModelsFrame {
  readonly turn: number;
  readonly models: readonly ModelFrame[];
}

/** What the page asks of the worker of three models. */
export interface ModelsWorker {
  begin(request: ModelsRequest): ModelsText;
  advance(turn: number): ModelsFrame;
}
