import type { z } from 'zod';
import type { Measure } from '../../mechanisms/mechanism.ts';
import type { Landscape } from './landscape.ts';

/** A kind of landscape, with its parameters: one file declares one form. @experimental */
export interface LandscapeForm<P extends object = object> {
  /** Name in scenes and on the command line: lower-case letters and hyphens. */
  readonly id: string;
  readonly title: string;
  /** One plain sentence: the shape of the landscape. */
  readonly summary: string;
  /** Where the formula comes from. */
  readonly source: string;
  /** A strict zod object; every field has a default and its text. */
  readonly parameters: z.ZodObject;
  /** What can be measured of populations on it besides their position: columns of a probe. */
  readonly measures?: readonly Measure<P>[];
  /** Fewest and most dimensions; 1 to 65536 by default. */
  readonly range?: readonly [fewest: number, most: number];
  /** Dimensions that these parameters require, if the form leaves no choice. */
  dimensionsOf?(parameters: P): number;
  /**
   * @param seed seed of the random parts of the landscape: rotation, peaks, tables, a walk
   * @throws {RangeError} if parameters do not fit together
   */
  make(dimensions: number, parameters: P, seed: string): Landscape;
}
