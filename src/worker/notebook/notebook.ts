import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { type EntryText, readText } from './entry-text.ts';
import { type DamagedFrozen, type FrozenEntry, isDamaged, readFrozen } from './frozen-entry.ts';

interface Schema extends DBSchema {
  /** What is told of each entry. */
  texts: { key: string; value: EntryText };
  /** Its bytes, under the same key: a blob, for browsers refuse other values of more than some 100 MB. Earlier versions kept arrays. */
  states: { key: string; value: Blob | Uint8Array };
  /** Organisms of the freezer. */
  frozen: { key: string; value: FrozenEntry };
}

/** Version of the stores; entries have a format of their own. */
const storesVersion = 2;

/** The runs that this browser keeps. Page and worker, and every tab, open it for themselves: a change is one transaction. */
export class Notebook {
  private constructor(private readonly stores: IDBPDatabase<Schema>) {}

  /** @throws {Error} where the browser keeps nothing, as in some private windows */
  static async open(name = 'upslope'): Promise<Notebook> {
    const stores = await openDB<Schema>(name, storesVersion, {
      upgrade(stores, former) {
        if (former < 1) {
          stores.createObjectStore('texts', { keyPath: 'id' });
          stores.createObjectStore('states');
        }
        if (former < 2) stores.createObjectStore('frozen', { keyPath: 'id' });
      },
      // Another tab wants to bring the stores to a later version: it must not wait for this one.
      blocking: (_, __, event) => (event.target as IDBDatabase).close(),
    });
    return new Notebook(stores);
  }

  /** What there is, the latest first; damaged entries, which say so, at the end. */
  async list(): Promise<EntryText[]> {
    return (await this.stores.getAll('texts')).map(readText).sort((a, b) => b.savedAt - a.savedAt);
  }

  /** Puts an entry away, in the place of one of the same id; both stores or none. @throws {Error} told in words where there is no room */
  async put(text: EntryText, bytes: Uint8Array): Promise<void> {
    await this.write(async () => {
      const change = this.stores.transaction(['texts', 'states'], 'readwrite');
      // Why they were refused, the transaction says.
      const puts = [
        change.objectStore('texts').put(text),
        change.objectStore('states').put(new Blob([bytes as BlobPart]), text.id),
      ];
      await Promise.all([...puts.map((put) => put.catch(() => {})), change.done]);
    });
  }

  async read(id: string): Promise<Uint8Array> {
    const bytes = await this.stores.get('states', id);
    if (!bytes) throw new Error('this entry is not in the notebook any more: another tab has removed it');
    if (bytes instanceof Blob) return new Uint8Array(await bytes.arrayBuffer());
    if (!(bytes instanceof Uint8Array)) throw new Error('it is damaged: what is kept are not bytes; remove this entry');
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

  /** Puts an organism into the freezer, in the place of one of the same id. @throws {Error} told in words where there is no room */
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
      // Some browsers end a write for which there is no room without a reason.
      if (error instanceof DOMException && (error.name === 'QuotaExceededError' || error.name === 'AbortError')) {
        throw new Error(
          'the browser has no room for it; what was kept before stays. Remove entries of the notebook, or save them as files first',
        );
      }
      throw error;
    }
  }
}
