import type { Highlight } from '../../../worker/highlighter.ts';
import type { LineOfDescent } from '../../../worker/report-line.ts';
import type { WorldScope } from '../../session/world-scope.svelte.ts';
import { isBoolean, recall, remember } from '../../ui/remember.ts';

/** Generations back to the ancestor whose living descendants are highlighted by default. */
const usualDepth = 4;

/** The line of descent of the picked organism, back to its founder. */
export class LineageState {
  line = $state.raw<LineOfDescent>();
  /** Whether relatives are highlighted in the world while an organism is picked. */
  on = $state(recall('kin', true, isBoolean));
  /** Ids of the ancestor that was chosen and of the one that is pointed at, in any list of ancestors; -1 for none. */
  chosen = $state(-1);
  pointed = $state(-1);
  /** Organisms that are highlighted instead, with the picked one: its living relatives, or an ancestor that lives again. */
  group = $state.raw<readonly number[]>([]);
  private id: number | undefined;

  constructor(private readonly world: WorldScope) {}

  /** The ancestor whose living descendants are highlighted, or -1. */
  readonly at = $derived.by(() => {
    if (this.pointed >= 0) return this.pointed;
    if (!this.on) return -1;
    if (this.chosen >= 0) return this.chosen;
    const { line } = this;
    return line && line.id.length > 0 ? line.id[Math.min(line.id.length - 1, usualDepth)] : -1;
  });

  readonly highlight = $derived.by((): Highlight | undefined => {
    if (this.pointed < 0 && this.group.length > 0) return { kind: 'organisms', ids: this.group };
    return this.at < 0 ? undefined : { kind: 'descendants', of: this.at };
  });

  /** Shows the line of an organism, or none. */
  show(id: number | undefined): void {
    this.id = id;
    this.line = undefined;
    this.chosen = -1;
    this.pointed = -1;
    this.group = [];
    this.refresh();
  }

  /** Asks again which ancestors live. The record drops the dead without living descendants: their line stays as it was last seen. */
  refresh(): void {
    const { id } = this;
    if (id === undefined) return;
    this.world.worker.record.lineOf(id).then(
      (line) => {
        if (this.id !== id) return;
        this.line = line ?? (this.line && { ...this.line, alive: new Uint8Array(this.line.alive.length) });
      },
      // The connection reports a lost worker.
      () => {},
    );
  }

  choose(id: number): void {
    this.chosen = this.chosen === id ? -1 : id;
    this.group = [];
  }

  toggle(): void {
    this.group = [];
    this.on = !this.on;
    remember('kin', this.on);
  }
}
