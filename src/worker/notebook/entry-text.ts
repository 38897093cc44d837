import {
  expectBoolean,
  expectFinite,
  expectObject,
  expectOneOf,
  expectText,
  expectWhole,
  ShapeError,
} from '../../record/expect-shape.ts';

/** Why an entry of the notebook was kept: automatically at intervals, at an event, or on request. */
export type EntryKind = 'autosave' | 'event' | 'moment';

/** The description of an entry, available without opening it. */
export interface EntryText {
  readonly id: string;
  readonly kind: EntryKind;
  readonly name: string;
  /** Title of the scene. */
  readonly title: string;
  readonly seed: string;
  readonly tick: number;
  readonly living: number;
  /** Whether the world was playing. */
  readonly playing: boolean;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  readonly bytes: number;
  /** Why it cannot be opened, if that is known already; the other fields are then only enough to save or delete it. */
  readonly problem?: string;
}

const kinds: readonly EntryKind[] = ['autosave', 'event', 'moment'];
/** The greatest time that a date can have, in milliseconds. */
const lastTime = 8.64e15;

/** Checks the description of an entry in a file or a store. @throws {ShapeError} */
export function checkText(value: unknown): Omit<EntryText, 'bytes' | 'problem'> {
  const text = expectObject(value, 'text');
  return {
    id: expectText(text.id, 'id'),
    kind: expectOneOf(text.kind, 'kind', kinds),
    name: expectText(text.name, 'name'),
    title: expectText(text.title, 'title'),
    seed: expectText(text.seed, 'seed'),
    tick: expectWhole(text.tick, 'tick'),
    living: expectWhole(text.living, 'living'),
    playing: expectBoolean(text.playing, 'playing'),
    savedAt: expectTime(text.savedAt),
  };
}

/** The description of an entry in a store; of a damaged entry as much as is needed to list it, save it as a file and delete it. */
export function readText(value: unknown): EntryText {
  const { bytes, name, id } = (value ?? {}) as Record<string, unknown>;
  try {
    return { ...checkText(value), bytes: expectWhole(bytes, 'bytes') };
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    const problem = `its description is damaged: ${error.message}; save it as a file or delete it`;
    const known = { id: id as string, name: typeof name === 'string' && name !== '' ? name.slice(0, 120) : 'Damaged entry' };
    return { ...known, kind: 'moment', title: '', seed: '', tick: 0, living: 0, playing: false, savedAt: 0, bytes: 0, problem };
  }
}

/** A time that a date can have. @throws {ShapeError} */
export function expectTime(value: unknown): number {
  const time = expectFinite(value, 'savedAt');
  if (Math.abs(time) > lastTime) throw new ShapeError('savedAt', 'is not a date');
  return time;
}
