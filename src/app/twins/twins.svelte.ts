import { proxy, transfer } from 'comlink';
import type { SharedChange, SharedTwin } from '../../scene/share.ts';
import type { Seen, WorldView } from '../../view/world-view.ts';
import { type Connection, connect, type SimulationWorker } from '../../worker/connect.ts';
import type { WorldText } from '../../worker/describe-world.ts';
import type { Figures } from '../../worker/figures.ts';
import type { Highlight } from '../../worker/highlighter.ts';
import type { Control, Log } from '../../worker/topics/parameters.ts';
import type { RunAddress } from '../../worker/topics/run.ts';
import { changeText } from '../instruments/climb/change-text.ts';
import { outlive } from '../session/outlive.svelte.ts';
import type { Picked, WorldScope } from '../session/world-scope.svelte.ts';
import { whole } from '../ui/words.ts';
import { idsOfTwin } from './ids-of-twin.ts';
import { Replicates } from './replicates.svelte.ts';
import { TwinFrames } from './twin-frames.ts';
import { type MeasureDifference, subtractSeries, twinMeasures } from './twin-measures.ts';

/** Milliseconds between two readings of the measures. */
const readEvery = 400;

/** A parameter or an act, and what it is to be. */
export interface TriedChange {
  readonly path: string;
  readonly value: unknown;
}

/** Where parameters are read and changed. */
export interface ParameterDesk {
  set(path: string, value: unknown): Promise<void>;
  controls(): Promise<readonly Control[]>;
  log(): Promise<Log>;
}

/** The world that is shown, or its twin. */
export type Side = 'here' | 'there';
/** Where changes go. */
export type Target = Side | 'both';

/** A change since the worlds are watched side by side. */
export interface TwinChange extends TriedChange {
  readonly at: number;
  readonly target: Target;
}

/** The moment at which the two worlds became different. */
export interface Parting {
  readonly tick: number;
  /** State of both at that moment, before the change. */
  readonly snapshot: ArrayBuffer;
  /** Number of changes that the world had then. */
  readonly changes: number;
}

/**
 * A twin of the world that is shown: it began in the same state, makes the same draws, and differs in what a person changes in one of them. It lives in a
 * worker of its own, which stays in step with the world's.
 */
export class Twins implements ParameterDesk {
  /** The twin's own description. */
  readonly text: WorldText;
  /** Where changes of parameters and acts go. */
  target = $state<Target>('there');
  figures = $state.raw<Figures>();
  parting = $state.raw<Parting>();
  changes = $state.raw<readonly TwinChange[]>([]);
  differences = $state.raw<readonly MeasureDifference[]>([]);
  view = $state.raw<WorldView>();
  readonly frames = new TwinFrames(this);
  /** Replicates of the pair, made in the background. */
  readonly replicates: Replicates;
  ended = $state(false);
  readonly gone: Promise<undefined>;
  private leave: (nothing: undefined) => void = () => {};
  private endEffects: () => void = () => {};
  private turn: Promise<unknown> = Promise.resolve();
  private readonly timer: ReturnType<typeof setInterval>;
  private reading = false;
  /** The organism whose twin is marked. */
  private marked: Picked | undefined;
  private markedThere: number | undefined;

  private constructor(
    readonly world: WorldScope,
    private readonly connection: Connection,
    text: WorldText,
    /** Tick at which the twin was made. */
    private readonly since: number,
  ) {
    this.text = text;
    this.gone = new Promise((resolve) => {
      this.leave = resolve;
    });
    this.timer = setInterval(() => void this.read(), readEvery);
    this.replicates = new Replicates(this);
  }

  /**
   * Makes a twin of the world as it is now. @param change made in the twin alone, before both continue
   * @throws {Error} one line, if the change is refused, or there is no memory for another world
   */
  static open(world: WorldScope, change?: TriedChange): Promise<void> {
    return Twins.make(world, async (worker) => {
      await world.worker.twins.haltAtSample();
      const handed = await world.worker.twins.hand();
      const { kept } = handed;
      const moved = [kept.world, kept.record.buffer as ArrayBuffer, kept.series.values.buffer as ArrayBuffer];
      const text = await worker.twins.adopt(transfer(handed, moved));
      return { text, since: kept.tick, begin: (twins) => (change ? twins.set(change.path, change.value) : Promise.resolve()) };
    });
  }

