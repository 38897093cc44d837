import { transfer } from 'comlink';
import type { Population } from '../population/population.ts';
import { describeParameters } from '../scene/catalogue.ts';
import { SceneError } from '../scene/error.ts';
import { parseScene } from '../scene/parse.ts';
import { checkSchedule } from '../scene/set-path.ts';
import { decodeShare, encodeShare } from '../scene/share.ts';
import { showText } from '../scene/show.ts';
import { createSimulation, simulationFromSnapshot } from '../simulation/create.ts';
import { inspectOrganism } from '../simulation/inspect.ts';
import type { Change, Simulation } from '../simulation/types.ts';
import { ChangeLog } from './change-log.ts';
import { describeWorld } from './describe-world.ts';
import { findKin } from './find-kin.ts';
import { Pace } from './pace.ts';
import { packLink, unpackLink } from './pack-link.ts';
import type {
  Control,
  Figures,
  Frame,
  FrameRequest,
  GroundFrame,
  LoadRequest,
  Log,
  PickReport,
  RunAddress,
  SeriesData,
  SimulationWorker,
  WorldText,
} from './protocol.ts';
import { Recorder } from './recorder.ts';
import { EndWatch } from './watch-end.ts';
import { writeFrame } from './write-frame.ts';
import { writeGround } from './write-ground.ts';

/** Milliseconds for which the worker steps before it lets messages in. */
const slice = 12;
const mostSteps = 10_000;

interface Goal {
  readonly tick: number;
  readonly progress: (tick: number) => void;
  readonly settle: (reached: boolean) => void;
  readonly fail: (error: Error) => void;
  reported: number;
}

/** One world in its worker: paces it, records it and answers the page. What the page looks at never changes the state. */
export class Session implements SimulationWorker {
  private world: Simulation | undefined;
  private scene: unknown;
  private recorder: Recorder | undefined;
  private changes: ChangeLog | undefined;
  private readonly pace = new Pace();
  private playing = false;
  private scheduled = false;
  private loads = 0;
  private goal: Goal | undefined;
  /** Why the world stands still although it was to play, or ''. */
  private trouble = '';
  private watch: EndWatch | undefined;
  private unwatch: () => void = () => {};
  private readonly channel = new MessageChannel();

  constructor() {
    this.channel.port1.onmessage = () => this.run();
  }

  /**
   * Makes a world at tick 0, paused. The former world is given up only when the new one stands.
   * @throws {SceneError} for a scene or a change, even of a later tick, that is not allowed
   */
  load({ scene, file, seed, changes }: LoadRequest): WorldText {
    const parsed = parseScene(scene, file);
    const problems = checkSchedule(parsed, [...changes]).map((problem) => `${showText(file, 200)}: ${problem}`);
    if (problems.length > 0) throw new SceneError(problems.slice(0, 5), problems.length);
    return this.enter(createSimulation(parsed, seed), scene, changes);
  }

  /** A snapshot as a new world, paused at its tick. Plots begin there. */
  open(snapshot: ArrayBuffer): WorldText {
    const world = simulationFromSnapshot(snapshot);
    return this.enter(world, world.initialScene, []);
  }

  play(): void {
    this.need();
    // On its way to a tick it is fast already, and pauses there.
    if (this.playing || this.goal) return;
    this.trouble = '';
    this.playing = true;
    this.pace.start(performance.now());
    this.plan();
  }

  pause(): void {
    this.playing = false;
    this.trouble = '';
    this.endGoal(false);
  }

  step(ticks: number): void {
    this.pause();
    this.advance(Math.min(Math.max(1, Math.floor(ticks)), mostSteps));
  }

  speed(ticksPerSecond: number): void {
    this.pace.speed = ticksPerSecond;
    this.pace.start(performance.now());
    if (this.playing) this.plan();
  }

  set(path: string, value: unknown): void {
    this.need();
    this.changes?.set(path, value);
  }

  controls(): readonly Control[] {
    return describeParameters(this.need().scene);
  }

  log(): Log {
    return { changes: this.changesMade(), notices: this.need().notices };
  }

  runTo(tick: number, progress: (tick: number) => void): Promise<boolean> {
    const world = this.need();
    this.pause();
    if (tick <= world.tick) return Promise.resolve(tick === world.tick);
    return new Promise((settle, fail) => {
      this.goal = { tick, progress, settle, fail, reported: 0 };
      this.pace.start(performance.now());
      this.plan();
    });
  }

  frame({ buffer, palette, shown }: FrameRequest): Frame {
    const world = this.need();
    const stamp = `${this.loads} ${world.tick} ${palette}`;
    if (stamp === shown) {
      return transfer({ buffer, fresh: false, stamp, capacity: 0, count: 0, figures: this.figures() }, [buffer]);
    }
    const written = writeFrame(world, palette, buffer);
    return transfer({ ...written, fresh: true, stamp, figures: this.figures() }, [written.buffer]);
  }

