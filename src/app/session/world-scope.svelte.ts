import type { Seen } from '../../view/shown-organisms.ts';
import type { SimulationWorker } from '../../worker/connect.ts';
import type { WorldText } from '../../worker/describe-world.ts';
import type { Figures } from '../../worker/figures.ts';
import type { Heir } from '../../worker/find-heir.ts';
import type { Highlight } from '../../worker/highlighter.ts';
import type { PickReport } from '../../worker/topics/organisms.ts';
import type { Log } from '../../worker/topics/parameters.ts';
import { FossilState } from '../instruments/fossils/fossil-state.svelte.ts';
import { HandsState } from '../instruments/hands/hands-state.svelte.ts';
import type { InstrumentContext } from '../instruments/instrument-context.ts';
import { LandscapeState } from '../instruments/landscape/landscape-state.svelte.ts';
import { LookFor } from '../instruments/mechanisms/look-for.svelte.ts';
import { RunSaves } from '../instruments/notebook/run-saves.svelte.ts';
import { LineageState } from '../instruments/organism/lineage-state.svelte.ts';
import { TreeState } from '../instruments/tree/tree-state.svelte.ts';
import type { TriedChange } from '../twins/twin-change.ts';
import type { ParameterDesk } from '../twins/twin-changes.svelte.ts';
import type { Twins } from '../twins/twins.svelte.ts';
import { whole } from '../ui/words.ts';
import { outlive } from './outlive.svelte.ts';
import { PastState } from './past-state.svelte.ts';
import { Query } from './query.svelte.ts';

/** What a world may use of the page that shows it. */
export interface WorldPage extends Omit<InstrumentContext, 'world'> {
  /** Another organism is picked: its report is requested at once. */
  askSoon(): void;
  /** Resolves when the present world is shown; while it plays that may take long. */
  settle(): Promise<void>;
}

/** A run that takes over a second. */
export interface Progress {
  readonly goal: number;
  readonly tick: number;
  readonly remaining: string;
}

/** An organism that a person has picked. */
export interface Picked {
  readonly population: string;
  readonly id: number;
  /** Set where the organism that was pressed had died, and this one continues its line. */
  readonly instead?: boolean;
}

const describeHeir = ({ id, relation }: Heir): string =>
  relation === 'offspring' ? `its youngest offspring, ${id}` : `its nearest ${relation}, ${id}`;

/** What a world comes from. */
export interface Source {
  readonly json: unknown;
  readonly file: string;
  /** Measures of which the worker keeps every sample, for the checks of a lesson. */
  readonly whole?: readonly string[];
}

/** A world as it is entered. */
export interface Entered {
  readonly text: WorldText;
  readonly source: Source;
  /** Name of the built-in scene, or '' for one that comes from elsewhere or was changed. */
  readonly sceneName: string;
  /** Whether it is opened at tick 0, and not taken up. */
  readonly isNew: boolean;
}

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
  snapshots: 0,
  moments: 0,
  speciesEvents: 0,
  hues: 0,
  fossils: 0,
  censuses: 0,
};
const noLog: Log = { changes: [], notices: [] };

/**
 * Everything on the page that belongs to one world. It is made when a world is entered and left when another one is, so that nothing of a
 * former world has to be taken back. Before the first world there is one without a text.
 */
export class WorldScope {
  /** What the worker says of the world; the same world at another time, or a branch of it, has another. */
  text = $state.raw<WorldText>();
  readonly source: Source;
  readonly sceneName: string;
  /** What the run comes from, where that is a folder that is served, or ''. */
  origin = $state('');
  figures = $state.raw<Figures>(noFigures);
  progress = $state.raw<Progress>();
  /** Values at the ends of the colour scale, if they depend on the living organisms. */
  range = $state.raw<readonly [number, number]>();
  /** Highest speed seen, ticks per second. */
  bestRate = 0;

  picked = $state.raw<Picked>();
  report = $state.raw<PickReport>();
  following = $state(false);

  readonly queries = new Set<Query<unknown>>();
  private readonly ends: (() => void)[] = [];
  private readonly states = new Map<unknown, unknown>();
  /** Counts the times at which answers to former questions became stale. */
  private turn = 0;

  /** The twin that is watched beside this world. */
  twins = $state.raw<Twins>();
  private readonly askedControls = new Query(this, () => this.parameters.controls(), { when: 'change', tells: true });
  private readonly askedLog = new Query(this, () => this.worker.parameters.log(), { when: 'log', tells: true });
  /** Species, and which of them are highlighted. */
  readonly tree: TreeState;
  /** Line of descent of the picked organism. */
  readonly lineage: LineageState;
  readonly fossils: FossilState;
  /** Things to look for, and those that were seen. */
  readonly lookFor: LookFor;
  /** Edits by hand. */
  readonly hands: HandsState;
  /** The plane of genome space, in worlds on a landscape. */
  readonly landscape: LandscapeState;
  /** Kept snapshots and the lines of this run. */
  readonly past: PastState;
  /** What the notebook keeps of this run. */
  readonly saves: RunSaves;