  /**
   * Makes the twin of a link, which is run to the tick at which the world is.
   * @throws {Error} one line, if a change of the link is refused, or the world is not at the tick of the link
   */
  static openShared(world: WorldScope, { scene, seed, changes, tick, twin }: RunAddress): Promise<void> {
    return Twins.make(world, async (worker) => {
      if (!twin) throw new Error('link: has no twin');
      const { parting, shared } = twin;
      const later = twin.changes.filter(({ at }) => at > parting);
      // Without what it got at the parting: that state is where its replicates begin.
      const text = await worker.run.load({ scene, file: 'link', seed, changes: [...changes.slice(0, shared), ...later] });
      await worker.transport.runTo(
        parting,
        proxy(() => {}),
      );
      const snapshot = await worker.run.snapshot();
      for (const { at, path, value } of twin.changes) if (at <= parting) await worker.parameters.set(path, value);
      await worker.transport.runTo(
        tick,
        proxy(() => {}),
      );
      const now = await Promise.all([world.worker.run.address(), worker.run.address()]);
      if (now[0].tick !== now[1].tick) throw new Error('The world has left the tick of the link, so its twin is not opened.');
      return {
        text,
        since: parting,
        begin: async (twins) => {
          twins.takeUp({ tick: parting, snapshot, changes: shared }, changes.slice(shared), twin.changes);
        },
      };
    });
  }

  /** @param prepare makes the twin's world in its worker, at the tick of the halted world */
  private static async make(
    world: WorldScope,
    prepare: (
      worker: SimulationWorker,
    ) => Promise<{ readonly text: WorldText; readonly since: number; readonly begin: (twins: Twins) => Promise<void> }>,
  ): Promise<void> {
    let twins: Twins | undefined;
    let failed: (text: string) => void = () => {};
    const connection = connect({
      stopped: (text) => (twins ? twins.stopped(text) : failed(text)),
      silent: () => {},
      answers: () => {},
    });
    const lost = new Promise<never>((_, fail) => {
      failed = (text) => fail(new Error(`The twin could not be made: ${text}.`));
    });
    // It may also fail while nothing waits for it.
    lost.catch(() => {});
    const isCurrent = world.moment();
    const checkCurrent = () => {
      if (!isCurrent()) throw new Error('The world is another one by now. Open the twin again.');
    };
    const main = world.worker;
    try {
      // Its program is read while the world still runs.
      await Promise.race([connection.worker.ping(0), lost]);
      await main.twins.halt();
      const { text, since, begin } = await Promise.race([prepare(connection.worker), lost]);
      checkCurrent();
      const { port1, port2 } = new MessageChannel();
      await connection.worker.twins.tie(transfer(port2, [port2]), false);
      await main.twins.tie(transfer(port1, [port1]), true);
      checkCurrent();
      const { made, end } = outlive(() => new Twins(world, connection, text, since));
      twins = made;
      made.endEffects = end;
      world.twins = made;
      await begin(made);
      await world.refresh();
    } catch (error) {
      if (twins) twins.end();
      else connection.close();
      throw error;
    } finally {
      await main.twins.resume();
    }
  }

  /** Continues with what a link says of the two. */
  private takeUp(parting: Parting, here: readonly SharedChange[], there: readonly SharedChange[]): void {
    const isSame = (one: SharedChange, other: SharedChange) =>
      one.at === other.at && one.path === other.path && JSON.stringify(one.value) === JSON.stringify(other.value);
    const own = here.map((one): TwinChange => ({ ...one, target: there.some((other) => isSame(one, other)) ? 'both' : 'here' }));
    const others = there
      .filter((one) => !here.some((other) => isSame(one, other)))
      .map((one): TwinChange => ({ ...one, target: 'there' }));
    this.changes = [...own, ...others].sort((a, b) => a.at - b.at);
    this.parting = parting;
    this.replicates.begin();
  }

  /** What a link has to say of the twin; undefined before they part. */
  async share(): Promise<SharedTwin | undefined> {
    const { parting } = this;
    if (!parting) return undefined;
    const { changes } = await this.worker.parameters.log();
    return { parting: parting.tick, shared: parting.changes, changes: changes.slice(parting.changes) };
  }

  get worker(): SimulationWorker {
    return this.connection.worker;
  }

  /** What the twin differs in, in a few words. */
  readonly difference = $derived.by(() => {
    const words = (side: Side) => this.changes.filter(({ target }) => target === side).map(changeText);
    const [here, there] = [words('here'), words('there')];
    const shown = (texts: readonly string[]) => (texts.length > 2 ? `${texts.slice(-2).join(', ')} and more` : texts.join(', '));
    return { here: shown(here), there: shown(there) };
  });

