import { proxy, type Remote, transfer } from 'comlink';
import { isAct } from '../scene/act-path.ts';
import type { Sequential, Theme } from '../view/colour-scale.ts';
import type { Seen, WorldView } from '../view/world-view.ts';
import { type Connection, connect } from '../worker/connect.ts';
import type { EntryText } from '../worker/notebook/entry-text.ts';
import type {
  Control,
  Figures,
  Highlight,
  LoadRequest,
  Log,
  OpenedWorld,
  Palette,
  PickReport,
  RunAddress,
  SeriesData,
  SimulationWorker,
  WorldText,
} from '../worker/protocol.ts';
import type { ClimbState } from './instruments/climb/climb-state.svelte.ts';
import type { CaptureState } from './instruments/export/capture-state.svelte.ts';
import { FossilState } from './instruments/fossils/fossil-state.svelte.ts';
import type { TournamentState } from './instruments/fossils/tournament-state.svelte.ts';
import { HandsState } from './instruments/hands/hands-state.svelte.ts';
import type { Instrument, Key } from './instruments/instrument.ts';
import { LandscapeState } from './instruments/landscape/landscape-state.svelte.ts';
import { LookFor } from './instruments/mechanisms/look-for.svelte.ts';
import { NotebookState } from './instruments/notebook/notebook-state.svelte.ts';
import { LineageState } from './instruments/organism/lineage-state.svelte.ts';
import type { RunsState } from './instruments/runs/runs-state.svelte.ts';
import { TreeState } from './instruments/tree/tree-state.svelte.ts';
import { PastState } from './session/past-state.svelte.ts';
import { type BundledScene, bundledScenes } from './session/scenes.ts';
import { DockState } from './shell/dock-state.svelte.ts';
import { GuideState } from './shell/guide-state.svelte.ts';
import { allKeys } from './shell/keys.ts';
import type { Notice } from './shell/notice.ts';
import { speeds } from './shell/speeds.ts';
import { chooseTheme, currentTheme, onSystemTheme, showTheme } from './shell/theme.ts';
import { download } from './ui/download.ts';
import { isBoolean, oneOf, recall, remember } from './ui/remember.ts';
import { countOf, duration, messageOf, whole } from './ui/words.ts';
import { FrameLoop } from './world/frame-loop.ts';

/** A run that takes over a second. */
export interface Progress {
  readonly goal: number;
  readonly tick: number;
  readonly remaining: string;
}

/** Ticks that a link replays without a further question. */
const replayAtOnce = 20_000;

const noFigures: Figures = {
  tick: 0,
  status: 'running',
  playing: false,
  ticksPerSecond: 0,
  alive: [],
  generation: 0,
  changes: 0,
  notices: 0,
  trouble: '',
  shelf: 0,
  moments: 0,
  speciesEvents: 0,
  fossils: 0,
};

/** Puts the origin of the world into the address, or removes it: the address names no other world than the one that is shown. */
export function showAddress(fragment: string): void {
  if (location.hash !== fragment) history.replaceState(history.state, '', fragment || location.pathname + location.search);
}

/** The palettes of a world. */
export const palettesOf = ({ habitat, populations }: WorldText): Palette[] => [
  'lineage',
  'species',
  ...(habitat === 'landscape' ? (['fitness'] as const) : (['energy', 'age'] as const)),
  ...(populations[0]?.traits ?? []).map(({ id }): Palette => `trait:${id}`),
];

/** Changes of parameters, made at tick 0; edits by hand applied to organisms of their time. */
const fromTheStart = (changes: Log['changes']): Log['changes'] =>
  changes.filter(({ path }) => !isAct(path)).map((change) => ({ ...change, at: 0 }));

