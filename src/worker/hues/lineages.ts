// The lines that the palette `lineage` shows: the descendants of each founder and, where few founders have any left, of later organisms.
import type { Population } from '../../population/population.ts';
import type { Individuals } from '../../record/individuals.ts';
import { onLandscape } from '../../simulation/kinds.ts';
import type { Simulation } from '../../simulation/types.ts';
import type { Line } from './space-hues.ts';
import { splitLine } from './split-line.ts';

/** A population with fewer lines than this, as the inverse of the chance that two of its organisms are of the same, has its largest one split. */
const fewest = 3;
/** Ticks between two times at which a line may be split, a multiple of those between two looks. */
export const splitEvery = 500;
/** Fewest members of a line that is split: of fewer, single organisms would be most. */
const fewestMembers = 24;
/** Most lines that are split at once, where nothing was shown before. */
const mostAtOnce = 8;

/** What lines there are, for a snapshot. Without splits founders say it all. */
export interface LineagesState {
  readonly tick: number;
  readonly splits: readonly (readonly [id: number, parent: number, since: number])[];
  /** The line of each organism of a line that was split off. */
  readonly lineOf: readonly (readonly [organism: number, line: number])[];
}

/**
 * Lines of descent by first parents, each named by the organism with which it begins. Worlds on a landscape are shown by founders only: there a
 * genealogy may be thousands of generations deep.
 */
export class Lineages {
  /** Tick of the last look. */
  private tick = 0;
  private splits: { readonly id: number; readonly parent: number; readonly since: number }[] = [];
  private lineOf = new Map<number, number>();

  /** @param individuals the record of descent, once it has begun */
  constructor(
    private readonly world: Simulation,
    private readonly individuals: () => Individuals | undefined,
  ) {}

  /** The living lines with those that they left, parents first. Splits what may be split at once. */
  begin(): Line[] {
    this.tick = this.world.tick;
    for (let k = 0; k < mostAtOnce && this.split(); k++);
    return this.count();
  }

  /** The same, after a look at what was born since the last one; splits at most one line of each population. */
  look(): Line[] {
    const { individuals, world } = this;
    if (this.splits.length > 0 && individuals()) {
      const now = new Map<number, number>();
      for (const population of world.populations) {
        const ids = population.table.f64('id');
        const lineAt = this.lineAt(population);
        for (let row = 0; row < population.count; row++) {
          const line = lineAt(row);
          if (line !== population.table.f64('founder')[row]) now.set(ids[row], line);
        }
      }
      this.lineOf = now;
    }
    this.tick = world.tick;
    if (world.tick % splitEvery === 0) this.split();
    return this.count();
  }

  /** Finds the line of the organism in a row of a population, now. */
  lineAt({ table }: Population): (row: number) => number {
    const founder = table.f64('founder');
    const individuals = this.splits.length > 0 ? this.individuals() : undefined;
    if (!individuals) return (row) => founder[row];
    const ids = table.f64('id');
    const { lineOf, tick } = this;
    return (row) => {
      const own = lineOf.get(ids[row]);
      if (own !== undefined) return own;
      // Only what was born since the last look has to ask its ancestors.
      let at = individuals.rowOf(ids[row]);
      while (at >= 0 && individuals.birthTickOf(at) > tick) at = individuals.firstParentOf(at);
      return (at >= 0 ? lineOf.get(individuals.idOf(at)) : undefined) ?? founder[row];
    };
  }

  state(): LineagesState {
    return {
      tick: this.tick,
      splits: this.splits.map(({ id, parent, since }) => [id, parent, since] as const),
      lineOf: [...this.lineOf],
    };
  }

  restore({ tick, splits, lineOf }: LineagesState): void {
    this.tick = tick;
    this.splits = splits.map(([id, parent, since]) => ({ id, parent, since }));
    this.lineOf = new Map(lineOf);
  }

  /** Counts the members of all lines, and forgets splits of which nothing lives. */
  private count(): Line[] {
    const counts = new Map<number, number>();
    for (const population of this.world.populations) {
      const lineAt = this.lineAt(population);
      for (let row = 0; row < population.count; row++) {
        const line = lineAt(row);
        counts.set(line, (counts.get(line) ?? 0) + 1);
      }
    }
    const needed = new Set(counts.keys());
    for (const { id, parent } of this.splits.toReversed()) if (needed.has(id)) needed.add(parent);
    this.splits = this.splits.filter(({ id }) => needed.has(id));
    const later = new Set(this.splits.map(({ id }) => id));
    const first = [...needed].filter((id) => !later.has(id)).map((id) => ({ id, parent: -1, since: 0 }));
    return [...first, ...this.splits].map((line) => ({ ...line, count: counts.get(line.id) ?? 0 }));
  }

  /** Splits the largest line of each population that has few; false if nothing was split. */
  private split(): boolean {
    const individuals = this.individuals();
    if (!individuals || onLandscape(this.world)) return false;
    let found = false;
    for (const population of this.world.populations) {
      const ids = population.table.f64('id');
      const lineAt = this.lineAt(population);
      const members = new Map<number, number[]>();
      for (let row = 0; row < population.count; row++) {
        const line = lineAt(row);
        const list = members.get(line);
        if (list) list.push(individuals.rowOf(ids[row]));
        else members.set(line, [individuals.rowOf(ids[row])]);
      }
      const squares = [...members.values()].reduce((sum, { length }) => sum + length * length, 0);
      if (population.count * population.count < fewest * squares) {
        const [largest] = [...members].sort(([a, one], [b, other]) => other.length - one.length || a - b);
        if (largest && largest[1].length >= fewestMembers) found = this.splitOff(individuals, ...largest) || found;
      }
    }
    return found;
  }

  private splitOff(individuals: Individuals, line: number, members: readonly number[]): boolean {
    const part = splitLine(individuals, members);
    if (!part) return false;
    const id = individuals.idOf(part.row);
    if (id === line || this.splits.some((one) => one.id === id)) return false;
    this.splits.push({ id, parent: line, since: individuals.birthTickOf(part.row) });
    for (const [i, row] of members.entries()) if (part.inside[i]) this.lineOf.set(individuals.idOf(row), id);
    return true;
  }
}
