import type { SeenLock } from './lock.ts';

/**
 * How long locks have been silent, as seen by this process: by its own clock, from its own first look on. Clocks of other
 * machines do not count.
 */
export class Silence {
  private readonly now: () => number;
  private readonly seen = new Map<string, { readonly token: string; readonly beat: number; readonly since: number }>();

  /** @param now milliseconds of a clock that never goes back */
  constructor(now: () => number) {
    this.now = now;
  }

  /**
   * Looks at a lock.
   * @returns `beats` where it has changed since the last look at it by the same owner; otherwise the milliseconds without a
   * change
   */
  look(path: string, { token, beat }: SeenLock): 'beats' | number {
    const before = this.seen.get(path);
    if (before?.token === token && before.beat === beat) return this.now() - before.since;
    this.seen.set(path, { token, beat, since: this.now() });
    return before?.token === token ? 'beats' : 0;
  }

  forget(path: string): void {
    this.seen.delete(path);
  }
}
