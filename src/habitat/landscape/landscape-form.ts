import type { z } from 'zod';
import type { Measure } from '../../mechanisms/mechanism.ts';
import type { Landscape } from './landscape.ts';

/** A kind of landscape, with its parameters: one file declares one form. @experimental */
export interface LandscapeForm<P extends object = object> {
  /** Name in scenes and on the command line: lower-case letters and hyphens. */
  readonly id: string;
  readonly title: string;
  /** One plain sentence: what the ground looks like. */
  readonly summary: string;
  /** Where the formula comes from. */
  readonly source: string;
  /** A strict zod object; every field has a default and its text. */
  readonly parameters: z.ZodObject;
  /** What can be measured of populations on it beyond where they are: columns of a probe. */
  readonly measures?: readonly Measure<P>[];
  /** Fewest and most dimensions; 1 to 65536 where nothing is said. */
  readonly range?: readonly [fewest: number, most: number];
  /** Dimensions that these parameters ask for, where the form leaves no choice. */
  dimensionsOf?(parameters: P): number;
  /**
   * @param seed feeds what is random about the landscape: rotation, peaks, tables, a walk
   * @throws {RangeError} when parameters do not fit together
   */
  make(dimensions: number, parameters: P, seed: string): Landscape;
}
