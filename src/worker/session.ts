import { transfer } from 'comlink';
import type { NamedGenome } from '../genome/fit-genome.ts';
import { showText } from '../parameter/show.ts';
import type { Population } from '../population/population.ts';
import type { InvasionReport } from '../runs/describe-invasion.ts';
import { describeParameters } from '../scene/describe-parameters.ts';
import { editScene } from '../scene/edit-scene.ts';
import { SceneError } from '../scene/error.ts';
import { checkSchedule } from '../scene/set-path.ts';
import { decodeShare, encodeShare } from '../scene/share.ts';
import { inspectOrganism } from '../simulation/inspect.ts';
import { onLandscape } from '../simulation/kinds.ts';
import { readSnapshot } from '../simulation/snapshot.ts';
import type { Change } from '../simulation/types.ts';
import type { ChangeList } from './change-log.ts';
import { describeWorld } from './describe-world.ts';
import { EventWatch, type NotableEvent, type NotableEventKind } from './event-watch.ts';
import { findKin } from './find-kin.ts';
import { Highlighter } from './highlighter.ts';
import { LandscapeShow } from './landscape/landscape-show.ts';
import { type KeptRun, Run } from './live-run.ts';
import type { EntryKind, EntryText } from './notebook/entry-text.ts';
import { NotebookStore } from './notebook/notebook-store.ts';
import { packLink, unpackLink } from './pack-link.ts';
import { pageCatalogue } from './page-catalogue.ts';
import { Player } from './player.ts';
import type {
  ClimbReport,
  Control,
  EntrySeries,
  ExportProgress,
  Figures,
  FormatText,
  FossilReport,
  FossilText,
  Frame,
  FrameRequest,
  GroundFrame,
  LandscapeFrame,
  LandscapeRequest,
  LineOfDescent,
  LoadRequest,
  Log,
  OpenedWorld,
  Phylogeny,
  PickReport,
  PlaneChoice,
  PriceReport,
  RunAddress,
  SeriesData,
  ShelfText,
  SimulationWorker,
  WorldText,
  ZippedRun,
} from './protocol.ts';
import { reportClimb, reportInvasion, reportPrices, startAssay, startTournament } from './report-analysis.ts';
import { fossilText, reportFossil } from './report-fossil.ts';
import { type FrozenText, fitInto, freezeOrganism } from './report-frozen.ts';
import { reportLine } from './report-line.ts';
import { reportPhylogeny } from './report-phylogeny.ts';
import { TangentQueries, type TangentReport } from './report-tangent.ts';
import { controlsOfText, problemsOfText } from './scene-text.ts';
import { seriesEvery } from './series-sampler.ts';
import { SnapshotHistory } from './snapshot-history.ts';
import { SpeciesHues } from './species-hue.ts';
import type { AssayStart, TournamentStart } from './tasks/task-protocol.ts';
import { EndWatch } from './watch-end.ts';
import { writeFrame } from './write-frame.ts';
import { writeGround } from './write-ground.ts';

const mostSteps = 10_000;
/** Milliseconds for which a new world that should play waits for its first frame. */
const frameAwaited = 1500;

/** State of a branch in an export, because scene and seed do not reproduce it. */
const branchFile = 'branch.upslope';
const describeBranch = (firstSeed: string, tick: number): string =>
  `draws come from this seed only since tick ${tick}, before that from ${JSON.stringify(firstSeed)}: scene and seed do not reproduce this run; ${branchFile} is its state`;