/** State of the page: one world in one worker, one view of it, and the instruments around it. */
export class App {
  readonly scenes = bundledScenes;
  world = $state.raw<WorldText>();
  figures = $state.raw<Figures>(noFigures);
  controls = $state.raw<readonly Control[]>([]);
  log = $state.raw<Log>({ changes: [], notices: [] });
  notice = $state.raw<Notice>();
  progress = $state.raw<Progress>();
  /** The simulation no longer answers and can only be restarted. */
  down = $state(false);
  speed = $state(speeds[0].ticksPerSecond);

  palette = $state<Palette>('lineage');
  sequential = $state<Sequential>(recall('scale', 'viridis', oneOf<Sequential>('viridis', 'cividis')));
  theme = $state<Theme>(currentTheme());

  /** Values at the ends of the colour scale, if they depend on the living organisms. */
  range = $state.raw<readonly [number, number]>();

  picked = $state.raw<{ population: string; id: number }>();
  report = $state.raw<PickReport>();
  following = $state(false);
  /** What is under the pointer. */
  pointed = $state.raw<Seen>();
  /** What density shows instead of single organisms, if it is on. */
  dense = $state.raw<{ readonly full: number; readonly lengths: number }>();
  /** Increases when the view moves: scale bar and minimap depend on it. */
  moves = $state(0);

  railOpen = $state(recall('rail', false, isBoolean));
  legend = $state(recall('legend', true, isBoolean));
  minimap = $state(recall('minimap', false, isBoolean));
  keysShown = $state(false);

  readonly dock: DockState;
  /** Every key, in the order of their list. */
  readonly keys: readonly Key[];
  /** Species of this world, and which of them are highlighted. */
  readonly tree = new TreeState(this);
  /** Line of descent of the picked organism. */
  readonly lineage = new LineageState(this);
  readonly fossils = new FossilState(this);
  /** The guided start. */
  readonly guide = new GuideState(this);
  /** Things to look for, and those that were seen. */
  readonly lookFor = new LookFor(this);
  /** Edits of the world by hand. */
  readonly hands = new HandsState(this);
  /** The plane of genome space, in worlds on a landscape. */
  readonly landscape = new LandscapeState(this);
  /** Kept snapshots and the lines of this run. */
  readonly past = new PastState(this);
  /** Runs stored in this browser. */
  readonly notebook = new NotebookState(this);
  /** The comparison of many runs. Its program is loaded with its instrument, and it outlives its panel. */
  runs: RunsState | undefined;
  climb: ClimbState | undefined;
  tournament: TournamentState | undefined;
  capture: CaptureState | undefined;
  /** Organisms highlighted in the world: those pointed at in the tree, otherwise those pinned there, otherwise relatives of the picked organism. */
  readonly highlight = $derived<Highlight | undefined>(this.tree.highlight ?? this.lineage.highlight);

  view = $state.raw<WorldView>();
  private connection: Connection;
  private source = $state.raw<{ json: unknown; file: string }>(bundledScenes[0]);
  /** Name of the built-in scene that is shown, or '' for one that comes from elsewhere or was changed. */
  sceneName = $state('');
  /** What the run comes from, where that is a folder that is served, or ''. */
  origin = $state('');
  private readonly pump = new FrameLoop(this);
  /** Increases when another world is opened, or the same at another time: answers to older requests are then dropped. */
  epoch = 0;
  /** Worlds requested so far: an earlier request stops when there is a later one. */
  private wishes = 0;
  /** Which of the worker's worlds is shown. */
  private serial = 0;
  /** When the first frame of a world had arrived, in milliseconds since the page began to load; 0 before. */
  firstFrameAt = 0;
  /** Highest speed seen in this world, ticks per second. */
  bestRate = 0;

  /** @param instruments of the dock */
  constructor(instruments: readonly Instrument[]) {
    this.dock = new DockState(instruments, this);
    this.keys = allKeys(instruments);
    this.connection = this.connect();
    onSystemTheme(() => {
      this.theme = showTheme();
    });
  }

  get worker(): Remote<SimulationWorker> {
    return this.connection.worker;
  }

  // ---- worlds

  /** Records a request for a world. The returned function says whether no other has been requested since. */
  wish(): () => boolean {
    const wish = ++this.wishes;
    return () => wish === this.wishes;
  }

