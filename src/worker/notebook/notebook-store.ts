import type { Run } from '../live-run.ts';
import type { SeriesData } from '../series.ts';
import type { SeriesColumn } from '../series-sampler.ts';
import type { SavedRun } from './entry.ts';
import type { EntryText } from './entry-text.ts';
import type { Notebook } from './notebook.ts';

/** Measurements of a stored run. */
export interface EntrySeries {
  readonly columns: readonly SeriesColumn[];
  readonly data: SeriesData;
}

/** Saves runs in the notebook and restores them. Its reader and writer are loaded when needed. */
export class NotebookStore {
  private notebook: Promise<Notebook> | undefined;

  /** @throws {Error} one line if there is no room, or the browser stores nothing */
  async put(text: Omit<EntryText, 'bytes'>, run: SavedRun): Promise<EntryText> {
    const { writeEntry } = await import('./entry.ts');
    const bytes = writeEntry(text, run);
    const whole = { ...text, bytes: bytes.length };
    await (await this.open()).put(whole, bytes);
    return whole;
  }

  /** Restores the run of an entry. @throws {Error} one line if the entry is gone, or its run cannot be restored */
  async take(id: string): Promise<{ readonly saved: SavedRun; readonly run: Run }> {
    const [{ readEntry }, { takeUp }] = await Promise.all([import('./entry.ts'), import('./take-up.ts')]);
    const { run: saved } = readEntry(await (await this.open()).read(id));
    return { saved, run: takeUp(saved) };
  }

  /** Time series of an entry. */
  async series(id: string): Promise<EntrySeries> {
    // Only its world knows its columns.
    const { run } = await this.take(id);
    try {
      const { columns, series } = run.recorder;
      return { columns, data: series.read(columns.map((_, i) => i)) };
    } finally {
      run.dispose();
    }
  }

  private async open(): Promise<Notebook> {
    this.notebook ??= import('./notebook.ts').then(({ Notebook }) => Notebook.open());
    try {
      return await this.notebook;
    } catch (error) {
      this.notebook = undefined;
      throw error;
    }
  }
}
