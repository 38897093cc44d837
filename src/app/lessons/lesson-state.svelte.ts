import {
  type CurveJudgement,
  type Distance,
  judgeAnswer,
  judgeCurve,
  type Measured,
  measureCheck,
  rightAnswer,
  type Samples,
} from '../../scene/lesson/judge.ts';
import type { Check, Lesson, Level, Predict, RunStep, Step } from '../../scene/lesson/schema.ts';
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

/** What a check found, beside what was predicted. */
export interface Checked {
  readonly measured: Measured;
  readonly seed: string;
  /** Unit of the measure, '' for a ratio. */
  readonly unit: string;
  /** Index of the answer that it makes right, or -1. */
  readonly right?: number;
  readonly judged?: { readonly distance: Distance; readonly gap: number };
  readonly curve?: CurveJudgement;
  /** The measured line, for a curve. */
  readonly samples?: Samples;
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
  /** A step is being prepared. */
  busy = $state(false);
  /** Index of the last step whose world and changes were made. */
  private reached = $state(-1);
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

  /** Whether the step that is shown may still change what was given: not after the run that shows the answer has begun. */
  get isOpen(): boolean {
    const { steps } = this.lesson;
    const answer = steps.findIndex((step, i) => i > this.at && step.kind === 'run');
    return answer < 0 || this.reached < answer;
  }

  setLevel(level: Level): void {
    this.level = level;
    remember('lessonLevel', level);
  }

  give(given: Given): void {
    this.given = { ...this.given, [this.at]: given };
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
    this.reached = -1;
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
    return (
      scene !== undefined && app.worlds.load({ json: scene, file: `assets/lessons/${lesson.name}.json` }, seed, [], link, isLast)
    );
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
    await this.app.transport.toggle();
  }

  /** Takes the run to its end as fast as the world can be made. */
  async finish(): Promise<void> {
    const { step } = this;
    if (step?.kind === 'run' && !this.ended[this.at]) await this.app.transport.runTo(step.until.tick);
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

  /** Samples of a measure from tick 0 on; none for a measure that the world does not have. */
  async samples(measure: string): Promise<Samples & { readonly unit: string }> {
    const { app } = this;
    const columns = app.world.text?.columns ?? [];
    const column = columns.findIndex(({ probe, name }) => `${probe}/${name}` === measure);
    if (column < 0) return { ticks: [], values: [], unit: '' };
    const { ticks, mean } = await app.worker.record.series([column]);
    return { ticks, values: mean[0], unit: columns[column].unit };
  }

  private async check(i: number, step: Check): Promise<void> {
    const { steps } = this.lesson;
    const place = steps.findIndex((one) => one.kind === 'predict' && one.id === step.of);
    const prediction = steps[place] as Predict | undefined;
    const given = this.given[place];
    const samples = await this.samples(step.measure ?? prediction?.curve?.measure ?? '');
    const { tick, seed } = await this.app.worker.run.address();
    const { versus } = step;
    const other = versus && steps.findIndex((one) => one.kind === 'check' && one.id === versus.check);
    const measured = measureCheck(step, samples, tick, other === undefined ? undefined : this.checked[other]?.measured);
    const curve = prediction?.curve && Array.isArray(given) ? judgeCurve(prediction.curve, given, samples) : undefined;
    const answer = typeof given === 'number' ? prediction?.answers?.[given] : undefined;
    const checked: Checked = {
      measured,
      seed,
      unit: versus?.by === 'ratio' ? '' : samples.unit,
      ...(prediction?.answers ? { right: rightAnswer(prediction, measured) } : {}),
      ...(answer ? { judged: judgeAnswer(answer, measured) } : {}),
      ...(curve ? { curve } : {}),
      ...(prediction?.curve ? { samples } : {}),
    };
    this.checked = { ...this.checked, [i]: checked };
  }
}
