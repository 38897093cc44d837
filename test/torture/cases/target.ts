import type { Random } from '../random.ts';
import type { Verdict } from './verdict.ts';

/** A way into the program through which bad input may come. */
export interface CaseTarget {
  readonly name: string;
  readonly title: string;
  /** Of a file that keeps an input. */
  readonly extension: string;
  /** Share of the inputs of a campaign, relative to the other targets: what is cheap gets more. */
  readonly weight: number;
  /**
   * Makes ready, once a thread.
   * @param place a new folder for what has to lie on a disk
   */
  prepare(place: string): ReadyTarget | Promise<ReadyTarget>;
}

export interface ReadyTarget {
  /** The input of a case. */
  make(random: Random): Uint8Array;
  /**
   * Lets the program have it.
   * @throws {unknown} where the program fails
   */
  give(input: Uint8Array): Verdict | Promise<Verdict>;
}

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
export const textOf = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
