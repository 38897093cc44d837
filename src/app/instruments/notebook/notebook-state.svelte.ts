import { type NotableEventKind, notableEventKinds } from '../../../worker/event-watch.ts';
import type { EntryKind, EntryText } from '../../../worker/notebook/entry-text.ts';
import { type DamagedFrozen, type FrozenEntry, isDamaged } from '../../../worker/notebook/frozen-entry.ts';
import type { Notebook } from '../../../worker/notebook/notebook.ts';
import { download } from '../../ui/download.ts';
import { recall, remember } from '../../ui/remember.ts';
import { countOf, messageOf, size, whole } from '../../ui/words.ts';
import type { InstrumentContext } from '../instrument-context.ts';

/** Autosaves that are kept, of all tabs; the oldest make room. */
const mostAutosaves = 6;
/** Saves of this world for which there should be room: below it a warning appears. */
const fewSaves = 5;
const isKinds = (value: unknown): value is readonly NotableEventKind[] =>
  Array.isArray(value) && value.every((kind) => notableEventKinds.includes(kind));

/** Bytes that this page uses in the browser and may use, and whether the browser has promised not to clear them for others. */
interface Room {
  readonly used: number;
  readonly quota: number;
  readonly lasting: boolean;
}

/** Runs stored in this browser: automatically every few seconds, at events, and on request. */
export class NotebookState {
  entries = $state.raw<readonly EntryText[]>([]);
  /** Frozen organisms. */
  frozen = $state.raw<readonly FrozenEntry[]>([]);
  /** Those that cannot be read: they can be saved and deleted. */
  damaged = $state.raw<readonly DamagedFrozen[]>([]);
  room = $state.raw<Room>();
  /** Why nothing is stored, or ''. */
  closed = $state('');
  /** Events at which the world pauses, and at which it is kept. */
  pauseAt = $state.raw<readonly NotableEventKind[]>(recall('pauseAt', [], isKinds));
  keepAt = $state.raw<readonly NotableEventKind[]>(recall('keepAt', ['predator', 'sweep', 'few'], isKinds));
  private opened: Promise<Notebook | undefined> | undefined;
  private tab = '';