  /** The title of the world with what differs on either side. @param isBeside whether the twin is on the right, otherwise below */
  titled(isBeside: boolean): string {
    const [first, second] = isBeside ? ['left', 'right'] : ['above', 'below'];
    const { here, there } = this.difference;
    const sides = [here && `${first}: ${here}`, there && `${second}: ${there}`].filter((side) => side !== '');
    return [this.text.title, ...sides].join(', ');
  }

  /** Measures of which the difference is shown. */
  get measures() {
    return twinMeasures(this.text);
  }

  /** Brings the twin as it is at a tick, which its world has reached, into its view. */
  async fetch(tick: number): Promise<void> {
    const { worker, view, world } = this;
    if (!view || this.ended) return;
    const { palette } = world.page.looks;
    const ask = async () => {
      const frame = await worker.twins.frameAt(tick, { buffer: new ArrayBuffer(0), palette, shown: '' });
      return { frame, ground: await worker.view.ground(new ArrayBuffer(0)) };
    };
    const shown = await Promise.race([ask(), this.gone]);
    if (!shown || this.ended) return;
    view.showFrame(shown.frame);
    view.showGround(shown.ground);
  }

  // ---- parameters

  /** Chooses where changes go. */
  choose(target: Target): void {
    if (this.target === target) return;
    this.target = target;
    void this.world.refresh();
  }

  /** Makes a change where changes go, at one tick of both worlds. */
  set(path: string, value: unknown): Promise<void> {
    const done = this.turn.then(() => this.change(path, value));
    this.turn = done.catch(() => {});
    return done;
  }

  async controls(): Promise<readonly Control[]> {
    return this.desk.controls();
  }

  async log(): Promise<Log> {
    return this.desk.log();
  }

  private get desk() {
    return this.target === 'there' ? this.worker.parameters : this.world.worker.parameters;
  }

  private async change(path: string, value: unknown): Promise<void> {
    const { target, world } = this;
    const main = world.worker;
    const at = await main.twins.halt();
    try {
      await Promise.race([this.worker.twins.reached(at), this.gone]);
      if (this.ended) throw new Error('The twin is closed. Make the change again.');
      const before = this.parting
        ? undefined
        : { snapshot: await main.run.snapshot(), changes: (await main.parameters.log()).changes.length };
      const note = (side: Target) => {
        this.changes = [...this.changes, { path, value, at, target: side }];
        if (side !== 'both' && before) this.parting = { tick: at, ...before };
        this.replicates.begin();
      };
      if (target !== 'there') await main.parameters.set(path, value);
      if (target === 'here') note('here');
      else {
        try {
          await this.worker.parameters.set(path, await idsOfTwin(this, path, value));
          note(target);
        } catch (error) {
          // The world has it already: from here on they differ.
          if (target === 'both') note('here');
          throw error;
        }
      }
    } finally {
      await main.twins.resume();
    }
    void this.read();
  }

  // ---- measures

  /** Reads the measures of both, and their differences. */
  async read(): Promise<void> {
    if (this.reading || this.ended || document.hidden) return;
    this.reading = true;
    const { measures, world, worker } = this;
    const columns = measures.map(({ column }) => column);
    const both = Promise.all([world.worker.twins.series(columns), worker.twins.series(columns)]);
    const read = await Promise.race([both, this.gone]).catch(() => undefined);
    this.reading = false;
    if (read && !this.ended) this.differences = subtractSeries(measures, ...read, this.sign);
  }

  /**
   * The worlds in the order of the difference: 1 for this world minus its twin, -1 for the reverse. Of a switch it is with minus without, as `upslope compare` has it;
   * of anything else the world that was changed first minus the other one.
   */
  readonly sign = $derived.by((): 1 | -1 => {
    const first = this.changes.find(({ target }) => target !== 'both');
    if (!first) return 1;
    const isHere = first.target === 'here';
    return (first.value === false ? !isHere : isHere) ? 1 : -1;
  });

  showFigures(figures: Figures): void {
    const before = this.figures;
    if (before && before.tick === figures.tick && before.status === figures.status && figures.trouble === '') return;
    this.figures = figures;
    if (figures.trouble) {
      this.world.page.notices.say({ text: `Twin: ${figures.trouble} This world continues alone.`, kind: 'trouble' });
      this.end();
      return;
    }
    if (figures.status === 'extinct' && before && before.status !== 'extinct')
      this.world.page.notices.say({
        text: `The twin is extinct at tick ${whole(figures.tick)}. This world continues.`,
        kind: 'plain',
      });
  }

  // ---- what is picked