/** One run in its worker: paces it, keeps snapshots of it and answers the page. Requests for display never change the state. */
export class Session implements SimulationWorker {
  private run: Run | undefined;
  private scene: unknown;
  private firstSeed = '';
  /** Tick at which the run began here. */
  private began = 0;
  private snapshots = new SnapshotHistory<KeptRun>(0, '');
  /** All changes of the lines that the run has left, by line. */
  private changeLists = new Map<number, ChangeList>();
  private readonly hues = new SpeciesHues();
  private readonly lit = new Highlighter();
  private readonly tangents = new TangentQueries();
  private readonly show = new LandscapeShow(() => performance.now());
  private readonly player = new Player({
    tick: () => this.run?.world.tick,
    advance: (ticks, until) => this.advance(ticks, until),
    isHeld: (now) => this.isAwaited(now),
  });
  private loads = 0;
  /** When the run was opened, and whether a frame of it has been requested since. */
  private entered = 0;
  private seen = false;
  private watch: EndWatch | undefined;
  private eventWatch: EventWatch | undefined;
  private happened: NotableEvent[] = [];
  private pausing: ReadonlySet<NotableEventKind> = new Set();
  private readonly notebook = new NotebookStore();
  private unwatch: () => void = () => {};

  /**
   * Makes a world at tick 0, paused. The former world is disposed of only when the new one exists.
   * @throws {SceneError} for a scene or a change, even of a later tick, that is not allowed
   */
  load({ scene, file, seed, changes }: LoadRequest): WorldText {
    const parsed = pageCatalogue.parseScene(scene, file);
    const problems = checkSchedule(parsed, [...changes]).map((problem) => `${showText(file, 200)}: ${problem}`);
    if (problems.length > 0) throw new SceneError(problems.slice(0, 5), problems.length);
    return this.begin(Run.found(parsed, seed, changes), scene, seed);
  }

  /** A snapshot as a new world, paused at its tick. Plots and record begin there. */
  open(snapshot: ArrayBuffer): OpenedWorld {
    const run = Run.open(snapshot);
    return this.opened(this.begin(run, run.world.initialScene, readSnapshot(snapshot).text.groundSeed));
  }

  play(): void {
    this.requireRun();
    this.player.play();
  }

  pause(): void {
    this.player.pause();
  }

  step(ticks: number): void {
    this.pause();
    this.advance(Math.min(Math.max(1, Math.floor(ticks)), mostSteps));
  }

  speed(ticksPerSecond: number): void {
    this.player.speed = ticksPerSecond;
  }

  runTo(tick: number, progress: (tick: number) => void): Promise<boolean> {
    this.requireRun();
    return this.player.runTo(tick, progress);
  }

  /** Changes a live parameter. At an earlier snapshot this begins a new line; what came after it stays on the former. */
  set(path: string, value: unknown): void {
    const { world, changes } = this.requireRun();
    const { snapshots } = this;
    const behind = world.tick < snapshots.line.tip;
    const course = changes.course();
    changes.set(path, value);
    if (!behind) return;
    this.changeLists.set(snapshots.current, course);
    changes.dropAhead();
    snapshots.branch(world.tick, world.seed);
  }

  controls(): readonly Control[] {
    return describeParameters(this.requireRun().world.scene);
  }

  log(): Log {
    return { changes: this.changesMade(), notices: this.requireRun().world.notices };
  }

  frame({ buffer, palette, highlight, shown }: FrameRequest): Frame {
    const run = this.requireRun();
    const { world } = run;
    this.seen = true;
    const plane = onLandscape(world) ? this.show.planeOf(world) : undefined;
    const look = `${palette} ${JSON.stringify(highlight ?? null)} ${plane ? this.show.stamp : ''}`;
    const stamp = `${this.loads} ${world.tick} ${look}`;
    if (stamp === shown) {
      return transfer({ buffer, fresh: false, stamp, capacity: 0, count: 0, figures: this.figures() }, [buffer]);
    }
    const { floats, ...written } = writeFrame(world, palette, buffer, palette === 'species' ? this.hueOf(run) : () => 0, plane);
    this.lit.write(run, highlight, floats);
    const shownIn = plane ? { plane: this.show.stamp } : {};
    return transfer({ ...written, ...shownIn, fresh: true, stamp, figures: this.figures() }, [written.buffer]);
  }

  ground(buffer: ArrayBuffer): GroundFrame {
    const ground = writeGround(this.requireRun().world, buffer);
    return transfer(ground, [ground.buffer]);
  }

