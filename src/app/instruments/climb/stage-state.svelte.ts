import type { AssayForkResult } from '../../../analysis/assay/perform-assay-fork.ts';
import { planAssay, usualAssay } from '../../../analysis/assay/plan-assay.ts';
import type { ClimbInterval } from '../../../analysis/gains/gains-log.ts';
import type { GenomeSpace, SpaceInterval } from '../../../analysis/gains/genome-space.ts';
import type { Interval } from '../../../analysis/gains/interval.ts';
import type { PolicyDemand } from '../../../analysis/gains/policy-demands.ts';
import type { GradientReading } from '../../../analysis/gains/read-gradient.ts';
import { dot } from '../../../analysis/lab/direction.ts';
import type { GainsReport } from '../../../experiment/describe-gains.ts';
import { cloudStride } from '../../../worker/cloud-layout.ts';
import { startTaskThread } from '../../../worker/tasks/start-task-thread.ts';
import type { ClimbStart, TaskThread } from '../../../worker/tasks/task-protocol.ts';
import type { Cloud } from '../../../worker/topics/climb.ts';
import type { WorldScope } from '../../session/world-scope.svelte.ts';
import { spareThreads, TaskPool } from '../../ui/task-pool.svelte.ts';
import { messageOf } from '../../ui/words.ts';
import { assayPause } from './assay-pause.ts';
import { changeText } from './change-text.ts';
import { Twin } from './twin.svelte.ts';

/** Number of forks after which the gradient is read again. */
const readEvery = 4;
/** Milliseconds within which pauses leave time for the first gradient. */
const firstWithin = 45_000;
/** Milliseconds between two looks at whether an interval is long enough, and between two clouds. */
const lookEvery = 400;
const cloudEvery = 250;
/** Fewest generations from which the length of one is estimated at the start of a world. */
const fewestGenerations = 0.3;

/**
 * The rolling climb of a world: an assay of its present state on spare cores; when that is done and a generation has passed, the interval is closed and measured, and
 * the next assay begins. It works while it is shown; copies are followed until the world is left.
 */
export class StageState {
  population = $state('');
  forks = $state(16);
  /** Least ticks of an interval. */
  every = $state(500);
  /** The opening of the interval that is open, and its gradient so far. */
  start = $state.raw<ClimbStart>();
  reading = $state.raw<GradientReading>();
  /** What the gradient asks of each action. */
  demands = $state.raw<readonly PolicyDemand[]>([]);
  intervals = $state.raw<readonly ClimbInterval[]>([]);
  picture = $state.raw<GenomeSpace>();
  cloud = $state.raw<Cloud>();
  /** Why it does not continue, or ''. */
  problem = $state('');
  /** Whether an interval is being measured. */
  analysing = $state(false);
  readonly pool = new TaskPool();
  /** The world without the latest change, if it was asked for. */
  twin = $state.raw<Twin>();
  /** The opening before the latest change since the climb began, the height of the mean there, and what was changed. */
  changed = $state.raw<{ readonly start: ClimbStart; readonly height: number; readonly text: string }>();

  private past: readonly SpaceInterval[] = [];
  private founders: Float64Array | undefined;
  private results: AssayForkResult[] = [];
  private done = new Set<number>();
  /** Generations in a horizon while the first interval is open, once known. */
  private firstRate = Number.NaN;
  private analyst: TaskThread | undefined;
  /** Axes for the open interval: changed only when there is a new gradient. */
  private axes: { readonly across: Float64Array; readonly up: Float64Array; readonly key: string } | undefined;
  private first: Float64Array | undefined;
  private seenChanges = 0;
  private shown = false;
  private turn = 0;
  private readonly timer: ReturnType<typeof setInterval>;
  private awaiting = false;
  private drawn = '';

  constructor(private readonly world: WorldScope) {
    this.timer = setInterval(() => void this.look(), cloudEvery);
    world.onLeave(() => {
      clearInterval(this.timer);
      this.hide();
      this.endTwin();
    });
  }

  get horizon(): number {
    return usualAssay.horizon;
  }

  /** What is known so far, for figures and sentences. */
  readonly report = $derived.by((): GainsReport | undefined =>
    this.start === undefined
      ? undefined
      : {
          population: this.start.title,
          horizon: usualAssay.horizon,
          loci: this.start.loci,
          segments: this.start.segments,
          intervals: this.intervals,
          line: undefined,
        },
  );

  /** Generations in a horizon now; NaN while it is not known. */
  get rate(): number {
    const last = this.intervals.at(-1);
    return last ? last.horizonGenerations : this.firstRate;
  }

  /** Ticks of the last interval, or of one at least: as far ahead as the arrow of the gradient goes. */
  get ticksAhead(): number {
    const last = this.intervals.at(-1);
    return last ? last.to - last.from : this.every;
  }

