import type { Samples } from '../../scene/lesson/judge.ts';
import { checkedMeasures } from '../../scene/lesson/measures-of.ts';
import { measureOf } from '../../scene/lesson/prediction-of.ts';
import type { Check, Lesson, Level, RunStep, Step } from '../../scene/lesson/schema.ts';
import type { CheckReport } from '../../worker/topics/lessons.ts';
import type { App } from '../app.svelte.ts';
import { showAddress } from '../session/show-address.ts';
import { speeds } from '../shell/speeds.ts';
import { oneOf, recall, remember } from '../ui/remember.ts';
import { writeLessonAddress } from './lesson-address.ts';

/** What a visitor gave at a step: the index of a choice, the values of a curve, or a line. */
export type Given = number | readonly number[] | string;

/** Where a run ended. */
export interface Ended {
  readonly tick: number;
  readonly seed: string;
  readonly extinct: boolean;
}

/** What a check found. What was predicted is judged by it where it is shown. */
export interface Checked extends CheckReport {
  /** Unit of the measure, '' for a ratio. */
  readonly unit: string;
}

const isLevel = oneOf<Level>('easy', 'full');

/** A lesson that a visitor takes: the step that is shown, what was given and measured. What a step does to the world is done once, when it is first reached. */
export class LessonState {
  level = $state<Level>(recall('lessonLevel', 'full', isLevel));
  /** Index of the step that is shown; the number of steps at the end. */
  at = $state(0);
  /** Whether the sheet for teachers is shown instead. */
  showsSheet = $state(false);
  given = $state.raw<Readonly<Record<number, Given>>>({});
  ended = $state.raw<Readonly<Record<number, Ended>>>({});
  checked = $state.raw<Readonly<Record<number, Checked>>>({});
  /** Indices of the questions whose answer was requested: what was written there stays as it is. */
  revealed = $state.raw<ReadonlySet<number>>(new Set());
  /** A step is being prepared. */
  busy = $state(false);
  /** Index of the last step whose world and changes were made. */
  private reached = $state(-1);
  /** Index of the last run that was played. */
  private played = $state(-1);
  private began = false;

  /**
   * @param json the scene of the lesson, as in its file
   * @param hasAddress whether it comes with the page
   */
  constructor(
    private readonly app: App,
    readonly lesson: Lesson,
    private readonly json: unknown,
    readonly hasAddress = true,
  ) {}

  get step(): Step | undefined {
    return this.lesson.steps[this.at];
  }

  /** Whether the step that is shown may still change what was given: not once the run that shows the answer was played. */
  get isOpen(): boolean {
    const { steps } = this.lesson;
    const answer = steps.findIndex((step, i) => i > this.at && step.kind === 'run');
    return answer < 0 || this.played < answer;
  }

  /** Whether something was given at the step that is shown. */
  get isAnswered(): boolean {
    const given = this.given[this.at];
    return typeof given === 'string' ? given.trim() !== '' : given !== undefined;
  }

  setLevel(level: Level): void {
    this.level = level;
    remember('lessonLevel', level);
  }

  give(given: Given): void {
    this.given = { ...this.given, [this.at]: given };
  }

  /** Shows the answer beside what was written. */
  reveal(): void {
    this.revealed = new Set([...this.revealed, this.at]);
  }

  /** Starts the first world, once. */
  async begin(): Promise<void> {
    if (this.began) return;
    this.began = true;
    await this.reach(0);
  }

  /** The lesson from its first step, without what was given. */
  async again(): Promise<void> {
    this.given = {};
    this.ended = {};
    this.checked = {};
    this.revealed = new Set();
    this.reached = -1;
    this.played = -1;
    this.at = 0;
    await this.reach(0);
  }

  async next(): Promise<void> {
    if (this.busy || this.at >= this.lesson.steps.length) return;
    await this.app.transport.pause();
    await this.reach(this.at + 1);
  }

  back(): void {
    if (this.busy || this.at === 0) return;
    void this.app.transport.pause();
    this.at -= 1;
  }

  /** Leaves the lesson; its world stays. */
  leave(): void {
    const { app } = this;
    app.lesson = undefined;
    showAddress('', true);
  }