  landscape(request: LandscapeRequest): LandscapeFrame {
    const { world, recorder } = this.requireRun();
    if (!onLandscape(world) || !recorder.landscape) throw new Error('this world has no landscape');
    const stamp = `${this.loads} ${world.tick} ${world.changes.length}`;
    const frame = this.show.frame(world, recorder.landscape, stamp, request);
    return transfer(frame, [frame.buffer]);
  }

  choosePlane(choice: PlaneChoice): void {
    const { world } = this.requireRun();
    if (!onLandscape(world)) throw new Error('plane: this world has no landscape');
    this.show.choose(world, choice);
  }

  pick(name: string, id: number): PickReport {
    const { world } = this.requireRun();
    const population = this.populationNamed(name);
    if (this.watch?.population !== population || this.watch.id !== id) {
      this.unpick();
      this.watch = new EndWatch(population, id);
      this.unwatch = world.observe(this.watch);
    }
    return {
      organism: inspectOrganism(world, name, id),
      kin: findKin(population, id, this.watch.parent),
      end: this.watch.end,
    };
  }

  series(columns: readonly number[]): SeriesData {
    const data = this.requireRun().recorder.series.read(columns);
    const buffers = [data.ticks, ...data.mean, ...data.minimum, ...data.maximum].map((column) => column.buffer as ArrayBuffer);
    return transfer(data, buffers);
  }

  address(): RunAddress {
    const { world } = this.requireRun();
    return { scene: this.scene, seed: world.seed, changes: this.changesMade(), tick: world.tick };
  }

  writeLink(sceneName: string): { text: string; tick: number } {
    if (this.requireRun().world.seed !== this.firstSeed) {
      throw new Error('link: this is a branch with its own seed, which a link cannot reproduce; save it as a file instead');
    }
    const { scene, ...run } = this.address();
    // The page may still show another world.
    const named = sceneName !== '' && (scene as { name?: unknown }).name === sceneName;
    return { text: packLink(encodeShare({ ...run, scene: named ? sceneName : (scene as object) })), tick: run.tick };
  }

  readLink(text: string): RunAddress {
    const { scene, seed, changes, tick } = decodeShare(unpackLink(text), pageCatalogue);
    return { scene, seed, changes, tick };
  }

  hash(): string {
    return this.requireRun().world.hash();
  }

  snapshot(): ArrayBuffer {
    const bytes = this.requireRun().world.snapshot();
    return transfer(bytes, [bytes]);
  }

  phylogeny(): Phylogeny {
    const { record, world } = this.requireRun();
    return reportPhylogeny(record, world.tick);
  }

  lineOf(id: number): LineOfDescent | undefined {
    const { record, world } = this.requireRun();
    return reportLine(record, id, onLandscape(world) ? this.show.placesOf(world) : undefined);
  }

  assayStart(name: string): AssayStart {
    const start = startAssay(this.requireRun(), name);
    return transfer(start, [start.snapshot, start.clades.buffer as ArrayBuffer, start.genomes.buffer as ArrayBuffer]);
  }

  tangent(population: string, id: number, restart = false): TangentReport | undefined {
    return this.tangents.report(this.requireRun().world, population, id, restart);
  }

  climbs(population: string): ClimbReport {
    return reportClimb(this.requireRun(), population);
  }

  prices(): PriceReport {
    return reportPrices(this.requireRun());
  }

  invasion(low: number, high: number): InvasionReport {
    return reportInvasion(this.requireRun(), low, high);
  }

  tournamentStart(population: string, players: number): TournamentStart {
    return startTournament(this.requireRun(), population, players);
  }

  fossils(): readonly FossilText[] {
    return this.requireRun().record.fossils.map(fossilText);
  }

  fossil(id: number): FossilReport {
    const { world, record } = this.requireRun();
    return reportFossil(world, record, id);
  }

  keepFossil(name: string, id: number): number {
    const { world, record } = this.requireRun();
    if (this.populationNamed(name).rowOf(id) < 0) throw new Error(`organism ${id} is not alive; pick another`);
    record.keepFossil(world, id);
    return (record.fossils.at(-1) as FossilText).id;
  }

