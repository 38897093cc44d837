import type { WorldView } from '../view/world-view.ts';
import type { SimulationWorker } from '../worker/connect.ts';
import { type Connection, connect } from '../worker/connect.ts';
import type { WorldText } from '../worker/describe-world.ts';
import type { Figures } from '../worker/figures.ts';
import type { Instrument, Key } from './instruments/instrument.ts';
import type { InstrumentContext } from './instruments/instrument-context.ts';
import { NotebookState } from './instruments/notebook/notebook-state.svelte.ts';
import type { LessonState } from './lessons/lesson-state.svelte.ts';
import type { MakerState } from './maker/maker-state.svelte.ts';
import { askedThreads } from './session/asked-threads.ts';
import { outlive } from './session/outlive.svelte.ts';
import { bundledScenes } from './session/scenes.ts';
import { type Entered, type WorldPage, WorldScope } from './session/world-scope.svelte.ts';
import { Worlds } from './session/worlds.ts';
import { DockState } from './shell/dock-state.svelte.ts';
import { GuideState } from './shell/guide-state.svelte.ts';
import { allKeys } from './shell/keys.ts';
import { type Notice, Notices } from './shell/notices.svelte.ts';
import { speeds } from './shell/speeds.ts';
import { Transport } from './shell/transport.svelte.ts';
import { whole } from './ui/words.ts';
import { FrameLoop } from './world/frame-loop.ts';
import { Looks } from './world/looks.svelte.ts';
import { SoundState } from './world/sound-state.svelte.ts';

/** The page: one worker, the world that is shown, one view of it, and what lasts from world to world. */
export class App implements InstrumentContext, WorldPage {
  private readonly states = new Map<unknown, unknown>();
  readonly notices = new Notices();
  /** Everything that belongs to the world that is shown. */
  world: WorldScope = $state.raw(new WorldScope(this, { source: bundledScenes[0] }));
  /** The ways into other worlds. */
  readonly worlds = new Worlds(this);
  readonly transport: Transport = new Transport(this);
  readonly looks = new Looks(this);
  readonly sound = new SoundState(this);
  readonly dock: DockState;
  /** Every key, in the order of their list. */
  readonly keys: readonly Key<App>[];
  keysShown = $state(false);
  /** The lesson that is taken: the page then shows nothing else. */
  lesson = $state.raw<LessonState>();
  /** Whether the list of scenes with pictures is open. */
  galleryShown = $state(false);
  /** The scene that is made: the page then shows nothing else. */
  maker = $state.raw<MakerState>();
  /** Whether the list of lessons is open. */
  lessonsShown = $state(false);
  /** The guided start. */
  readonly guide = new GuideState(this);
  /** Runs stored in this browser. */
  readonly notebook = new NotebookState(this);
  /** The simulation no longer answers and can only be restarted. */
  down = $state(false);
  view = $state.raw<WorldView>();
  /** When the first frame of a world had arrived, in milliseconds since the page began to load; 0 before. */
  firstFrameAt = 0;
  private connection: Connection;
  private readonly frames = new FrameLoop(this);

  /** @param instruments of the dock */
  constructor(instruments: readonly Instrument[]) {
    this.dock = new DockState(instruments, this);
    this.keys = allKeys(instruments);
    this.connection = this.connect();
  }

  get worker(): SimulationWorker {
    return this.connection.worker;
  }

  /** The state of an instrument that outlives its panel and the world: made at the first request, so that its program is loaded with the instrument. */
  lasting<T extends object>(make: new (page: InstrumentContext) => T): T {
    const found = this.states.get(make) as T | undefined;
    if (found) return found;
    const { made } = outlive(() => new make(this));
    this.states.set(make, made);
    return made;
  }