  /** The stage is opened: the climb begins or continues. */
  show(): void {
    if (this.shown) return;
    this.shown = true;
    this.drawn = '';
    void this.roll();
  }

  /** The stage is closed: nothing more is computed. */
  hide(): void {
    this.shown = false;
    this.turn++;
    this.pool.stop();
    this.analyst?.end();
    this.analyst = undefined;
    this.analysing = false;
  }

  /** Runs the world without the latest change beside it. */
  runTwin(): void {
    const { changed } = this;
    if (!changed) return;
    this.endTwin();
    this.twin = new Twin(
      changed.start,
      changed.height,
      changed.text,
      () => this.origin,
      () => ({ axes: this.shown ? this.axes : undefined, tick: this.world.figures.tick }),
    );
  }

  endTwin(): void {
    this.twin?.end();
    this.twin = undefined;
  }

  /** Remembers the opening before a change of a parameter. */
  private noteChanges(): void {
    const { start, world } = this;
    const { changes } = world.log;
    if (!start || changes.length <= Math.max(start.changes, this.seenChanges)) return;
    this.seenChanges = changes.length;
    const last = changes[changes.length - 1];
    this.changed = { start, height: this.picture?.path.at(-1)?.y ?? 0, text: changeText(last) };
  }

  /** What is subtracted from places across. */
  get origin(): number {
    const { picture, axes, first } = this;
    return picture?.origin ?? (axes && first ? dot(axes.across, first) : 0);
  }

  /** Forgets everything, and begins at the present tick if it is shown. */
  restart(): void {
    const { shown } = this;
    this.hide();
    void this.world.worker.climb.end();
    this.forget();
    if (shown) this.show();
  }

  private forget(): void {
    this.start = undefined;
    this.intervals = [];
    this.picture = undefined;
    this.cloud = undefined;
    this.past = [];
    this.founders = undefined;
    this.firstRate = Number.NaN;
    this.endTwin();
    this.changed = undefined;
    this.seenChanges = 0;
    this.first = undefined;
    this.problem = '';
    this.reading = undefined;
    this.demands = [];
    this.axes = undefined;
    this.open(undefined);
  }

  private open(start: ClimbStart | undefined): void {
    this.start = start;
    this.first ??= start?.mean;
    this.results = [];
    this.done = new Set();
  }

  private async roll(): Promise<void> {
    const turn = ++this.turn;
    const isOurs = () => turn === this.turn;
    this.problem = '';
    try {
      while (isOurs()) {
        const isCurrent = this.world.moment();
        if (!this.start) {
          const start = await this.world.worker.climb.open(this.population);
          if (!isOurs()) return;
          this.population = start.population;
          this.open(start);
        }
        await this.assay(this.start as ClimbStart, isOurs);
        if (!isOurs()) return;
        if (this.pool.status === 'failed') throw new Error(this.pool.problem);
        const closed = await this.close(isOurs, isCurrent);
        if (!isOurs()) return;
        // The world went to another time: what was followed is gone.
        if (!closed) this.forget();
      }
    } catch (error) {
      if (isOurs()) this.problem = messageOf(error);
    }
  }

  /** Performs the forks that are still missing. */
  private async assay(start: ClimbStart, isOurs: () => boolean): Promise<void> {
    const { population, seed, snapshot, tick, organisms } = start;
    const plan = planAssay({ seed: `${seed}/${tick}`, forks: this.forks, replays: 0 });
    const missing = plan.flatMap((_, k) => (this.done.has(k) ? [] : [k]));
    if (missing.length === 0) return;
    const { size, policySize } = usualAssay;
    const clades = new Uint32Array(organisms);
    const began = performance.now();
    let resume = 0;
    await this.pool.begin(async () => ({
      tasks: missing.length,
      perform: async (index, thread) => {
        const fork = { population, clades, size, policySize, ticks: this.horizon, ...plan[missing[index]] };
        await this.restUntil(resume, isOurs);
        if (!isOurs() || start !== this.start) return;
        const from = performance.now();
        const result = await thread.ask('fork', { snapshot, fork });
        const now = performance.now();
        if (!isOurs() || start !== this.start) return;
        this.results.push(result);
        this.done.add(missing[index]);
        const count = this.results.length;
        const early = this.intervals.length === 0 && count < readEvery;
        const left = early ? { forks: readEvery - count, milliseconds: firstWithin - (now - began) } : undefined;
        resume = now + assayPause(now - from, left);
        // Later ones replace a good gradient only by one that is complete.
        const due = count === plan.length || (this.intervals.length === 0 && count % readEvery === 0);
        if (!due || new Set(this.results.map((one) => one.seed)).size < 2) return;
        const { genomes, ploidy, segments, scales } = start;
        const reading = await thread.ask('gradient', { forks: this.results.slice(), genomes, ploidy, segments, scales });
        if (!isOurs() || start !== this.start) return;
        this.reading = reading;
        const demands = await this.world.worker.climb.demands(reading.response);
        if (isOurs() && start === this.start) this.demands = demands;
      },
    }));
  }

