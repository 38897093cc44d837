import { isBoolean, recall, remember } from '../../ui/remember.ts';

/** Whether the whole tree of a world is shown, and which of its clades are folded. */
export class WholeTreeState {
  /** All species on one canvas instead of the largest with portraits. */
  shown = $state(recall('whole-tree', false, isBoolean));
  /** Species whose clades are one row. */
  folds = $state.raw<ReadonlySet<number>>(new Set());

  toggle(): void {
    this.shown = !this.shown;
    remember('whole-tree', this.shown);
  }

  /** Folds a clade into one row, or unfolds it. */
  fold(species: number): void {
    const folds = new Set(this.folds);
    if (!folds.delete(species)) folds.add(species);
    this.folds = folds;
  }
}