  constructor(private readonly page: Pick<InstrumentContext, 'world' | 'worker' | 'worlds' | 'dock' | 'notices'>) {
    // A hidden page may be closed, or its machine, at any moment.
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) void page.world.saves.autosave();
    });
  }

  /** Stores nothing from now on: a page inside another one is not where a person works. */
  close(): void {
    this.opened = Promise.resolve(undefined);
  }

  setPause(kind: NotableEventKind, on: boolean): void {
    this.pauseAt = notableEventKinds.filter((one) => (one === kind ? on : this.pauseAt.includes(one)));
    remember('pauseAt', this.pauseAt);
    void this.page.worker.transport.pauseAt(this.pauseAt);
  }

  setKeep(kind: NotableEventKind, on: boolean): void {
    this.keepAt = notableEventKinds.filter((one) => (one === kind ? on : this.keepAt.includes(one)));
    remember('keepAt', this.keepAt);
  }

  /** Keeps the present world. */
  async keep(name = ''): Promise<void> {
    const { worker, world } = this.page;
    const { text: shown, saves } = world;
    if (!shown) return;
    // The page may lag behind the world.
    const { tick } = await worker.run.address();
    const entryName = name.trim() || `${shown.title}, tick ${whole(tick)}`;
    // What a person keeps should not be cleared when the disk runs short. Browsers may ask the person, so autosaves do not request it.
    void navigator.storage?.persist?.().catch(() => {});
    const before = saves.warned;
    const text = await this.keepAs(crypto.randomUUID(), 'moment', entryName);
    // A warning about room is more important than this notice.
    if (text && saves.warned === before) this.page.notices.say({ text: `Kept in the notebook: ${entryName}.`, kind: 'plain' });
  }

  /** Opens a run in place of the present world. @param link fragment of the address that it comes from */
  async open(entry: EntryText, link = ''): Promise<boolean> {
    const { page } = this;
    const isLast = page.worlds.wish();
    await page.world.saves.autosave();
    if (!isLast() || !(await page.worlds.openEntry(entry, link))) return false;
    // An autosave continues under its own id only in the tab that wrote it.
    page.world.saves.takeUp(entry, entry.kind === 'autosave' && entry.id.startsWith(`auto ${await this.ownTab()} `));
    page.notices.say({ text: `${entry.name} is open at tick ${whole(entry.tick)}. Play continues from there.`, kind: 'plain' });
    return true;
  }

  /** The run with which this tab was left, or undefined. */
  async left(): Promise<EntryText | undefined> {
    const tab = await this.ownTab();
    const entries = await this.refresh();
    return entries.find(({ id, kind }) => kind === 'autosave' && id.startsWith(`auto ${tab} `));
  }

  /** The last run of a tab that is closed now, or undefined. */
  async leftElsewhere(): Promise<EntryText | undefined> {
    const tab = await this.ownTab();
    const open = await openTabs();
    const entries = this.entries.filter(
      ({ id, kind, tick }) => kind === 'autosave' && tick >= 300 && !id.startsWith(`auto ${tab} `),
    );
    return entries.find(({ id }) => !open.includes(id.split(' ')[1]));
  }

  async rename(id: string, name: string): Promise<void> {
    const notebook = await this.notebook();
    if (!notebook || name.trim() === '') return;
    await this.page.notices.attempt(notebook.rename(id, name.trim()));
    await this.refresh();
  }

  async remove(ids: readonly string[]): Promise<void> {
    const notebook = await this.notebook();
    if (!notebook) return;
    await this.page.notices.attempt(notebook.remove(ids));
    this.page.world.saves.forget(ids);
    await this.refresh();
  }

  /** Keeps the genome of a living organism in this browser. */
  async freeze(population: string, id: number): Promise<void> {
    const notebook = await this.notebook();
    if (!notebook) {
      this.page.notices.say({ text: this.closed, kind: 'trouble' });
      return;
    }
    const { page } = this;
    const organism = await page.notices.attempt(page.worker.organisms.freeze(population, id));
    if (!organism) return;
    const name = `${organism.population} ${id}, ${organism.scene}`;
    await page.notices.attempt(notebook.freeze({ id: crypto.randomUUID(), name, savedAt: Date.now(), organism }));
    await this.refreshFrozen();
    page.notices.say({ text: `${name} is in the freezer. Place it into any world.`, kind: 'plain' });
  }

  async renameFrozen(id: string, name: string): Promise<void> {
    const entry = this.frozen.find((one) => one.id === id);
    const notebook = await this.notebook();
    if (!entry || !notebook || name.trim() === '') return;
    await this.page.notices.attempt(notebook.freeze({ ...entry, name: name.trim() }));
    await this.refreshFrozen();
  }

  async removeFrozen(id: string): Promise<void> {
    await this.page.notices.attempt((await this.notebook())?.thaw(id) ?? Promise.resolve());
    await this.refreshFrozen();
  }

  async refreshFrozen(): Promise<void> {
    const notebook = await this.notebook();
    const found = notebook && (await this.page.notices.attempt(notebook.frozen()));
    if (!found) return;
    this.frozen = found.filter((one): one is FrozenEntry => !isDamaged(one));
    this.damaged = found.filter(isDamaged);
  }

  /** Saves one entry as a file. */
  saveEntry(entry: EntryText): Promise<void> {
    return this.save([entry], []);
  }

  /** Saves everything as one file, including damaged entries. */
  saveAll(): Promise<void> {
    return this.save(this.entries, [...this.frozen, ...this.damaged.map(({ kept }) => kept)]);
  }

  private async save(entries: readonly EntryText[], frozen: readonly unknown[]): Promise<void> {
    const notebook = await this.notebook();
    if (!notebook) return;
    const { writeNotebookFile } = await import('../../../worker/notebook/notebook-file.ts');
    const read = await this.page.notices.attempt(
      Promise.all(entries.map(async ({ id, name }) => ({ name, bytes: await notebook.read(id) }))),
    );
    if (!read) return;
    const [only] = entries;
    const title =
      entries.length === 1 && frozen.length === 0 ? only.name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') : 'notebook';
    const wanted = `${title || 'entry'}.upslope-notebook`;
    const name = download(wanted, writeNotebookFile({ entries: read, frozen }) as BlobPart[], 'application/octet-stream');
    this.page.notices.say({
      text: `Saved ${countOf(entries.length, 'entry', 'entries')}${frozen.length > 0 ? ` and ${countOf(frozen.length, 'organism')} of the freezer` : ''} as ${name}.`,
      kind: 'plain',
    });
  }

  /** Adds the entries of a file. Damaged ones are reported, and the others are imported. */
  async openFile(file: File): Promise<void> {
    const notebook = await this.notebook();
    if (!notebook) return;
    let taken = 0;
    let thawed = 0;
    const refused: string[] = [];
    try {
      const [{ readEntry }, { readNotebookFile }] = await Promise.all([
        import('../../../worker/notebook/entry.ts'),
        import('../../../worker/notebook/notebook-file.ts'),
      ]);
      const { entries, frozen, refused: unread } = readNotebookFile(new Uint8Array(await file.arrayBuffer()));
      refused.push(...unread);
      for (const organism of frozen) await notebook.freeze({ ...organism, id: crypto.randomUUID() });
      thawed = frozen.length;
      for (const { name, bytes } of entries) {
        try {
          const { text } = readEntry(bytes);
          const kind: EntryKind = text.kind === 'autosave' ? 'moment' : text.kind;
          await notebook.put({ ...text, id: crypto.randomUUID(), kind, name }, bytes);
          taken++;
        } catch (error) {
          refused.push(`${name}: ${messageOf(error)}`);
        }
      }
    } catch (error) {
      refused.push(messageOf(error));
    }
    await this.refresh();
    await this.refreshFrozen();
    const imported = `${file.name}: ${countOf(taken, 'entry', 'entries')} imported into the notebook${thawed > 0 ? `, ${countOf(thawed, 'organism')} into the freezer` : ''}`;
    this.page.notices.say(
      refused.length > 0
        ? { text: `${taken > 0 ? `${imported}; ` : `${file.name}: `}${describeRefused(refused)}.`, kind: 'trouble' }
        : { text: `${imported}.`, kind: 'plain' },
    );
  }

  /** Reads the entries again: another tab may have changed them. */
  async refresh(): Promise<readonly EntryText[]> {
    const notebook = await this.notebook();
    if (!notebook) return [];
    this.entries = (await this.page.notices.attempt(notebook.list())) ?? this.entries;
    this.room = await measureRoom();
    return this.entries;
  }

  /** A name for the autosaves of a world in this tab. */
  async autosaveName(): Promise<string> {
    return `auto ${await this.ownTab()} ${crypto.randomUUID()}`;
  }

  /** Keeps the present world under an id; undefined if that failed, which is reported. */
  async keepAs(id: string, kind: EntryKind, name: string): Promise<EntryText | undefined> {
    if (!(await this.notebook())) {
      if (kind === 'moment') this.page.notices.say({ text: this.closed, kind: 'trouble' });
      return undefined;
    }
    try {
      const text = await this.page.worker.notebook.save({ id, kind, name });
      this.closed = '';
      this.entries = [text, ...this.entries.filter((entry) => entry.id !== id)];
      await this.dropOld();
      await this.watchRoom(text.bytes);
      return text;
    } catch (error) {
      // Reported once, not with every attempt.
      const problem = `Not kept: ${messageOf(error)}`;
      if (kind !== 'autosave' || this.closed !== problem) this.page.notices.say({ text: problem, kind: 'trouble' });
      if (kind === 'autosave') this.closed = problem;
      return undefined;
    }
  }

  /** Warns once, and in time, that the room is running out. @param bytes of a save of this world */
  private async watchRoom(bytes: number): Promise<void> {
    this.room = await measureRoom();
    const { used, quota } = this.room;
    const left = Math.floor((quota - used) / bytes);
    const { saves } = this.page.world;
    if (quota === 0 || left >= fewSaves || saves.warned) return;
    saves.warned = true;
    const text = `The notebook has room for ${left < 1 ? 'no more saves' : countOf(left, 'more save')} of this world. Delete entries, or save them as files. Nothing is lost yet.`;
    this.page.notices.say({
      text,
      kind: 'trouble',
      action: { label: 'Open the notebook', run: () => this.page.dock.show('notebook') },
    });
  }

  private async dropOld(): Promise<void> {
    const old = this.entries
      .filter(({ kind }) => kind === 'autosave')
      .sort((a, b) => b.savedAt - a.savedAt)
      .slice(mostAutosaves);
    if (old.length === 0) return;
    await (await this.notebook())?.remove(old.map(({ id }) => id));
    this.entries = this.entries.filter((entry) => !old.includes(entry));
  }

  private notebook(): Promise<Notebook | undefined> {
    // Stores are opened when they are first asked for: the first frame does without.
    this.opened ??= import('../../../worker/notebook/notebook.ts').then((module) => module.Notebook.open());
    return this.opened.catch(() => {
      this.opened = undefined;
      this.closed = 'This browser stores nothing for pages, so runs are lost with the tab. Save them as files.';
      return undefined;
    });
  }

  /** Name of this tab, which a reload keeps. A duplicated tab gets another. */
  private async ownTab(): Promise<string> {
    this.tab ||= sessionStorageItem() ?? '';
    // A reloaded tab keeps its name, even if the page before is slow to release it.
    if (this.tab !== '' && (heldTab === this.tab || (await hold(this.tab)) || isReload())) return this.tab;
    this.tab = crypto.randomUUID();
    await hold(this.tab);
    try {
      sessionStorage.setItem('upslope.tab', this.tab);
    } catch {
      // Without storage a reload starts again.
    }
    return this.tab;
  }
}

