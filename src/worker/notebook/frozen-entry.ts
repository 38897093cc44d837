import { expectFinite, expectList, expectObject, expectText, expectWhole, ShapeError } from '../../record/expect-shape.ts';
import type { FrozenText } from '../report-frozen.ts';
import { expectTime } from './entry-text.ts';

/** An organism of the freezer, under a name. */
export interface FrozenEntry {
  readonly id: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  readonly organism: FrozenText;
}

/** One that cannot be read: the stored data, and the reason. */
export interface DamagedFrozen {
  readonly id: string;
  readonly name: string;
  readonly problem: string;
  readonly kept: unknown;
}

/** Checks an organism that a file or a store holds. @throws {ShapeError} */
export function checkFrozen(value: unknown): FrozenEntry {
  const { id, name, savedAt, organism: frozen } = expectObject(value, 'it');
  const organism = expectObject(frozen, 'organism');
  const genome = expectObject(organism.genome, 'organism.genome');
  const ploidy = expectWhole(genome.ploidy, 'organism.genome.ploidy', 1, 2);
  const names = expectList(genome.names, 'organism.genome.names');
  for (const one of names) expectText(one, 'organism.genome.names');
  const values = expectList(genome.values, 'organism.genome.values', ploidy * names.length);
  for (const one of values) expectFinite(one, 'organism.genome.values');
  for (const one of expectList(organism.traits, 'organism.traits')) {
    const trait = expectObject(one, 'organism.traits');
    for (const key of ['id', 'title', 'unit']) expectText(trait[key], `organism.traits.${key}`);
    expectFinite(trait.value, 'organism.traits.value');
  }
  for (const key of ['population', 'scene', 'seed']) expectText(organism[key], `organism.${key}`);
  for (const key of ['organism', 'tick']) expectWhole(organism[key], `organism.${key}`);
  return {
    id: expectText(id, 'id'),
    name: expectText(name, 'name'),
    savedAt: expectTime(savedAt),
    organism: organism as unknown as FrozenText,
  };
}

/** An organism from the store; of a damaged one as much as is needed to list it, save it as a file and delete it. */
export function readFrozen(value: unknown): FrozenEntry | DamagedFrozen {
  try {
    return checkFrozen(value);
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    const { id, name } = (value ?? {}) as Record<string, unknown>;
    return {
      id: id as string,
      name: typeof name === 'string' && name !== '' ? name.slice(0, 120) : 'Damaged organism',
      problem: `it is damaged: ${error.message}; save all as one file, or remove it`,
      kept: value,
    };
  }
}

export const isDamaged = (entry: FrozenEntry | DamagedFrozen): entry is DamagedFrozen => 'problem' in entry;
