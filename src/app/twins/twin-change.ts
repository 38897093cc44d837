import type { Change } from '../../simulation/types.ts';
import { changeText } from '../instruments/climb/change-text.ts';

/** A parameter or an act, and what it is to be. */
export interface TriedChange {
  readonly path: string;
  readonly value: unknown;
}

/** The world that is shown, or its twin. */
export type Side = 'here' | 'there';
/** Where changes go. */
export type Target = Side | 'both';

/** A change since the worlds are watched side by side. */
export interface TwinChange extends TriedChange {
  readonly at: number;
  readonly target: Target;
}

/** The moment at which the two worlds became different. */
export interface Parting {
  readonly tick: number;
  /** State of both at that moment, before the change. */
  readonly snapshot: ArrayBuffer;
  /** Number of changes that the world had then. */
  readonly changes: number;
}

/** Changes that one of the worlds has and the other has not. */
const ofOne = (changes: readonly TwinChange[]): readonly TwinChange[] => changes.filter(({ target }) => target !== 'both');

/** What a side got. */
export const changesOf = (changes: readonly TwinChange[], side: Side): readonly Change[] =>
  changes.filter(({ target }) => target === side || target === 'both').map(({ at, path, value }) => ({ at, path, value }));

/** What differs on a side, in words. */
export const wordsOf = (changes: readonly TwinChange[], side: Side): readonly string[] =>
  changes.filter(({ target }) => target === side).map(changeText);

/**
 * The worlds in the order of the difference: 1 for this world minus its twin, -1 for the reverse. Of one switch it is with minus without, as `upslope compare` has it;
 * of one other change the changed world minus the other; of several changes this world minus its twin.
 */
export function signOf(changes: readonly TwinChange[]): 1 | -1 {
  const [first, ...others] = ofOne(changes);
  if (!first || others.length > 0) return 1;
  const isHere = first.target === 'here';
  return (first.value === false ? !isHere : isHere) ? 1 : -1;
}

/** What is subtracted from what, in the order of `signOf`. */
export function orderOf(changes: readonly TwinChange[]): string {
  const [first, ...others] = ofOne(changes);
  if (!first || others.length > 0) return 'this world minus its twin';
  const [what] = first.path.split('.').slice(-2);
  const isSwitch = first.path.endsWith('.on') && typeof first.value === 'boolean';
  return `with ${isSwitch ? what.replaceAll('-', ' ') : changeText(first)} minus without`;
}

/** All changes by which the two differ, where the order does not name them. */
export function listOf(changes: readonly TwinChange[]): string {
  if (ofOne(changes).length < 2) return '';
  const sides: readonly (readonly [string, Side])[] = [
    ['Here', 'here'],
    ['There', 'there'],
  ];
  return sides
    .map(([title, side]) => [title, wordsOf(changes, side).join(', ')])
    .filter(([, words]) => words !== '')
    .map(([title, words]) => `${title}: ${words}.`)
    .join(' ');
}
