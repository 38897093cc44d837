import type { EntrySeries } from '../protocol.ts';
import { Run } from '../run.ts';
import type { EntryText, SavedRun } from './entry.ts';
import type { Notebook } from './notebook.ts';

/** Puts runs into the notebook and takes them out. Its reader and writer come when they are needed. */
export class NotebookDesk {
  private notebook: Promise<Notebook> | undefined;

  /** @throws {Error} told in words where there is no room, or the browser keeps nothing */
  async put(text: Omit<EntryText, 'bytes'>, run: SavedRun): Promise<EntryText> {
    const { writeEntry } = await import('./entry.ts');
    const bytes = writeEntry(text, run);
    const whole = { ...text, bytes: bytes.length };
    await (await this.open()).put(whole, bytes);
    return whole;
  }

  /** @throws {Error} told in words where the entry is gone or cannot be read */
  async take(id: string): Promise<SavedRun> {
    const { readEntry } = await import('./entry.ts');
    return readEntry(await (await this.open()).read(id)).run;
  }

  /** Time series of an entry. */
  async series(id: string): Promise<EntrySeries> {
    const saved = await this.take(id);
    // What its columns are only its world knows.
    const run = Run.resume(saved.kept, saved.course);
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