  /** Marks the twin of the organism that is picked in the world, as long as it lives there. */
  async mark(picked: Picked | undefined): Promise<void> {
    this.marked = picked;
    this.markedThere = undefined;
    const { view } = this;
    if (view) {
      view.picked = -1;
      view.touch();
    }
    if (!picked) return;
    const id = await this.twinOf(picked.population, picked.id).catch(() => undefined);
    if (this.marked !== picked || !this.view) return;
    this.markedThere = id;
    this.view.picked = id ?? -1;
    this.view.touch();
  }

  /** The same highlight in the twin, where organisms that were born since they parted have other ids; undefined where it is not known there. */
  highlightOf(highlight: Highlight | undefined): Highlight | undefined {
    if (highlight?.kind !== 'descendants') return highlight;
    const { of } = highlight;
    if (of === this.marked?.id) return this.markedThere === undefined ? undefined : { kind: 'descendants', of: this.markedThere };
    const { line } = this.world.lineage;
    const born = line?.birthTick[line.id.indexOf(of)];
    return born !== undefined && born <= this.since ? highlight : undefined;
  }

  /** Id in the twin of an organism of the world; undefined if it does not live there. */
  async twinOf(population: string, id: number): Promise<number | undefined> {
    const key = await this.world.worker.twins.keyOf(population, id);
    return key && this.worker.twins.withKey(population, key);
  }

  /** A place of the twin's pane was pressed. */
  async pressed(place: { readonly x: number; readonly y: number }, seen: Seen | undefined): Promise<void> {
    const { world, text } = this;
    if (world.hands.tool !== 'look') {
      this.choose('there');
      await world.hands.at(place, seen);
      return;
    }
    const population = seen && text.populations[seen.population]?.name;
    if (!seen || population === undefined) {
      world.pick(undefined);
      return;
    }
    const key = await this.worker.twins.keyOf(population, seen.id);
    const id = key && (await world.worker.twins.withKey(population, key));
    if (id !== undefined) {
      world.inspect({ population, id });
      return;
    }
    world.pick(undefined);
    if (this.view) {
      this.view.picked = seen.id;
      this.view.touch();
    }
    world.page.notices.say({ text: `Organism ${seen.id} of the twin does not live in this world.`, kind: 'plain' });
  }

  // ---- what is kept

  /** Keeps both worlds, as they are at one tick, as two entries of the notebook. */
  async keepBoth(): Promise<void> {
    const { world, worker } = this;
    const { page } = world;
    const tick = await page.notices.attempt(world.worker.twins.halt());
    if (tick === undefined) return;
    try {
      await worker.twins.reached(tick);
      await page.notebook.keep(`${this.text.title}, tick ${whole(tick)}${this.difference.here && `, ${this.difference.here}`}`);
      const name = `${this.text.title}, tick ${whole(tick)}, twin${this.difference.there && `: ${this.difference.there}`}`;
      const text = await page.notices.attempt(worker.notebook.save({ id: crypto.randomUUID(), kind: 'moment', name }));
      await page.notebook.refresh();
      if (text) page.notices.say({ text: `Kept in the notebook: both worlds at tick ${whole(tick)}.`, kind: 'plain' });
    } finally {
      await world.worker.twins.resume();
    }
  }

  // ---- how it ends

  /** Continues with the twin in place of the world, which stays among the lines of the run. */
  async keepTwin(): Promise<void> {
    const { world, worker } = this;
    const { page } = world;
    const { playing } = world.figures;
    const tick = await page.notices.attempt(world.worker.twins.halt());
    if (tick === undefined) return;
    const take = async () => {
      await worker.twins.reached(tick);
      const handed = await worker.twins.hand();
      const { kept } = handed;
      return world.worker.twins.take(transfer(handed, [kept.world, kept.record.buffer as ArrayBuffer]));
    };
    const text = await page.notices.attempt(take());
    if (!text) {
      await world.worker.twins.resume();
      return;
    }
    if (!page.worlds.goBack(text, tick)) return;
    if (playing) await page.transport.play();
    page.notices.say({
      text: `This is the twin now. The former world is kept at tick ${whole(tick)}, as another line.`,
      kind: 'plain',
    });
  }

  /** Closes the twin; the world continues. */
  end(): void {
    if (this.ended) return;
    this.ended = true;
    clearInterval(this.timer);
    this.leave(undefined);
    this.replicates.end();
    this.connection.close();
    const { world } = this;
    if (world.twins === this) world.twins = undefined;
    void world.worker.twins.untie().catch(() => {});
    this.endEffects();
    void world.refresh();
  }

  private stopped(text: string): void {
    this.world.page.notices.say({ text: `The twin has stopped: ${text}. This world continues.`, kind: 'trouble' });
    this.end();
  }
}
