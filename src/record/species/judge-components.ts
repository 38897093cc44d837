import type { Candidate } from './candidates.ts';
import type { Matching } from './match-groups.ts';

/** What becomes of the members of a component. */
export interface Outcome {
  /** Species whose heir it is, the one with most members in it first; none for a candidate. */
  readonly species: readonly number[];
  /** Species whose members in it keep their species although it is not their heir. */
  readonly staying: ReadonlySet<number>;
  /** Consecutive samples in which a candidate has been seen. */
  readonly seen: number;
}

export interface Judgement {
  readonly outcomes: readonly Outcome[];
  /** Pairs of species that are one from now on. */
  readonly together: readonly (readonly [number, number])[];
  /** Mergers and moves seen in this sample, with the number of consecutive samples. */
  readonly pending: ReadonlyMap<string, number>;
}

/**
 * Decides what each component is: the heir of one or more species, or a candidate for a new one.
 * @param living the species, ascending; groups of the matching are these, then the candidates
 * @param namesOf species of a component's sampled members, with how many there are of each
 * @param enough sampled members that make a group
 * @param before mergers and moves seen in the last sample
 * @param patience consecutive samples in which something must be seen before it counts
 */
export function judgeComponents(
  { overlap, sizes, heirs }: Matching,
  living: readonly number[],
  candidates: readonly Candidate[],
  namesOf: readonly (readonly (readonly [name: number, members: number])[])[],
  enough: number,
  before: ReadonlyMap<string, number>,
  patience: number,
): Judgement {
  const groupCount = sizes.length;
  const pending = new Map<string, number>();
  const believe = (what: string): boolean => {
    const seen = (before.get(what) ?? 0) + 1;
    pending.set(what, seen);
    return seen >= patience;
  };
  const together: [number, number][] = [];
  const outcomes = namesOf.map((names, c): Outcome => {
    const share = (group: number) => overlap[c * groupCount + group];
    const inherited: number[] = [];
    for (let group = 0; group < groupCount; group++) if (heirs[group] === c) inherited.push(group);
    inherited.sort((a, b) => share(b) - share(a) || a - b);
    const groups = inherited.filter((group) => group < living.length);
    if (groups.length === 0) {
      // Of several candidates that have grown together, the largest continues.
      const [continued] = inherited;
      const seen = continued === undefined ? 0 : candidates[continued - living.length].seen;
      return { species: [], staying: new Set(), seen: seen + 1 };
    }
    const bulk = groups.filter((group) => 2 * share(group) > sizes[group]).sort((a, b) => a - b);
    for (const [i, a] of bulk.entries()) {
      for (const b of bulk.slice(i + 1)) if (believe(`merge ${living[a]} ${living[b]}`)) together.push([living[a], living[b]]);
    }
    const species = groups.map((group) => living[group]);
    // A few members found among another species move to it at once; many only if that is not a passing bridge.
    const many = names.filter(([name, members]) => !species.includes(name) && members >= enough);
    const staying = many.flatMap(([name]) => (believe(`move ${name} ${species[0]}`) ? [] : [name]));
    return { species, staying: new Set(staying), seen: 0 };
  });
  return { outcomes, together, pending };
}