  /** Shows another world, which is the worker's present one. */
  enter(entered: Entered): void {
    const { text, source, isNew } = entered;
    // What a person has changed of a scene's view stays when the scene begins again, or a run of it is opened.
    const { text: former } = this.world;
    const isOpened = former === undefined || (isNew ? source.json !== this.world.source.json : text.name !== former.name);
    const view = isOpened ? text.view : {};
    // What was wrong before is not about this world; what is wrong with it is said afterwards.
    if (isOpened && this.notices.shown?.kind === 'trouble') this.notices.say(undefined);
    this.world.leave();
    this.world = new WorldScope(this, entered);
    this.world.pick(undefined);
    this.looks.fit(text, view.colour);
    if (isOpened) this.dock.suggest(view.instrument);
    this.transport.speed = speeds.find(({ name }) => name === view.speed)?.ticksPerSecond ?? this.transport.speed;
    this.showWorld(text);
    void this.worker.transport.pauseAt(this.notebook.pauseAt);
    void this.worker.transport.speed(this.transport.speed);
    void this.worker.transport.stopAt(isNew ? text.view.stopAt : undefined);
    this.frames.reset();
    this.world.look();
  }

  /** Shows the present world at another time, or a branch of it. */
  goBack(text: WorldText, tick: number): void {
    this.frames.reset();
    this.world.goTo(text, tick);
  }

  /** Starts a new worker in place of the lost one. The world that is shown has yet to be made in it. */
  reconnect(): void {
    this.connection.close();
    this.connection = this.connect();
    this.down = false;
    this.frames.restart();
  }

  /** Gives the page its view of the world and starts to draw. */
  attach(view: WorldView): void {
    this.view = view;
    if (this.world.text) this.showWorld(this.world.text);
    this.frames.drive(view);
  }

  /** The view is gone: the page draws nothing. */
  detach(): void {
    const { view } = this;
    this.view = undefined;
    view?.destroy();
  }

  /** Resolves when the present world is shown; while it plays that may take long. */
  settle(): Promise<void> {
    return this.frames.settle();
  }

  /** Whether the view may move automatically: the world plays, seen from above, and no dialog, tool or picked organism is in use. */
  get mayTour(): boolean {
    const { world, view, keysShown } = this;
    if (!view || keysShown || this.lesson || world.past.branching || world.picked || world.progress || view.organisms.dense())
      return false;
    return world.figures.playing && world.text?.landscape === undefined && world.hands.tool === 'look';
  }

  /** Another organism is picked: its report is requested at once. */
  askSoon(): void {
    this.frames.askSoon();
  }

  showFigures(figures: Figures): void {
    this.world.showFigures(figures);
    this.looks.look();
  }

  private showWorld(text: WorldText): void {
    const { view } = this;
    const { camera } = text.view;
    view?.showWorld(text);
    if (!view || !camera) return;
    view.camera.zoomAt(view.camera.width / 2, view.camera.height / 2, camera.zoom);
    view.lookAt(camera.x ?? text.width / 2, camera.y ?? text.height / 2);
  }

  // ---- troubles

  private connect(): Connection {
    let silence: Notice | undefined;
    const restart = () => ({
      label: `Restart and replay to tick ${whole(this.world.figures.tick)}`,
      run: () => void this.worlds.revive(),
    });
    const connection = connect({
      stopped: (text) => {
        this.down = true;
        this.world.progress = undefined;
        this.world.figures = { ...this.world.figures, playing: false };
        this.notices.say({ text: `The simulation has stopped: ${text}.`, kind: 'trouble', action: restart() });
      },
      silent: (seconds) => {
        const text = `The simulation has not answered for ${seconds} seconds. The page continues as soon as it does. If it stays like this, restart it.`;
        silence = { text, kind: 'trouble', action: restart() };
        this.notices.say(silence);
      },
      answers: () => {
        if (this.notices.shown === silence) this.notices.say(undefined);
      },
    });
    const threads = askedThreads();
    if (threads === 'none')
      this.notices.say({
        text: 'The address asks for another number of threads than a whole number from 1 to 64; it was left out.',
        kind: 'plain',
      });
    else if (threads !== undefined) void connection.worker.threads(threads);
    return connection;
  }
}
