import { transfer } from 'comlink';
import { isAct } from '../../scene/act-path.ts';
import type { WorldText } from '../../worker/describe-world.ts';
import type { EntryText } from '../../worker/notebook/entry-text.ts';
import type { Log } from '../../worker/topics/parameters.ts';
import type { LoadRequest, OpenedWorld, RunAddress } from '../../worker/topics/run.ts';
import type { App } from '../app.svelte.ts';
import { download } from '../ui/download.ts';
import { countOf, messageOf, whole } from '../ui/words.ts';
import { type BundledScene, bundledScenes } from './scenes.ts';
import { showAddress, usualSeed, writeSceneAddress } from './show-address.ts';
import type { Source } from './world-scope.svelte.ts';

/** Ticks that a link replays without a further question. */
const replayAtOnce = 20_000;

/** Changes of parameters, made at tick 0; edits by hand applied to organisms of their time. */
const fromTheStart = (changes: Log['changes']): Log['changes'] =>
  changes.filter(({ path }) => !isAct(path)).map((change) => ({ ...change, at: 0 }));

/** The ways into a world: scenes, files, links, the notebook, and the same one again. */
export class Worlds {
  readonly scenes = bundledScenes;
  /** Worlds requested so far: an earlier request stops when there is a later one. */
  private wishes = 0;
  /** The last of them that may be shown. */
  private latest = 0;
  /** Which of the worker's worlds is shown. */
  private serial = 0;

  constructor(private readonly app: App) {}

  /** Records a request for a world. The returned function says whether no other has been requested since. */
  wish(): () => boolean {
    return this.reserve()();
  }

  /**
   * Keeps the place of a request of which it is not known yet whether there is a world: until then no earlier one stops for it.
   * The returned function makes it a request like those of `wish`, unless a later one has been made.
   */
  reserve(): () => () => boolean {
    const wish = ++this.wishes;
    return () => {
      this.latest = Math.max(this.latest, wish);
      return () => wish === this.latest;
    };
  }

  /**
   * Makes a world at tick 0. Keeps the present one if the new one is refused.
   * @param link fragment of the address that the world comes from
   * @param isLast of the request to which this belongs
   * @returns whether it is shown and no other has been requested since
   */
  async load(
    source: Source,
    seed: string,
    changes: LoadRequest['changes'] = [],
    link = '',
    isLast = this.wish(),
  ): Promise<boolean> {
    const { json, file, whole = [] } = source;
    const world = await this.app.notices.attempt(this.app.worker.run.load({ scene: json, file, seed, changes, whole }));
    return world !== undefined && (await this.enter(world, source, link, changes.length === 0, true, isLast)) && isLast();
  }

  /**
   * Shows a world that has just been made in the worker, with all that belongs to it, unless the worker has another by now.
   * @param plain at tick 0 of its scene, without changes, or a run that keeps the address of its scene
   * @param isNew at tick 0
   * @param isLast of its request: a later one has its own address
   */
  private async enter(
    text: WorldText,
    source: Source,
    link = '',
    plain = false,
    isNew = false,
    isLast = () => true,
  ): Promise<boolean> {
    const sceneName = await this.nameOf(text, source.json);
    if (!this.takes(text)) return false;
    const stepped = this.app.world.text !== undefined;
    this.app.enter({ text, source, sceneName, isNew });
    if (isNew && sceneName === '' && !source.whole) void this.keepOwn(text, source.json);
    if (!isLast()) return true;
    // A scene as it is, from its first tick, has an address of its own.
    if (link === '' && plain && sceneName !== '') showAddress(writeSceneAddress(sceneName, text.seed), stepped);
    else showAddress(link);
    return true;
  }

  /** A scene of this visitor is kept beside those of the page. */
  private async keepOwn({ name, title, question }: WorldText, json: unknown): Promise<void> {
    // A page inside another one is not where a person works.
    if (new URLSearchParams(location.search).has('embed')) return;
    const { keepScene } = await import('./own-scenes.ts');
    keepScene({ name, title, question, json: json as object });
  }

  /** Name of the built-in scene of a world, or ''. */
  private async nameOf({ name }: WorldText, json: unknown): Promise<string> {
    const known = this.scenes.find((scene) => scene.name === name);
    const own = known && (known.json ?? (await known.load().catch(() => undefined)));
    return own !== undefined && (own === json || JSON.stringify(own) === JSON.stringify(json)) ? name : '';
  }

  /** Whether an answer is about the worker's present world, as far as is known: answers may cross. */
  private takes({ serial }: WorldText): boolean {
    if (serial <= this.serial) return false;
    this.serial = serial;
    return true;
  }

  /** Puts the page back to the worker's present state: the same run at an earlier tick, or a branch of it. */
  goBack(text: WorldText, tick: number): boolean {
    if (!this.takes(text)) return false;
    // No address of a scene describes a branch with another seed.
    if (text.seed !== text.firstSeed) showAddress('');
    this.app.goBack(text, tick);
    return true;
  }

  /** Saves the whole state as a file that opens at once, however long the run was. */
  async saveFile(): Promise<void> {
    const bytes = await this.app.notices.attempt(this.app.worker.run.snapshot());
    if (!bytes) return;
    const wanted = `${this.app.world.text?.name ?? 'world'}-${this.app.world.text?.seed ?? ''}-${this.app.world.figures.tick}.upslope`;
    const name = download(wanted, [bytes], 'application/octet-stream');
    this.app.notices.say({ text: `Saved as ${name}. Open it here, or send it.`, kind: 'plain' });
  }