/** The first few refusals, because they are reported in one line. */
const describeRefused = (refused: readonly string[]): string =>
  [...refused.slice(0, 3), ...(refused.length > 3 ? [`${refused.length - 3} more cannot be read`] : [])].join('; ');

function sessionStorageItem(): string | null {
  try {
    return sessionStorage.getItem('upslope.tab');
  } catch {
    return null;
  }
}

/** Whether this page is a reload of one that the tab had before. */
export function isReload(): boolean {
  const [how] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return how?.type === 'reload' || how?.type === 'back_forward';
}

/** Tab whose name this page holds. */
let heldTab = '';
const lockOf = (tab: string) => `upslope tab ${tab}`;

/** Milliseconds for which a page waits until the one that it reloads has gone. */
const handOver = 1000;

/** Holds the name of a tab for as long as the page lives; false if another page holds it. */
function hold(tab: string): Promise<boolean> {
  if (!navigator.locks) {
    heldTab = tab;
    return Promise.resolve(true);
  }
  return new Promise((resolve) => {
    const holding = navigator.locks.request(lockOf(tab), { signal: AbortSignal.timeout(handOver) }, () => {
      heldTab = tab;
      resolve(true);
      // Never settles: the lock ends with the page.
      return new Promise<void>(() => {});
    });
    holding.catch(() => resolve(false));
  });
}

/** Names of the tabs that are open. */
async function openTabs(): Promise<string[]> {
  const held = (await navigator.locks?.query())?.held ?? [];
  return held
    .map(({ name }) => name ?? '')
    .filter((name) => name.startsWith('upslope tab '))
    .map((name) => name.slice('upslope tab '.length));
}

/** Kinds of entries, as the list shows them. */
export const kindWords: Readonly<Record<EntryKind, string>> = {
  autosave: 'autosaved',
  event: 'kept at an event',
  moment: 'kept',
};

async function measureRoom(): Promise<Room> {
  const { usage = 0, quota = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  return { used: usage, quota, lasting: (await navigator.storage?.persisted?.()) ?? false };
}

/** Storage in a form that people can compare. */
export const roomWords = ({ used, quota }: Room): string => (quota > 0 ? `${size(used)} of ${size(quota)}` : size(used));
