import type { Population } from '../population/population.ts';
import type { Notice } from './types.ts';

/** What a world has reported: changes and edits, extinctions, and populations at their capacity. */
export class WorldNotices {
  list: Notice[] = [];
  /** Populations at their capacity: reported once, until there is room again. */
  private full = new Set<string>();
  private gone = new Set<string>();

  /** Reports what a tick has done to the populations. */
  afterTick(tick: number, populations: readonly Population[]): void {
    for (const { name, count, births, capacity } of populations) {
      if (count === 0 && !this.gone.has(name)) {
        this.gone.add(name);
        this.list.push({ tick, kind: 'extinction', population: name, text: `${name} died out.` });
      }
      if (births.refused > 0 && !this.full.has(name)) {
        this.full.add(name);
        const text = `${name} is at its capacity of ${capacity}; further births do not take place.`;
        this.list.push({ tick, kind: 'capacity', population: name, text });
      } else if (this.full.has(name) && count < 0.95 * capacity) this.full.delete(name);
    }
  }

  /** An edit by hand may have placed organisms into an extinct population, which can then die out again. */
  afterAct(populations: readonly Population[]): void {
    for (const { name, count } of populations) if (count > 0) this.gone.delete(name);
  }

  /** Its part of a snapshot. */
  state(): { readonly notices: Notice[]; readonly full: string[] } {
    return { notices: this.list, full: [...this.full] };
  }

  /** @param populations as they are restored */
  restore({ notices, full }: ReturnType<WorldNotices['state']>, populations: readonly Population[]): void {
    this.list = notices;
    this.full = new Set(full);
    this.gone = new Set(populations.filter(({ count }) => count === 0).map(({ name }) => name));
  }
}