  freeze(name: string, id: number): FrozenText {
    return freezeOrganism(this.requireRun().world, this.populationNamed(name), id);
  }

  fit(name: string, genome: NamedGenome): ReturnType<typeof fitInto> {
    return fitInto(this.populationNamed(name), genome);
  }

  shelf(): ShelfText {
    return this.snapshots.describe();
  }

  scrubTo(id: number): WorldText {
    const { world, changes } = this.requireRun();
    const { snapshots } = this;
    this.pause();
    this.changeLists.set(snapshots.current, changes.course());
    // The state that is left is kept, so that one can come back.
    if (world.tick === snapshots.line.tip) this.keep();
    const kept = snapshots.take(id);
    if (!kept) throw new Error('this snapshot was dropped because there were too many; choose another');
    return this.enter(Run.resume(kept, this.changeLists.get(snapshots.current) ?? []));
  }

  branch(seed: string): WorldText {
    const { run, snapshots } = { run: this.requireRun(), snapshots: this.snapshots };
    if (seed === run.world.seed || seed === this.firstSeed) {
      throw new Error(`seed: this run already has ${showText(seed, 40)}; give a branch another`);
    }
    this.pause();
    const twin = run.branch(seed);
    this.changeLists.set(snapshots.current, run.changes.course());
    if (run.world.tick === snapshots.line.tip) this.keep();
    snapshots.branch(run.world.tick, seed);
    twin.changes.dropAhead();
    return this.enter(twin);
  }

  async formats(): Promise<readonly FormatText[]> {
    const { formatTexts } = await import('./zip-run.ts');
    return formatTexts;
  }

  async exportZip(formats: readonly string[], progress: (progress: ExportProgress) => void): Promise<ZippedRun> {
    const { world, record } = this.requireRun();
    this.pause();
    const branched = world.seed !== this.firstSeed;
    const options = {
      scene: world.initialScene as unknown as Record<string, unknown>,
      seedGenerated: false,
      record: { every: seriesEvery, genomes: 'none', csv: false } as const,
      environment: {
        page: globalThis.navigator?.userAgent ?? '',
        record: `kept in a page from tick ${this.began} on: lines of descent without living descendants or fossils are left out`,
        ...(branched ? { branch: describeBranch(this.firstSeed, this.snapshots.line.from) } : {}),
      },
    };
    const extra = new Map(branched ? [[branchFile, new Uint8Array(world.snapshot())]] : []);
    // Its writers are loaded when needed.
    const { zipRun } = await import('./zip-run.ts');
    const zipped = await zipRun(world, record, formats, options, extra, progress);
    return transfer(zipped, [zipped.bytes]);
  }

  saveEntry({ id, kind, name }: { id: string; kind: EntryKind; name: string }): Promise<EntryText> {
    const run = this.requireRun();
    const { world, changes } = run;
    const kept = run.keep();
    const text = {
      ...{ id, kind, name },
      title: world.scene.title,
      seed: world.seed,
      tick: world.tick,
      living: world.populations.reduce((sum, { count }) => sum + count, 0),
      playing: this.player.playing,
      savedAt: Date.now(),
    };
    // The current run is saved, whatever happens during the writing.
    return this.notebook.put(text, {
      scene: this.scene,
      firstSeed: this.firstSeed,
      began: this.began,
      course: changes.course(),
      kept,
    });
  }

  async openEntry(id: string): Promise<OpenedWorld> {
    const { saved, run } = await this.notebook.take(id);
    const world = this.begin(run, saved.scene, saved.firstSeed);
    this.began = saved.began;
    return this.opened(world);
  }

  entrySeries(id: string): Promise<EntrySeries> {
    return this.notebook.series(id);
  }

  pauseAt(kinds: readonly NotableEventKind[]): void {
    this.pausing = new Set(kinds);
  }

  moments(since: number): readonly NotableEvent[] {
    return this.happened.slice(since);
  }

  describeText(text: string): readonly Control[] {
    return controlsOfText(text);
  }

  editText(text: string, path: string, value: unknown): string {
    return editScene(text, path, value);
  }