  constructor(
    readonly page: WorldPage,
    { text, source, sceneName }: Partial<Entered> & Pick<Entered, 'source'>,
  ) {
    this.text = text;
    this.source = source;
    this.sceneName = sceneName ?? '';
    this.figures = { ...noFigures, alive: text?.populations.map(() => 0) ?? [] };
    this.tree = new TreeState(this);
    this.lineage = new LineageState(this);
    this.fossils = new FossilState(this);
    this.lookFor = new LookFor(this);
    this.hands = new HandsState(this);
    this.landscape = new LandscapeState(this);
    this.past = new PastState(this);
    this.saves = new RunSaves(this);
  }

  /** The simulation, by topic. */
  get worker(): SimulationWorker {
    return this.page.worker;
  }

  /** Parameters with their values; none before the first answer. */
  get controls() {
    return this.askedControls.value ?? [];
  }

  get log(): Log {
    return this.askedLog.value ?? noLog;
  }

  /** A lineage that is pointed at in genome space. */
  pointed = $state.raw<Highlight>();
  /**
   * Organisms that are highlighted: those pointed at in genome space or in the tree, otherwise those pinned there, otherwise relatives of the picked
   * organism.
   */
  readonly highlight = $derived.by<Highlight | undefined>(() => this.pointed ?? this.tree.highlight ?? this.lineage.highlight);

  // ---- how long it lasts

  /** Remembers this moment. The returned function says whether the page still shows this world, and has not gone to another time since. */
  moment(): () => boolean {
    const { turn } = this;
    return () => turn === this.turn;
  }

  /** The state of an instrument in this world: made at the first request, gone with the world. */
  own<T extends object>(make: new (world: WorldScope) => T): T {
    const found = this.states.get(make) as T | undefined;
    if (found) return found;
    const { made, end } = outlive(() => new make(this));
    this.states.set(make, made);
    this.onLeave(end);
    return made;
  }

  /** Does something at this interval (milliseconds) as long as this world is shown. */
  every(milliseconds: number, run: () => void): void {
    const timer = setInterval(run, milliseconds);
    this.onLeave(() => clearInterval(timer));
  }

  /** Does something when another world is entered. */
  onLeave(run: () => void): void {
    this.ends.push(run);
  }

  /** Another world is entered. */
  leave(): void {
    this.turn += 1;
    this.twins?.end();
    for (const one of [...this.queries]) one.end();
    for (const end of this.ends.splice(0)) end();
  }

  /** The same world at another time, or a branch of it. */
  goTo(text: WorldText, tick: number): void {
    this.turn += 1;
    this.twins?.end();
    this.pick(undefined);
    this.progress = undefined;
    this.text = text;
    this.figures = { ...this.figures, tick, playing: false, trouble: '' };
    this.look();
    void this.tree.refresh();
    void this.fossils.refresh();
  }

  /** Asks for what does not come with every frame; species and fossils of a new world are requested once there are some. */
  look(): void {
    void this.refresh();
    void this.past.refresh();
  }

  showFigures(figures: Figures): void {
    this.announce(figures);
    this.figures = figures;
    this.bestRate = Math.max(this.bestRate, figures.ticksPerSecond);
    for (const query of this.queries) query.look(figures);
  }

  // ---- parameters

  /** Where parameters are read and changed: in this world, or in its twin too or instead. */
  private get parameters(): ParameterDesk {
    return this.twins?.changes ?? this.worker.parameters;
  }

  /** Changes a live parameter now. The change is listed in the log, in the share link and in every provenance. */
  async set(path: string, value: unknown): Promise<boolean> {
    const done = await this.page.notices.attempt(this.parameters.set(path, value).then(() => true));
    await this.refresh();
    return done === true;
  }

  /** What was last noticed in the world that changes go to. */
  async lastNotice(): Promise<Log['notices'][number] | undefined> {
    return (this.twins ? await this.twins.changes.log() : this.log).notices.at(-1);
  }

  /** Watches a twin of this world beside it. @param change in which it differs; it can also get one later */
  async watchTwin(change?: TriedChange): Promise<void> {
    const { openTwins } = await import('../twins/open-twins.ts');
    await openTwins(this, change);
  }