  /** Whether forks would take a core from a world that runs as fast as it can. */
  private get isGuest(): boolean {
    const { page, figures } = this.world;
    return spareThreads() === 1 && page.transport.speed === 0 && figures.playing;
  }

  /** Leaves the core to the world until a time, or until the world no longer needs it. Forks have draws of their own: what they find does not depend on it. */
  private async restUntil(time: number, isOurs: () => boolean): Promise<void> {
    for (let rest = time - performance.now(); rest > 0 && this.isGuest && isOurs(); rest = time - performance.now())
      await new Promise((resolve) => setTimeout(resolve, Math.min(rest, lookEvery)));
  }

  /** Waits until the interval is long enough, closes and measures it. @returns false if the world is no longer followed */
  private async close(isOurs: () => boolean, isCurrent: () => boolean): Promise<boolean> {
    const start = this.start as ClimbStart;
    for (;;) {
      if (!isOurs()) return true;
      if (!isCurrent()) return false;
      if (this.world.figures.tick >= start.tick + this.every) {
        const step = await this.world.worker.climb.close(1);
        if (!isOurs()) return true;
        if (!step) return false;
        if (step !== 'early') {
          const { interval } = step;
          this.analysing = true;
          this.analyst ??= startTaskThread();
          const { segments, scales, directed, seed } = start;
          const { results: forks, past, founders, picture } = this;
          const ask = {
            interval,
            forks,
            horizon: this.horizon,
            segments,
            scales,
            directed,
            seed,
            past,
            founders,
            across: picture?.across,
          };
          this.founders = interval.ancestors.slice();
          const measured = await this.analyst.ask('interval', ask, buffersOf(interval));
          if (!isOurs()) return true;
          this.analysing = false;
          if (!measured) return false;
          this.past = [...past, measured.space];
          this.intervals = [...this.intervals, measured.climbed];
          this.picture = measured.picture;
          this.open(step.start);
          return true;
        }
      }
      await new Promise((resolve) => setTimeout(resolve, lookEvery));
    }
  }

  /** Asks for the places of the living, if they are seen and may have changed. */
  private async look(): Promise<void> {
    const { start, world } = this;
    if (this.shown) this.noteChanges();
    if (!this.shown || !start || document.hidden || this.awaiting || world.page.down) return;
    const { tick, generation } = world.figures;
    if (Number.isNaN(this.firstRate)) {
      const risen = generation >= fewestGenerations && tick > 0 ? generation / tick : Number.NaN;
      if (risen > 0) this.firstRate = this.horizon * risen;
    }
    const { rate, picture } = this;
    if (this.reading && rate > 0) {
      const { gradient, across, forks } = this.reading;
      const key = `${forks} ${rate} ${this.intervals.length} ${gradient[0]}`;
      if (this.axes?.key !== key) this.axes = { across: picture?.across ?? across, up: gradient.map((b) => b / rate), key };
    }
    const { axes } = this;
    if (!axes) return;
    const palette = world.page.looks.palette;
    const wanted = `${tick} ${axes.key} ${palette} ${JSON.stringify(world.highlight ?? null)}`;
    if (wanted === this.drawn) return;
    this.awaiting = true;
    const { across, up } = axes;
    const last = this.past.at(-1);
    const ends = picture?.pieces.filter((piece) => piece.to.tick === last?.to) ?? [];
    const means = new Map(last?.groups.map(({ founder, mean }) => [founder, mean]));
    const height = picture?.path.at(-1)?.y ?? 0;
    const isCurrent = world.moment();
    const cloud = await world.worker.climb
      .cloud({
        across,
        up,
        founders: Float64Array.from(ends, ({ founder }) => founder),
        offsets: Float64Array.from(ends, ({ founder, to }) => to.y - dot(up, means.get(founder) ?? up)),
        otherwise: height - dot(up, last?.after ?? start.mean),
        palette,
        highlight: world.highlight,
      })
      .catch(() => undefined);
    this.awaiting = false;
    if (!cloud || !isCurrent() || start !== this.start) return;
    const { origin } = this;
    for (let at = 0; at < cloud.points.length; at += cloudStride) cloud.points[at] -= origin;
    this.cloud = { ...cloud, mean: [cloud.mean[0] - origin, cloud.mean[1]] };
    this.drawn = wanted;
  }
}

/** What an interval is made of, to be moved to a thread. */
const buffersOf = ({ opened, closed, origins, written, added, clades, ancestors }: Interval): ArrayBuffer[] =>
  [
    opened.ids,
    opened.values,
    closed.ids,
    closed.values,
    origins,
    ...written.values(),
    ...added.values(),
    clades,
    ancestors,
  ].flatMap((values) => (ArrayBuffer.isView(values) ? [values.buffer as ArrayBuffer] : []));