  /**
   * Opens a saved state.
   * @param file its origin, for messages
   * @param link fragment of the address that it comes from
   * @returns undefined if another world has been opened meanwhile
   * @throws {Error} one line for a state that cannot be read
   */
  async openBytes(bytes: ArrayBuffer, file: string, link = ''): Promise<OpenedWorld | undefined> {
    const opened = await this.app.worker.run.open(transfer(bytes, [bytes]));
    return (await this.enter(opened.world, { json: opened.scene, file }, link)) ? opened : undefined;
  }

  /**
   * Restores a run from the notebook. The present world stays if that fails.
   * @param link fragment of the address that it comes from
   */
  async openEntry({ id, name }: EntryText, link = ''): Promise<boolean> {
    const isLast = this.wish();
    let opened: OpenedWorld;
    try {
      opened = await this.app.worker.notebook.open(id);
    } catch (error) {
      this.app.notices.say({ text: `${name} cannot be opened: ${messageOf(error)}`, kind: 'trouble' });
      return false;
    }
    if (!(await this.enter(opened.world, { json: opened.scene, file: 'notebook' }, link, false, false, isLast))) return false;
    this.app.world.figures = { ...this.app.world.figures, tick: opened.tick };
    return isLast();
  }

  async openScene(scene: BundledScene): Promise<void> {
    const isLast = this.wish();
    const json = await this.app.notices.attempt(scene.load());
    // Meanwhile another one may have been requested.
    if (
      json &&
      isLast() &&
      (await this.load({ json, file: scene.file }, this.app.world.text?.firstSeed ?? usualSeed, [], '', isLast))
    )
      await this.app.transport.play();
  }

  /** Starts the same world again. A person's changes are dropped, and can be restored. */
  async restart(seed = this.app.world.text?.firstSeed ?? usualSeed, keep = false): Promise<void> {
    const made = this.app.world.log.changes;
    const again = keep ? fromTheStart(made) : [];
    const seedChanged = seed !== this.app.world.text?.firstSeed;
    if (!(await this.load(this.app.world.source, seed, again))) return;
    await this.app.transport.play();
    const start = seedChanged ? `A new world from seed ${seed}` : 'The same world from tick 0';
    if (keep)
      this.app.notices.say({ text: `${start}, with ${countOf(again.length, 'change')} from the beginning.`, kind: 'plain' });
    else if (made.length > 0) {
      this.app.notices.say({
        text: `${start}, without the ${countOf(made.length, 'change')} made before.`,
        kind: 'plain',
        action: { label: 'Restart with them', run: () => void this.restartWith(seed, made) },
      });
    } else this.app.notices.say({ text: `${start}.`, kind: 'plain' });
  }

  private async restartWith(seed: string, made: Log['changes']): Promise<void> {
    const again = fromTheStart(made);
    if (!(await this.load(this.app.world.source, seed, again))) return;
    await this.app.transport.play();
    this.app.notices.say({ text: `From tick 0, with ${countOf(again.length, 'change')} from the beginning.`, kind: 'plain' });
  }

  /** Replays the run of an address, up to its tick, and stops there. */
  replay(address: RunAddress, file: string, link = '', isLast = this.wish()): Promise<boolean> {
    return this.replayFrom({ json: address.scene, file }, address, link, isLast);
  }

  private async replayFrom(source: Source, address: RunAddress, link = '', isLast = this.wish()): Promise<boolean> {
    if (!(await this.load(source, address.seed, address.changes, link, isLast))) return false;
    if (address.tick === 0 && !address.twin) {
      await this.app.transport.play();
      return true;
    }
    if (link !== '' && address.tick > replayAtOnce) {
      const text = `The link replays ${whole(address.tick)} ticks, which may take long. The world waits at tick 0.`;
      const action = { label: `Replay to tick ${whole(address.tick)}`, run: () => void this.replayTo(address) };
      this.app.notices.say({ text, kind: 'plain', action });
    } else await this.replayTo(address);
    return true;
  }

  private async replayTo(address: RunAddress): Promise<void> {
    const { tick } = address;
    if (!(await this.app.transport.runTo(tick))) return;
    if (address.twin) {
      const { openShared } = await import('../twins/open-twins.ts');
      await openShared(this.app.world, address);
    }
    const text = `Replayed to tick ${whole(tick)}: the state is the shared one. Play continues from here.`;
    this.app.notices.say({ text, kind: 'plain' });
  }

  /** Starts a new worker and replays to where the lost one was last seen. */
  async revive(): Promise<void> {
    const { seed, firstSeed: first } = this.app.world.text ?? { seed: usualSeed, firstSeed: usualSeed };
    const branched = seed !== first;
    const tick = branched ? 0 : this.app.world.figures.tick;
    const changes = branched ? [] : this.app.world.log.changes;
    const { source } = this.app.world;
    const address = { scene: source.json, seed: first, changes, tick };
    this.serial = 0;
    this.app.reconnect();
    await this.replayFrom(source, address);
    if (branched)
      this.app.notices.say({
        text: 'The branch is lost with the simulation. This is the run from which it branched, from tick 0.',
        kind: 'plain',
      });
  }
}