  /** Reads parameters and changes again. */
  async refresh(): Promise<void> {
    await this.askedControls.ask();
    await this.askedLog.ask();
  }

  // ---- what is picked

  pick(organism: Picked | undefined): void {
    this.picked = organism;
    this.report = undefined;
    this.page.askSoon();
    this.lineage.show(organism?.id);
    if (!organism) this.follow(false);
    const { view } = this.page;
    if (view) {
      view.picked = organism?.id ?? -1;
      view.touch();
    }
  }

  /** Picks an organism and shows the instrument for it. */
  inspect(organism: Picked): void {
    this.pick(organism);
    this.page.dock.show('organism');
  }

  /** Picks what was clicked in the world. */
  pickSeen(seen: Seen | undefined): void {
    if (seen && this.text?.landscape && this.figures.playing) {
      void this.pickStanding(seen);
      return;
    }
    const population = seen && this.text?.populations[seen.population];
    const { dock, view } = this.page;
    // The sheet that opens from below would cover its place.
    if (seen && dock.narrow && !dock.open) view?.lookAt(seen.x, seen.y);
    if (seen && population) this.inspect({ population: population.name, id: seen.id });
    else this.pick(undefined);
  }

  /** On a landscape organisms live only a tick or so: stops, and picks the organism that is then nearest to the place. */
  private async pickStanding({ x, y }: Seen): Promise<void> {
    const { page } = this;
    const isCurrent = this.moment();
    await page.transport.pause();
    await page.settle();
    if (!isCurrent()) return;
    page.notices.say({ text: 'Paused: on a landscape a picked organism would be gone within a few ticks.', kind: 'plain' });
    this.pickSeen(page.view?.nearestTo(x, y));
  }

  pickNearest(): void {
    this.pickSeen(this.page.view?.nearestToMiddle());
  }

  /** Shows the picked organism's species in the tree. */
  findInTree(): void {
    const own = this.lineage.line?.species[0];
    if (own !== undefined) this.tree.find(own);
    this.page.dock.show('tree');
  }

  follow(on: boolean): void {
    this.following = on && this.picked !== undefined;
    const { view } = this.page;
    if (view) {
      view.following = this.following;
      view.touch();
    }
  }

  /** A new report of the picked organism. Its last one stays when it has died; following then continues with its line. */
  showReport(report: PickReport): void {
    const before = this.report;
    this.report = report.organism ? report : { ...report, organism: before?.organism };
    if (!this.report.organism && !before && !this.picked?.instead) void this.pickInstead();
    if (report.end && !before?.end && this.following && this.page.looks.lives) void this.followOn();
  }

  /** At full speed an organism may die between the picture in which it is picked and its report: then its line is picked. */
  private async pickInstead(): Promise<void> {
    const { picked, page } = this;
    if (!picked) return;
    const heir = await page.notices.attempt(this.worker.organisms.heir(picked.population, picked.id));
    if (this.picked !== picked || !heir) return;
    const { following } = this;
    this.pick({ population: picked.population, id: heir.id, instead: true });
    this.follow(following);
    page.notices.say({
      text: `${picked.id} died as it was picked. Instead the view shows ${describeHeir(heir)}.`,
      kind: 'plain',
    });
  }

  /** Follows the organism that continues the line of the picked one. */
  private async followOn(): Promise<void> {
    const { picked, page } = this;
    if (!picked) return;
    const heir = await page.notices.attempt(this.worker.organisms.heir(picked.population, picked.id));
    if (this.picked !== picked || !this.following) return;
    if (!heir) {
      this.follow(false);
      page.notices.say({ text: `${picked.id} has died; none of its line lives.`, kind: 'plain' });
      return;
    }
    this.pick({ population: picked.population, id: heir.id });
    this.follow(true);
    page.notices.say({ text: `${picked.id} has died. The view follows ${describeHeir(heir)}.`, kind: 'plain' });
  }

  /** What has happened, for a person: extinction, and an error that has stopped the world. */
  private announce(figures: Figures): void {
    const { page, figures: before } = this;
    if (before.playing && !figures.playing && figures.tick === this.text?.view.stopAt)
      page.notices.say({ text: `Paused at tick ${whole(figures.tick)}, as the scene says. Play continues.`, kind: 'plain' });
    if (figures.trouble && figures.trouble !== before.trouble) page.notices.say({ text: figures.trouble, kind: 'trouble' });
    if (figures.status !== 'extinct' || before.status === 'extinct') return;
    page.notices.say({
      text: `Extinct at tick ${whole(figures.tick)}. The simulation has stopped.`,
      kind: 'plain',
      action: { label: 'Restart', run: () => void page.worlds.restart() },
    });
  }
}