  checkScene(text: string): readonly string[] {
    return problemsOfText(text);
  }

  ping(token: number): number {
    return token;
  }

  private opened(world: WorldText): OpenedWorld {
    return { world, scene: this.scene, tick: this.requireRun().world.tick };
  }

  /** Starts a run that is unrelated to the former one. */
  private begin(run: Run, scene: unknown, firstSeed: string): WorldText {
    this.pause();
    this.scene = scene;
    this.firstSeed = firstSeed;
    this.began = run.world.tick;
    const version = this.snapshots.version + 1;
    this.snapshots = new SnapshotHistory(run.world.tick, run.world.seed);
    this.snapshots.version = version;
    this.changeLists.clear();
    this.show.reset();
    return this.enter(run);
  }

  /** Replaces the former run. */
  private enter(run: Run): WorldText {
    this.unpick();
    this.run?.dispose();
    this.run = run;
    this.loads += 1;
    this.eventWatch = undefined;
    this.happened = [];
    this.entered = performance.now();
    this.seen = false;
    return describeWorld(run.world, run.recorder.columns, this.firstSeed, this.loads);
  }

  /** Hues of organisms by their species. */
  private hueOf({ record }: Run): (id: number) => number {
    const hues = this.hues.of(record.species.entries);
    const { individuals } = record;
    return (id) => hues.get(individuals.speciesOf(individuals.rowOf(id))) ?? 0;
  }

  private keep(): void {
    this.snapshots.keep(this.requireRun().keep());
  }

  private changesMade(): readonly Change[] {
    return this.run?.changes.made() ?? [];
  }

  private requireRun(): Run {
    if (!this.run) throw new Error('no world is loaded yet');
    return this.run;
  }

  private populationNamed(name: string): Population {
    const found = this.requireRun().world.populations.find((population) => population.name === name);
    if (!found) throw new Error(`population '${name}': not in this world`);
    return found;
  }

  private figures(): Figures {
    const { world, changes, recorded } = this.requireRun();
    let organisms = 0;
    let generations = 0;
    for (const { table } of world.populations) {
      const generation = table.u32('generation');
      for (let row = 0; row < table.count; row++) generations += generation[row];
      organisms += table.count;
    }
    return {
      tick: world.tick,
      status: world.status,
      playing: this.player.playing,
      ticksPerSecond: this.player.rate,
      alive: world.populations.map(({ table }) => table.count),
      generation: organisms === 0 ? 0 : generations / organisms,
      changes: changes.count,
      notices: world.notices.length,
      trouble: this.player.trouble,
      shelf: this.snapshots.version,
      moments: this.happened.length,
      ...recorded,
    };
  }

  private unpick(): void {
    this.unwatch();
    this.unwatch = () => {};
    this.watch = undefined;
    this.tangents.clear();
  }

  /** Steps tick by tick until this many are made, the time is over or all organisms are dead. Returns the ticks made. */
  private advance(ticks: number, until = Number.POSITIVE_INFINITY): number {
    const run = this.requireRun();
    let made = 0;
    while (made < ticks) {
      if (this.snapshots.isDue(run.world.tick)) this.keep();
      this.eventWatch ??= new EventWatch(run);
      if (!run.step()) {
        this.pause();
        break;
      }
      made += 1;
      this.snapshots.reach(run.world.tick);
      if (this.isEventToPauseAt(this.eventWatch)) break;
      if (performance.now() >= until) break;
    }
    return made;
  }

  /** Looks for events; pauses at the requested ones. */
  private isEventToPauseAt(eventWatch: EventWatch): boolean {
    const found = eventWatch.look();
    if (found.length === 0) return false;
    this.happened.push(...found);
    if (!found.some(({ kind }) => this.pausing.has(kind))) return false;
    this.pause();
    return true;
  }

  /** Whether the first tick still waits for the first frame: the record that begins with it takes longer than a frame. */
  private isAwaited(now: number): boolean {
    return !this.seen && !this.run?.isWatched && now - this.entered < frameAwaited;
  }
}