  /**
   * Makes a world at tick 0. Keeps the present one if the new one is refused.
   * @param link fragment of the address that the world comes from
   * @param isLast of the request to which this belongs
   * @returns whether it is shown and no other has been requested since
   */
  async load(
    { json, file }: { json: unknown; file: string },
    seed: string,
    changes: LoadRequest['changes'] = [],
    link = '',
    isLast = this.wish(),
  ): Promise<boolean> {
    const world = await this.ask(this.worker.load({ scene: json, file, seed, changes }));
    return world !== undefined && (await this.enter(world, { json, file }, link)) && isLast();
  }

  /**
   * Puts instruments and view around a world that has just been made in the worker, unless the worker has another by now. Everything that
   * names the scene follows from what is set here.
   */
  private async enter(world: WorldText, source: { json: unknown; file: string }, link = ''): Promise<boolean> {
    const name = await this.nameOf(world, source.json);
    if (!this.takes(world)) return false;
    this.epoch += 1;
    this.source = source;
    this.sceneName = name;
    this.origin = '';
    showAddress(link);
    this.pick(undefined);
    this.progress = undefined;
    this.bestRate = 0;
    this.world = world;
    this.figures = { ...noFigures, alive: world.populations.map(() => 0) };
    if (!palettesOf(world).includes(this.palette)) this.palette = 'lineage';
    this.showWorld(world);
    this.landscape.clear(world.name);
    this.range = undefined;
    this.tree.clear();
    this.climb?.clear();
    this.tournament?.clear();
    this.past.clear();
    this.fossils.clear();
    this.notebook.clear();
    this.hands.clear();
    this.lookFor.clear();
    void this.worker.speed(this.speed);
    this.look();
    return true;
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
  goBack(world: WorldText, tick: number): boolean {
    if (!this.takes(world)) return false;
    this.epoch += 1;
    this.pick(undefined);
    this.progress = undefined;
    this.world = world;
    this.figures = { ...this.figures, tick, playing: false, trouble: '' };
    this.look();
    void this.tree.refresh();
    void this.fossils.refresh();
    return true;
  }

  /** Requests again what does not come with every frame; species and fossils of a new world are requested once there are some. */
  private look(): void {
    this.pump.reset();
    void this.refreshControls();
    void this.refreshLog();
    void this.past.refresh();
  }

  /** Saves the whole state as a file that opens at once, however long the run was. */
  async saveFile(): Promise<void> {
    const bytes = await this.ask(this.worker.snapshot());
    if (!bytes) return;
    const wanted = `${this.world?.name ?? 'world'}-${this.world?.seed ?? ''}-${this.figures.tick}.upslope`;
    const name = download(wanted, [bytes], 'application/octet-stream');
    this.say({ text: `Saved as ${name}. Open it here, or send it.`, kind: 'plain' });
  }

  /** Opens a saved state. The present world stays if the file cannot be read. */
  async openFile(file: File): Promise<void> {
    const isLast = this.wish();
    const bytes = await this.ask(file.arrayBuffer());
    if (!bytes || !isLast()) return;
    const opened = await this.ask(this.openBytes(bytes, file.name));
    if (!opened) return;
    this.say({ text: `${file.name} is open at tick ${whole(opened.tick)}. Plots begin there.`, kind: 'plain' });
  }

  /**
   * Opens a saved state.
   * @param file its origin, for messages
   * @param link fragment of the address that it comes from
   * @returns undefined if another world has been opened meanwhile
   * @throws {Error} one line for a state that cannot be read
   */
  async openBytes(bytes: ArrayBuffer, file: string, link = ''): Promise<OpenedWorld | undefined> {
    const opened = await this.worker.open(transfer(bytes, [bytes]));
    return (await this.enter(opened.world, { json: opened.scene, file }, link)) ? opened : undefined;
  }

  /** Restores a run from the notebook. The present world stays if that fails. */
  async openEntry({ id, name }: EntryText): Promise<boolean> {
    const isLast = this.wish();
    let opened: OpenedWorld;
    try {
      opened = await this.worker.openEntry(id);
    } catch (error) {
      this.say({ text: `${name} cannot be opened: ${messageOf(error)}`, kind: 'trouble' });
      return false;
    }
    if (!(await this.enter(opened.world, { json: opened.scene, file: 'notebook' }))) return false;
    this.figures = { ...this.figures, tick: opened.tick };
    return isLast();
  }

  async openScene(scene: BundledScene): Promise<void> {
    const isLast = this.wish();
    const json = await this.ask(scene.load());
    // Meanwhile another one may have been requested.
    if (json && isLast() && (await this.load({ json, file: scene.file }, this.world?.firstSeed ?? '7', [], '', isLast)))
      await this.play();
  }

  /** Starts the same world again. A person's changes are dropped, and can be restored. */
  async restart(seed = this.world?.firstSeed ?? '7', keep = false): Promise<void> {
    const made = this.log.changes;
    const again = keep ? fromTheStart(made) : [];
    const seedChanged = seed !== this.world?.firstSeed;
    if (!(await this.load(this.source, seed, again))) return;
    await this.play();
    const start = seedChanged ? `A new world from seed ${seed}` : 'The same world from tick 0';
    if (keep) this.say({ text: `${start}, with ${countOf(again.length, 'change')} from the beginning.`, kind: 'plain' });
    else if (made.length > 0) {
      this.say({
        text: `${start}, without the ${countOf(made.length, 'change')} made before.`,
        kind: 'plain',
        action: { label: 'Restart with them', run: () => void this.restartWith(seed, made) },
      });
    } else this.say({ text: `${start}.`, kind: 'plain' });
  }

  private async restartWith(seed: string, made: Log['changes']): Promise<void> {
    const again = fromTheStart(made);
    if (!(await this.load(this.source, seed, again))) return;
    await this.play();
    this.say({ text: `From tick 0, with ${countOf(again.length, 'change')} from the beginning.`, kind: 'plain' });
  }

  /** Replays the run of an address, up to its tick, and stops there. */
  async replay(address: RunAddress, file: string, link = '', isLast = this.wish()): Promise<boolean> {
    if (!(await this.load({ json: address.scene, file }, address.seed, address.changes, link, isLast))) return false;
    if (address.tick === 0) {
      await this.play();
      return true;
    }
    if (link !== '' && address.tick > replayAtOnce) {
      const text = `The link replays ${whole(address.tick)} ticks, which may take long. The world waits at tick 0.`;
      const action = { label: `Replay to tick ${whole(address.tick)}`, run: () => void this.replayTo(address.tick) };
      this.say({ text, kind: 'plain', action });
    } else await this.replayTo(address.tick);
    return true;
  }

  private async replayTo(tick: number): Promise<void> {
    if (!(await this.runTo(tick))) return;
    const text = `Replayed to tick ${whole(tick)}: the state is the shared one. Play continues from here.`;
    this.say({ text, kind: 'plain' });
  }

  /** Starts a new worker and replays to where the lost one was last seen. */
  async revive(): Promise<void> {
    const { seed, firstSeed: first } = this.world ?? { seed: '7', firstSeed: '7' };
    const branched = seed !== first;
    const tick = branched ? 0 : this.figures.tick;
    const changes = branched ? [] : this.log.changes;
    const address = { scene: this.source.json, seed: first, changes, tick };
    this.connection.close();
    this.connection = this.connect();
    this.serial = 0;
    this.down = false;
    this.pump.restart();
    await this.replay(address, this.source.file);
    if (branched)
      this.say({
        text: 'The branch is lost with the simulation. This is the run from which it branched, from tick 0.',
        kind: 'plain',
      });
  }

  // ---- transport

  async play(): Promise<void> {
    if (this.figures.status === 'extinct') {
      this.say({
        text: 'All organisms of this world are dead, so it cannot continue.',
        kind: 'plain',
        action: { label: 'Restart', run: () => void this.restart() },
      });
      return;
    }
    await this.ask(this.worker.play());
    this.figures = { ...this.figures, playing: true, trouble: '' };
  }

  async pause(): Promise<void> {
    await this.ask(this.worker.pause());
    this.figures = { ...this.figures, playing: false };
  }

  toggle(): Promise<void> {
    return this.figures.playing || this.progress ? this.pause() : this.play();
  }

  async step(): Promise<void> {
    await this.ask(this.worker.step(1));
    this.figures = { ...this.figures, playing: false };
  }

  setSpeed(ticksPerSecond: number): void {
    this.speed = ticksPerSecond;
    void this.ask(this.worker.speed(ticksPerSecond));
  }

  async runTo(goal: number): Promise<boolean> {
    const { epoch } = this;
    const began = performance.now();
    const from = this.figures.tick;
    let over = false;
    const show = (tick: number) => {
      // Progress comes through a separate channel and may arrive after the end.
      if (over || epoch !== this.epoch) return;
      const share = (tick - from) / (goal - from);
      const spent = (performance.now() - began) / 1000;
      this.progress = { goal, tick, remaining: share > 0 ? duration((spent * (1 - share)) / share) : 'a while' };
    };
    show(from);
    const reached = await this.ask(this.worker.runTo(goal, proxy(show)));
    over = true;
    if (epoch === this.epoch) this.progress = undefined;
    if (reached === false && epoch === this.epoch) this.say({ text: `Stopped before tick ${whole(goal)}.`, kind: 'plain' });
    return reached === true;
  }

  // ---- parameters

  /** Changes a live parameter now. The change is listed in the log, in the share link and in every provenance. */
  async set(path: string, value: unknown): Promise<void> {
    await this.ask(this.worker.set(path, value));
    await this.refreshControls();
    await this.refreshLog();
  }

  async refreshControls(): Promise<void> {
    const { epoch } = this;
    const controls = await this.ask(this.worker.controls());
    if (controls && epoch === this.epoch) this.controls = controls;
  }

  async refreshLog(): Promise<void> {
    const { epoch } = this;
    const log = await this.ask(this.worker.log());
    if (log && epoch === this.epoch) this.log = log;
  }

  async series(columns: readonly number[]): Promise<SeriesData | undefined> {
    const { epoch } = this;
    const data = await this.worker.series(columns).catch(() => undefined);
    return epoch === this.epoch ? data : undefined;
  }

  // ---- what is picked

  pick(organism: { population: string; id: number } | undefined): void {
    this.picked = organism;
    this.report = undefined;
    this.pump.askSoon();
    this.lineage.show(organism?.id);
    if (!organism) this.follow(false);
    if (this.view) {
      this.view.picked = organism?.id ?? -1;
      this.view.touch();
    }
  }

  /** Picks an organism and shows the instrument for it. */
  inspect(organism: { population: string; id: number }): void {
    this.pick(organism);
    this.dock.show('organism');
  }

  /** Picks what was clicked in the world. */
  pickSeen(seen: Seen | undefined): void {
    if (seen && this.world?.habitat === 'landscape' && this.figures.playing) {
      void this.pickStanding(seen);
      return;
    }
    const population = seen && this.world?.populations[seen.population];
    if (seen && population) this.inspect({ population: population.name, id: seen.id });
    else this.pick(undefined);
  }

  /** On a landscape organisms live only a tick or so: stops, and picks the organism that is then nearest to the place. */
  private async pickStanding({ x, y }: Seen): Promise<void> {
    await this.pause();
    await this.pump.settle();
    this.say({ text: 'Paused: on a landscape a picked organism would be gone within a few ticks.', kind: 'plain' });
    this.pickSeen(this.view?.nearestTo(x, y));
  }

  pickNearest(): void {
    this.pickSeen(this.view?.nearestToMiddle());
  }

  /** Shows the picked organism's species in the tree. */
  findInTree(): void {
    const own = this.lineage.line?.species[0];
    if (own !== undefined) this.tree.find(own);
    this.dock.show('tree');
  }

  follow(on: boolean): void {
    this.following = on && this.picked !== undefined;
    if (this.view) {
      this.view.following = this.following;
      this.view.touch();
    }
  }

  // ---- looks

  setTheme(theme: Theme): void {
    chooseTheme(theme);
    this.theme = theme;
  }

  setSequential(sequential: Sequential): void {
    this.sequential = sequential;
    remember('scale', sequential);
  }

  toggleRail(): void {
    this.railOpen = !this.railOpen;
    remember('rail', this.railOpen);
  }

  toggleLegend(): void {
    this.legend = !this.legend;
    remember('legend', this.legend);
  }

  /** Shows density instead of single organisms, or the organisms again. */
  toggleDensity(): void {
    const { view } = this;
    if (!view) return;
    view.crowding = view.dense() ? 'never' : 'always';
    view.touch();
  }

  toggleMinimap(): void {
    this.minimap = !this.minimap;
    remember('minimap', this.minimap);
  }

  say(notice: Notice | undefined): void {
    this.notice = notice;
  }

  // ---- frames

  /** Gives the page its view of the world and starts to draw. */
  attach(view: WorldView): void {
    this.view = view;
    if (this.world) this.showWorld(this.world);
    this.pump.drive(view);
  }

  private showWorld({ width, height, habitat }: WorldText): void {
    this.view?.showWorld(width, height, habitat === 'landscape');
  }

  showFigures(figures: Figures): void {
    const before = this.figures;
    if (figures.changes !== before.changes) void this.refreshControls();
    if (figures.changes !== before.changes || figures.notices !== before.notices) void this.refreshLog();
    if (figures.shelf !== before.shelf) void this.past.refresh();
    if (figures.speciesEvents !== before.speciesEvents) void this.tree.refresh();
    if (figures.moments !== before.moments) void this.notebook.takeMoments();
    if (figures.fossils !== before.fossils) void this.fossils.refresh();
    if (figures.trouble && figures.trouble !== before.trouble) this.say({ text: figures.trouble, kind: 'trouble' });
    if (figures.status === 'extinct' && before.status !== 'extinct') {
      this.say({
        text: `Extinct at tick ${whole(figures.tick)}. The simulation has stopped.`,
        kind: 'plain',
        action: { label: 'Restart', run: () => void this.restart() },
      });
    }
    this.figures = figures;
    this.bestRate = Math.max(this.bestRate, figures.ticksPerSecond);
    this.pointed = this.view?.pointed();
    const dense = this.view?.dense();
    if (dense?.full !== this.dense?.full || dense?.lengths !== this.dense?.lengths) this.dense = dense;
  }

  // ---- troubles

  private connect(): Connection {
    let silence: Notice | undefined;
    const restart = () => ({
      label: `Restart and replay to tick ${whole(this.figures.tick)}`,
      run: () => void this.revive(),
    });
    return connect({
      stopped: (text) => {
        this.down = true;
        this.progress = undefined;
        this.figures = { ...this.figures, playing: false };
        this.say({ text: `The simulation has stopped: ${text}.`, kind: 'trouble', action: restart() });
      },
      silent: (seconds) => {
        const text = `The simulation has not answered for ${seconds} seconds. The page continues as soon as it does. If it stays like this, restart it.`;
        silence = { text, kind: 'trouble', action: restart() };
        this.say(silence);
      },
      answers: () => {
        if (this.notice === silence) this.say(undefined);
      },
    });
  }

  async ask<T>(answer: Promise<T>): Promise<T | undefined> {
    try {
      return await answer;
    } catch (error) {
      this.trouble(error);
      return undefined;
    }
  }

  trouble(error: unknown): void {
    this.say({ text: messageOf(error), kind: 'trouble' });
  }
}