  /** Shows a step; what it does is done if it has not been reached before. */
  private async reach(i: number): Promise<void> {
    const step = this.lesson.steps[i];
    if (!step || i <= this.reached) {
      this.at = i;
      return;
    }
    this.busy = true;
    try {
      if (i === 0 || step.start) {
        if (!(await this.startWorld(i, step.start?.seed ?? this.lesson.seed))) return;
      }
      for (const { path, value } of step.set ?? []) await this.app.world.set(path, value);
      if (step.kind === 'run') await this.arm(step);
      if (step.kind === 'check') await this.check(i, step);
      this.reached = i;
      this.at = i;
    } finally {
      this.busy = false;
    }
  }

  private async startWorld(i: number, seed: string): Promise<boolean> {
    const { app, lesson } = this;
    const isLast = app.worlds.wish();
    const scene = await app.notices.attempt(app.worker.lessons.scene(lesson, this.json, i));
    const link = this.hasAddress ? writeLessonAddress(lesson.name) : '';
    const source = { json: scene, file: `assets/lessons/${lesson.name}.json`, whole: checkedMeasures(lesson) };
    return scene !== undefined && app.worlds.load(source, seed, [], link, isLast);
  }

  // ---- runs

  private async arm({ until, speed }: RunStep): Promise<void> {
    const { transport } = this.app.worker;
    const { tick, measure, above, below } = until;
    this.app.transport.setSpeed(speeds.find(({ name }) => name === speed)?.ticksPerSecond ?? 0);
    await transport.stopAt(tick);
    await transport.stopWhen(measure === undefined ? undefined : { measure, above, below });
  }

  /** Plays, or pauses, the world of a run that has not ended. */
  async toggle(): Promise<void> {
    const { step } = this;
    if (step?.kind !== 'run' || this.ended[this.at]) return;
    // Again: a world that was restored after a loss of the simulation has lost where it stops.
    if (!this.app.world.figures.playing) await this.arm(step);
    this.played = this.at;
    await this.app.transport.toggle();
  }

  /** Takes the run to its end as fast as the world can be made. */
  async finish(): Promise<void> {
    const { step } = this;
    if (step?.kind !== 'run' || this.ended[this.at]) return;
    this.played = this.at;
    await this.app.transport.runTo(step.until.tick);
  }

  /** Looks whether the run that is shown has come to its end; the page calls it while the world is paused. */
  async look(): Promise<void> {
    const { step, at, app } = this;
    if (step?.kind !== 'run' || this.ended[at] || at !== this.reached) return;
    const { figures } = app.world;
    const isCurrent = app.world.moment();
    const extinct = figures.status === 'extinct';
    const crossed = !extinct && step.until.measure !== undefined && !(await app.worker.transport.waits());
    const { tick, seed } = await app.worker.run.address();
    if (!isCurrent() || this.at !== at || !(extinct || crossed || tick >= step.until.tick)) return;
    this.ended = { ...this.ended, [at]: { tick, seed, extinct } };
  }

  // ---- checks

  /** A column of the present world. */
  columnOf(name: string | undefined) {
    return this.app.world.text?.columns.find((column) => `${column.probe}/${column.name}` === name);
  }

  /** Samples of a measure from tick 0 on, as plots show them; none for a measure that the world does not have. */
  async samples(name: string): Promise<Samples> {
    const { app } = this;
    const column = app.world.text?.columns.findIndex(({ probe, name: own }) => `${probe}/${own}` === name) ?? -1;
    if (column < 0) return { ticks: [], values: [] };
    const { ticks, mean } = await app.worker.record.series([column]);
    return { ticks, values: mean[0] };
  }

  private async check(i: number, step: Check): Promise<void> {
    const { app, lesson } = this;
    const { versus } = step;
    const other = lesson.steps.findIndex((one) => one.kind === 'check' && one.id !== undefined && one.id === versus?.check);
    const report = await app.worker.lessons.measure(lesson, i, this.checked[other]?.measured);
    const unit = versus?.by === 'ratio' ? '' : (this.columnOf(measureOf(lesson, step))?.unit ?? '');
    this.checked = { ...this.checked, [i]: { ...report, unit } };
  }
}