  ground(buffer: ArrayBuffer): GroundFrame {
    const ground = writeGround(this.need(), buffer);
    return transfer(ground, [ground.buffer]);
  }

  pick(name: string, id: number): PickReport {
    const world = this.need();
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
    this.need();
    const data = (this.recorder as Recorder).series.read(columns);
    const buffers = [data.ticks, ...data.mean, ...data.minimum, ...data.maximum].map((column) => column.buffer as ArrayBuffer);
    return transfer(data, buffers);
  }

  address(): RunAddress {
    const world = this.need();
    return { scene: this.scene, seed: world.seed, changes: this.changesMade(), tick: world.tick };
  }

  writeLink(sceneName: string): { text: string; tick: number } {
    const { scene, ...run } = this.address();
    return { text: packLink(encodeShare({ ...run, scene: sceneName || (scene as object) })), tick: run.tick };
  }

  readLink(text: string): RunAddress {
    const { scene, seed, changes, tick } = decodeShare(unpackLink(text));
    return { scene, seed, changes, tick };
  }

  hash(): string {
    return this.need().hash();
  }

  snapshot(): ArrayBuffer {
    const bytes = this.need().snapshot();
    return transfer(bytes, [bytes]);
  }

  ping(token: number): number {
    return token;
  }

  /** Puts a world in the place of the former one, once everything around it stands. */
  private enter(world: Simulation, scene: unknown, changes: readonly Change[]): WorldText {
    const { changeLog, recorder, text } = surround(world, changes);
    this.pause();
    this.unpick();
    this.world?.dispose();
    this.world = world;
    this.scene = scene;
    this.changes = changeLog;
    this.recorder = recorder;
    this.loads += 1;
    return text;
  }

  private changesMade(): readonly Change[] {
    return this.changes?.made() ?? [];
  }

  private need(): Simulation {
    if (!this.world) throw new Error('no world is loaded yet');
    return this.world;
  }

  private populationNamed(name: string): Population {
    const found = this.need().populations.find((population) => population.name === name);
    if (!found) throw new Error(`population '${name}': this world has none of that name`);
    return found;
  }

  private figures(): Figures {
    const world = this.need();
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
      playing: this.playing,
      ticksPerSecond: this.playing || this.goal ? this.pace.rate() : 0,
      alive: world.populations.map(({ table }) => table.count),
      generation: organisms === 0 ? 0 : generations / organisms,
      changes: this.changes?.count ?? 0,
      notices: world.notices.length,
      trouble: this.trouble,
    };
  }

  private unpick(): void {
    this.unwatch();
    this.unwatch = () => {};
    this.watch = undefined;
  }

  private endGoal(reached: boolean): void {
    this.goal?.settle(reached);
    this.goal = undefined;
  }

  /** Steps tick by tick until so many are made, the time is over or nobody is left. Returns the ticks made. */
  private advance(ticks: number, until = Number.POSITIVE_INFINITY): number {
    const world = this.need();
    let made = 0;
    while (made < ticks) {
      if (world.step(1) === 0) {
        this.pause();
        break;
      }
      made += 1;
      this.changes?.makeDue();
      this.recorder?.afterTick();
      if (performance.now() >= until) break;
    }
    return made;
  }

  private plan(): void {
    if (this.scheduled || !(this.playing || this.goal)) return;
    this.scheduled = true;
    const wait = this.goal ? 0 : this.pace.wait();
    if (wait < 1) this.channel.port2.postMessage(0);
    else setTimeout(() => this.run(), wait);
  }

  private run(): void {
    this.scheduled = false;
    if (!this.world) return;
    const start = performance.now();
    try {
      if (this.goal) this.approach(this.goal, start);
      else if (this.playing) this.pace.made(this.advance(this.pace.due(start), start + slice));
    } catch (error) {
      this.stop(error);
    }
    this.pace.mark(performance.now(), this.world.tick);
    this.plan();
  }

  /** Pauses after an error in a step, which no call of the page is there to take: tells whoever waits for a tick, else `figures`. */
  private stop(error: unknown): void {
    const text = `The run stopped at tick ${this.world?.tick}: ${showText(error instanceof Error ? error.message : String(error), 400)}`;
    const { goal } = this;
    this.goal = undefined;
    this.playing = false;
    if (goal) goal.fail(new Error(text));
    else this.trouble = text;
  }

  private approach(goal: Goal, start: number): void {
    const world = this.need();
    this.advance(goal.tick - world.tick, start + slice);
    if (start - goal.reported > 100) {
      goal.reported = start;
      goal.progress(world.tick);
    }
    if (world.tick >= goal.tick) this.endGoal(true);
  }
}

/** What a session keeps around a world. The world is given up when that fails. */
function surround(world: Simulation, changes: readonly Change[]) {
  try {
    const changeLog = new ChangeLog(world, changes);
    const recorder = new Recorder(world);
    return { changeLog, recorder, text: describeWorld(world, recorder.columns) };
  } catch (error) {
    world.dispose();
    throw error;
  }
}
