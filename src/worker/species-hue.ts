/** Share of a turn from one first species to the next: the golden angle, so that neighbours differ. */
const golden = 0.618_033_988_749_895;
/** Least and most distance of a species' hue from its parent's, in turns: near enough to look related, far enough to distinguish. */
const leastStep = 20 / 360;
const mostStep = 70 / 360;

interface Descended {
  readonly id: number;
  /** -1 for a first one. */
  readonly parent: number;
}

/**
 * Hue of every species as a share of a turn, by id. First species lie a golden angle apart. A species' first, second, ... child
 * step from its hue to one side and the other in turn, on each side by golden sections of the range of steps. A hue depends only on
 * ancestors and elder siblings, so it never changes while species are added.
 * @param species in the order of their ids
 */
export function speciesHues(species: readonly Descended[]): Map<number, number> {
  const hues = new Map<number, number>();
  const children = new Map<number, number>();
  for (const { id, parent } of species) {
    const ordinal = children.get(parent) ?? 0;
    children.set(parent, ordinal + 1);
    const from = hues.get(parent);
    const section = ((Math.floor(ordinal / 2) + 1) * golden) % 1;
    const step = (leastStep + (mostStep - leastStep) * section) * (ordinal % 2 === 0 ? 1 : -1);
    const hue = from === undefined ? (ordinal * golden + 0.08) % 1 : from + step;
    hues.set(id, hue - Math.floor(hue));
  }
  return hues;
}

/** The hues of a record's species, computed again only when there are more. */
export class SpeciesHues {
  private hues: ReadonlyMap<number, number> = new Map();
  private entries: readonly Descended[] = [];
  private known = -1;

  of(entries: readonly Descended[]): ReadonlyMap<number, number> {
    if (entries !== this.entries || entries.length !== this.known) {
      this.hues = speciesHues(entries);
      this.entries = entries;
      this.known = entries.length;
    }
    return this.hues;
  }
}
