import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { type EntryText, readText } from './entry-text.ts';
import { type DamagedFrozen, type FrozenEntry, isDamaged, readFrozen } from './frozen-entry.ts';

interface Schema extends DBSchema {
  /** The description of each entry. */
  texts: { key: string; value: EntryText };
  /** Its bytes, under the same key: a blob, because browsers refuse other values of more than about 100 MB. Earlier versions kept arrays. */
  states: { key: string; value: Blob | Uint8Array };
  /** Organisms of the freezer. */
  frozen: { key: string; value: FrozenEntry };
}

/** Version of the stores; entries have their own format. */
const storesVersion = 2;

/** The runs stored in this browser. Page and worker, and every tab, open it separately: a change is one transaction. */
export class Notebook {
  private constructor(private readonly stores: IDBPDatabase<Schema>) {}

  /** @throws {Error} if the browser stores nothing, as in some private windows */
  static async open(name = 'upslope'): Promise<Notebook> {
    const stores = await openDB<Schema>(name, storesVersion, {
      upgrade(stores, former) {
        if (former < 1) {
          stores.createObjectStore('texts', { keyPath: 'id' });
          stores.createObjectStore('states');
        }
        if (former < 2) stores.createObjectStore('frozen', { keyPath: 'id' });
      },
      // Another tab wants to upgrade the stores: it must not wait for this one.
      blocking: (_, __, event) => (event.target as IDBDatabase).close(),
    });
    return new Notebook(stores);
  }

  /** All entries, the latest first; damaged entries, marked as such, at the end. */
  async list(): Promise<EntryText[]> {
    return (await this.stores.getAll('texts')).map(readText).sort((a, b) => b.savedAt - a.savedAt);
  }

  /** Saves an entry, replacing one of the same id, in both stores or none. @throws {Error} one line if there is no room */
  async put(text: EntryText, bytes: Uint8Array): Promise<void> {
    await this.write(async () => {
      const change = this.stores.transaction(['texts', 'states'], 'readwrite');
      // The transaction gives the reason for a refusal.
      const puts = [
        change.objectStore('texts').put(text),
        change.objectStore('states').put(new Blob([bytes as BlobPart]), text.id),
      ];
      await Promise.all([...puts.map((put) => put.catch(() => {})), change.done]);
    });
  }

  async read(id: string): Promise<Uint8Array> {
    const bytes = await this.stores.get('states', id);
    if (!bytes) throw new Error('this entry is no longer in the notebook: another tab has deleted it');
    if (bytes instanceof Blob) return new Uint8Array(await bytes.arrayBuffer());
    if (!(bytes instanceof Uint8Array)) throw new Error('it is damaged: it does not hold bytes; delete this entry');
    return bytes;
  }

  async rename(id: string, name: string): Promise<void> {
    const change = this.stores.transaction('texts', 'readwrite');
    const text = await change.store.get(id);
    if (text) await change.store.put({ ...text, name });
    await change.done;
  }

  async remove(ids: readonly string[]): Promise<void> {
    const change = this.stores.transaction(['texts', 'states'], 'readwrite');
    for (const id of ids) {
      await change.objectStore('texts').delete(id);
      await change.objectStore('states').delete(id);
    }
    await change.done;
  }

  /** Organisms of the freezer, the latest first; damaged ones at the end. */
  async frozen(): Promise<(FrozenEntry | DamagedFrozen)[]> {
    const time = (one: FrozenEntry | DamagedFrozen) => (isDamaged(one) ? Number.NEGATIVE_INFINITY : one.savedAt);
    return (await this.stores.getAll('frozen')).map(readFrozen).sort((a, b) => time(b) - time(a));
  }

  /** Saves an organism in the freezer, replacing one of the same id. @throws {Error} one line if there is no room */
  async freeze(entry: FrozenEntry): Promise<void> {
    await this.write(async () => void (await this.stores.put('frozen', entry)));
  }

  async thaw(id: string): Promise<void> {
    await this.stores.delete('frozen', id);
  }

  close(): void {
    this.stores.close();
  }

  private async write(change: () => Promise<void>): Promise<void> {
    try {
      await change();
    } catch (error) {
      // Some browsers end a write for which there is no room without giving a reason.
      if (error instanceof DOMException && (error.name === 'QuotaExceededError' || error.name === 'AbortError')) {
        throw new Error(
          'the browser has no room for it; earlier entries are unchanged. Delete entries of the notebook, or save them as files first',
        );
      }
      throw error;
    }
  }
}
