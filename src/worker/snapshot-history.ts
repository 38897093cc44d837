/** A snapshot in the worker's memory, to which the world can go back. */
export interface KeptSnapshot {
  readonly id: number;
  readonly tick: number;
  readonly line: number;
  readonly bytes: number;
}

/** One line of the run. A change or a new seed at an earlier snapshot begins another. */
export interface Line {
  readonly id: number;
  /** -1 for the first. */
  readonly parent: number;
  /** Tick at which it left its parent. */
  readonly from: number;
  /** Last tick that it has reached. */
  readonly tip: number;
  readonly seed: string;
}

export interface SnapshotsText {
  /** In the order of ticks. */
  readonly kept: readonly KeptSnapshot[];
  readonly lines: readonly Line[];
  /** The current line of the world. */
  readonly line: number;
  /** Ticks between snapshots on the current line. */
  readonly spacing: number;
  readonly bytes: number;
  readonly mostSnapshots: number;
  readonly mostBytes: number;
  /** True when one snapshot of this world is too large to keep any. */
  readonly tooLarge: boolean;
}

/** Most snapshots kept. */
const mostSnapshots = 16;
/** Most bytes of all snapshots together. */
const mostBytes = 256e6;
/** Initial ticks between snapshots. Series sample at its multiples, so that what they collect between samples is empty then. */
const firstSpacing = 250;

/** The properties of a state that are needed to keep it. */
export interface Shelved {
  readonly tick: number;
  readonly bytes: number;
}

interface Item<State> extends KeptSnapshot {
  readonly state: State;
  /** The oldest snapshot of its line: never thinned out while the line is kept. */
  readonly first: boolean;
}

/**
 * Snapshots of a run and of the lines that branched off it, few enough for the memory of a page. They lie on multiples of a
 * spacing, which doubles whenever there are too many; the start of a line and the place where it was left are kept too.
 */
export class SnapshotHistory<State extends Shelved> {
  /** Increases with every change, so that the page knows when to look again. */
  version = 0;
  current: number;
  private spacing = firstSpacing;
  private items: Item<State>[] = [];
  private lines: Line[];
  private nextItem = 0;
  private nextLine = 1;
  private tooLarge = false;

  /** @param tick at which the run begins on this page */
  constructor(tick: number, seed: string) {
    this.current = 0;
    this.lines = [{ id: 0, parent: -1, from: tick, tip: tick, seed }];
  }

  get line(): Line {
    return this.lineOf(this.current);
  }

  lineOf(id: number): Line {
    return this.lines.find((line) => line.id === id) as Line;
  }

  /** Whether a snapshot should be kept at this tick of the current line. */
  isDue(tick: number): boolean {
    if (this.tooLarge) return false;
    const own = this.items.filter(({ line }) => line === this.current);
    return own.length === 0 || (tick % this.spacing === 0 && !own.some((item) => item.tick === tick));
  }

  /** Records the last tick of the current line. */
  reach(tick: number): void {
    const { line } = this;
    if (tick <= line.tip) return;
    this.lines = this.lines.map((one) => (one === line ? { ...one, tip: tick } : one));
  }

  /** Keeps a state of the current line, and drops others if there are then too many. */
  keep(state: State): void {
    if (state.bytes > mostBytes / 2) {
      this.tooLarge = true;
      this.version += 1;
      return;
    }
    const { current } = this;
    const first = !this.items.some(({ line }) => line === current);
    // The place where the line was once left is a place like any other as soon as the line has passed it.
    this.items = this.items.filter(
      (item) => item.line !== current || item.first || item.tick % this.spacing === 0 || item.tick > state.tick,
    );
    if (this.items.some((item) => item.line === current && item.tick === state.tick)) return;
    this.items.push({ id: this.nextItem++, tick: state.tick, line: current, bytes: state.bytes, state, first });
    this.thin();
    this.version += 1;
  }

  /** The state of the current line that is nearest to a tick, and not later than another; undefined if none is kept. */
  nearest(tick: number, latest: number): State | undefined {
    const distance = (item: Item<State>) => Math.abs(item.tick - tick);
    return this.items
      .filter((item) => item.line === this.current && item.tick <= latest)
      .sort((a, b) => distance(a) - distance(b) || a.tick - b.tick)[0]?.state;
  }

  /** The state of a kept snapshot; its line becomes the current one. Undefined if it is no longer kept. */
  take(id: number): State | undefined {
    const item = this.items.find((one) => one.id === id);
    if (!item) return undefined;
    this.current = item.line;
    this.version += 1;
    return item.state;
  }

  /** Begins a line at a tick of the current one. */
  branch(tick: number, seed: string): void {
    this.lines = [...this.lines, { id: this.nextLine, parent: this.current, from: tick, tip: tick, seed }];
    this.current = this.nextLine++;
    this.version += 1;
  }

  describe(): SnapshotsText {
    return {
      kept: this.items
        .map(({ id, tick, line, bytes }) => ({ id, tick, line, bytes }))
        .sort((a, b) => a.tick - b.tick || a.line - b.line),
      lines: this.lines,
      line: this.current,
      spacing: this.spacing,
      bytes: this.bytes(),
      mostSnapshots,
      mostBytes,
      tooLarge: this.tooLarge,
    };
  }

  private bytes(): number {
    return this.items.reduce((sum, item) => sum + item.bytes, 0);
  }

  private isOver(): boolean {
    return this.items.length > mostSnapshots || this.bytes() > mostBytes;
  }

  private thin(): void {
    const firm = (item: Item<State>) =>
      item.first || (item.line !== this.current && item.tick === Math.max(...this.ticksOf(item.line)));
    while (this.isOver()) {
      if (this.items.some((item) => !firm(item))) {
        this.spacing *= 2;
        this.items = this.items.filter((item) => firm(item) || item.tick % this.spacing === 0);
      } else if (!this.dropLine()) return;
    }
  }

  private ticksOf(line: number): number[] {
    return this.items.filter((item) => item.line === line).map(({ tick }) => tick);
  }

  /** Drops the oldest line that is not the current one; its parent becomes the parent of its branches. */
  private dropLine(): boolean {
    const oldest = this.lines.find(({ id }) => id !== this.current);
    if (!oldest) return false;
    this.items = this.items.filter(({ line }) => line !== oldest.id);
    this.lines = this.lines
      .filter((line) => line !== oldest)
      .map((line) => (line.parent === oldest.id ? { ...line, parent: oldest.parent } : line));
    return true;
  }
}
