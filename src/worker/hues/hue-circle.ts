// Hues of lines of descent that follow what lives now, slowly: a function of the run's history and the tick, never of the clock.
import { hueOfNumber, type Line, spaceHues, wayBetween } from './space-hues.ts';

/** Ticks between two times at which the circle is spaced again. In between hues move evenly. */
export const spacedEvery = 100;
/** Most that a hue moves in a tick, in turns: 0.06 degrees, so that a half turn takes 3000 ticks. */
export const mostPerTick = 0.06 / 360;

/** What a circle holds, for a snapshot: hues at a tick and their moves from there, in turns. */
export interface CircleState {
  readonly tick: number;
  readonly hues: readonly (readonly [id: number, hue: number, move: number])[];
}

/** The hues of some lines. */
export class HueCircle {
  private tick = 0;
  private hues = new Map<number, { readonly hue: number; readonly move: number }>();

  /** Shows the lines where they belong, whatever was shown before; those without living members between their relatives. */
  begin(lines: readonly Line[], tick: number): void {
    this.tick = tick;
    const living = spaceHues(lines, tick);
    const all = lines.map((line) => ({ ...line, count: Math.max(1, line.count) }));
    const hues = [...spaceHues(all, tick, (id) => living.get(id)), ...living];
    this.hues = new Map(hues.map(([id, hue]) => [id, { hue, move: 0 }]));
  }

  /**
   * Spaces the circle again: from here to the next time the living lines move to where they belong, or as far as they may. Lines without
   * living members keep their last hue; those that are not listed are forgotten.
   * @param lines parents before those that left them
   * @param fresh where a new line begins: with the hue of the one that it left, or where it belongs
   * @returns whether any moves
   */
  move(lines: readonly Line[], tick: number, fresh: 'parent' | 'place'): boolean {
    const now = new Map<number, number>();
    for (const { id, parent } of lines) {
      const hue = this.hue(id, tick) ?? (fresh === 'parent' ? (now.get(parent) ?? hueOfNumber(id)) : undefined);
      if (hue !== undefined) now.set(id, hue);
    }
    const wanted = spaceHues(lines, tick, (id) => now.get(id));
    for (const { id, parent } of lines) {
      if (!now.has(id)) now.set(id, wanted.get(id) ?? now.get(parent) ?? hueOfNumber(id));
    }
    const most = mostPerTick * spacedEvery;
    let moves = false;
    this.hues = new Map();
    for (const [id, hue] of now) {
      const way = wayBetween(hue, wanted.get(id) ?? hue);
      const move = Math.min(most, Math.max(-most, way));
      moves ||= move !== 0;
      this.hues.set(id, { hue, move });
    }
    this.tick = tick;
    return moves;
  }

  /** Hue of a line in turns, from 0 to 1; undefined for one that was not listed. */
  hue(id: number, tick: number): number | undefined {
    const found = this.hues.get(id);
    if (!found) return undefined;
    const hue = found.hue + found.move * Math.min(1, (tick - this.tick) / spacedEvery);
    return hue - Math.floor(hue);
  }

  /** Hues of all lines. */
  at(tick: number): Map<number, number> {
    return new Map(Array.from(this.hues.keys(), (id) => [id, this.hue(id, tick) as number]));
  }

  state(): CircleState {
    return { tick: this.tick, hues: Array.from(this.hues, ([id, { hue, move }]) => [id, hue, move] as const) };
  }

  restore({ tick, hues }: CircleState): void {
    this.tick = tick;
    this.hues = new Map(hues.map(([id, hue, move]) => [id, { hue, move }]));
  }
}
