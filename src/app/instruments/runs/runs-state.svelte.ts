import type { Measure } from '../../../experiment/run-result.ts';
import type { RunsPool } from '../../../worker/runs-pool.ts';
import type { CheckedPlan, RunEnd } from '../../../worker/runs-protocol.ts';
import { type RunsThread, startRunsThread } from '../../../worker/runs-thread.ts';
import type { Control } from '../../../worker/topics/parameters.ts';
import { countOf, duration, whole } from '../../ui/words.ts';
import type { InstrumentContext } from '../instrument-context.ts';
import type { GatheredRuns } from './gathered-runs.ts';
import type { Band } from './live-bands.ts';
import { pageLimit } from './page-limit.ts';
import type { FormProblem, RunsForm } from './read-form.ts';
import type { VaryChoice } from './vary-choices.ts';

/** Most threads for runs. One core is left to the world that is watched. */
const mostThreads = 4;
/** Milliseconds between two drawings, and of work for one. */
const drawEvery = 250;
const drawWork = 6;

/** The comparison, as requested. */
export interface Comparison {
  readonly plan: CheckedPlan;
  /** Title of the scene. */
  readonly title: string;
  /** The parameter in which the runs differ besides the seed, in words; '' for none. */
  readonly varied: string;
  /** The results so far; what must be drawn of them is in the state. */
  readonly gathered: GatheredRuns;
}

/** Progress of a comparison. */
export interface RunsProgress {
  readonly done: number;
  readonly failed: number;
  /** The message of the first run that failed, or ''. */
  readonly failure: string;
  /** Ticks made, as a share of all. */
  readonly share: number;
  /** Time left, in words. */
  readonly remaining: string;
}

const nothing: RunsProgress = { done: 0, failed: 0, failure: '', share: 0, remaining: duration(Number.NaN) };

/** A comparison of many runs: its settings, the threads that make it, the results so far. It continues without its panel. */
export class RunsState {
  form = $state<RunsForm>({ seeds: '8', ticks: '2000', every: '50', values: '', from: '0' });
  /** Whether a person has set the ticks between samples; otherwise it follows from the ticks. */
  everyGiven = $state(false);
  /** Path of the varied parameter, or ''. */
  path = $state('');
  /** The measure to plot: probe and name separated by a space; '' until one is chosen. */
  measureKey = $state('');
  problem = $state.raw<FormProblem>();
  status = $state<'idle' | 'checking' | 'running' | 'done' | 'stopped'>('idle');
  comparison = $state.raw<Comparison>();
  measures = $state.raw<readonly Measure[]>([]);
  progress = $state.raw<RunsProgress>(nothing);
  bands = $state.raw<readonly Band[]>([]);
  difference = $state.raw<Band>();
  ends = $state.raw<readonly (RunEnd | undefined)[]>([]);
  /** One line for people who cannot see the plot: begun, done, stopped. */
  announcement = $state('');

  private tools: typeof import('./run-tools.ts') | undefined;
  private pool: RunsPool | undefined;
  private thread: RunsThread | undefined;
  private began = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly page: Pick<InstrumentContext, 'world' | 'worker' | 'down' | 'dock' | 'notices'>) {}

  get busy(): boolean {
    return this.status === 'checking' || this.status === 'running';
  }

  /** Plots another measure. */
  showMeasure(key: string): void {
    this.measureKey = key;
    this.comparison?.gathered.show(key);
    this.draw();
  }

  /** Fills the form for twins with and without a mechanism, from now on, and opens it. */
  prepareTwins(path: string, tick: number): void {
    if (this.busy) return;
    this.path = path;
    this.problem = undefined;
    // The scene's own length is for whole runs; the effect of a switch shows within some generations.
    this.form = { ...this.form, values: 'on, off', from: String(tick), ticks: String(tick + 2000) };
    this.page.dock.show('runs');
  }

  /** Checks the plan of the form and makes its runs. Problems are reported, and nothing begins. */
  async start(choice: VaryChoice | undefined): Promise<void> {
    const plan = await this.check(choice?.control);
    const { tools } = this;
    if (!plan || !tools) return;
    this.problem = pageLimit(plan.cells.length, plan.runs.length, plan.ticks.length);
    if (this.problem) this.endThread();
    else this.begin(plan, choice?.name ?? '', tools);
  }

  /** The plan of the form, checked; undefined if it has a problem, which is reported. */
  async plan(choice: VaryChoice | undefined): Promise<CheckedPlan | undefined> {
    const plan = await this.check(choice?.control);
    this.endThread();
    return plan;
  }

  /** Ends all runs at once. Results so far stay. */
  stop(): void {
    if (this.status !== 'running') return;
    this.pool?.stop();
    this.pool = undefined;
    this.status = 'stopped';
    this.draw();
    this.announcement = `Stopped: ${this.describeDone()}.`;
  }

  /** Reads the form and lets a thread check its plan; the thread is then free for the runs. One at a time. */
  private async check(varied: Control | undefined): Promise<CheckedPlan | undefined> {
    const { page, status } = this;
    if (this.busy || page.down) return undefined;
    this.problem = undefined;
    this.status = 'checking';
    try {
      this.tools ??= await import('./run-tools.ts');
      const { planFile, readForm } = this.tools;
      const address = await page.notices.attempt(page.worker.run.address());
      const read = address && readForm(this.form, page.world.text?.name ?? planFile, address, varied);
      if (!read) return undefined;
      const answer = 'text' in read ? read : await this.askThread(read.plan, this.tools);
      if (!('text' in answer)) return answer;
      this.problem = answer;
      this.endThread();
      return undefined;
    } finally {
      this.status = status;
    }
  }

  private askThread(
    plan: unknown,
    { placeProblem, planFile }: typeof import('./run-tools.ts'),
  ): Promise<CheckedPlan | FormProblem> {
    const thread = startRunsThread();
    this.thread = thread;
    return new Promise((settle) => {
      thread.listen(
        (reply) => {
          if (reply.kind === 'checked') settle(reply.plan);
          else if (reply.kind === 'refused') settle(placeProblem(reply.problem));
        },
        (text) => settle({ field: undefined, text: `the runs cannot begin: ${text}` }),
      );
      thread.ask({ kind: 'check', plan, file: planFile });
    });
  }

  private begin(plan: CheckedPlan, varied: string, { GatheredRuns, RunsPool }: typeof import('./run-tools.ts')): void {
    const gathered = new GatheredRuns(plan, this.measureKey);
    this.comparison = { plan, title: this.page.world.text?.title ?? '', varied, gathered };
    this.measures = [];
    this.bands = [];
    this.difference = undefined;
    this.ends = [];
    this.progress = nothing;
    this.began = performance.now();
    this.status = 'running';
    this.announcement = `${countOf(plan.runs.length, 'run')} begun.`;
    const idle = this.thread;
    this.thread = undefined;
    const size = Math.max(1, Math.min(mostThreads, (navigator.hardwareConcurrency || 2) - 1));
    const soon = () => {
      this.timer ??= setTimeout(() => this.draw(), drawEvery);
    };
    const listener = {
      began: (run: number, measures: readonly Measure[]) => gathered.began(run, measures),
      rows(run: number, tick: number, values: Float64Array) {
        gathered.rows(run, tick, values);
        soon();
      },
      done(run: number, end: RunEnd) {
        gathered.ended(run, end);
        soon();
      },
      failed(run: number, message: string) {
        gathered.fail(run, message);
        soon();
      },
      ended: () => this.ended(),
    };
    this.pool = new RunsPool({ runs: plan.runs, size, start: startRunsThread, idle, listener });
  }

  private ended(): void {
    const { page } = this;
    this.pool = undefined;
    this.status = 'done';
    this.draw();
    this.announcement = `${this.describeDone()}, in ${duration((performance.now() - this.began) / 1000)}.`;
    if (page.dock.shows('runs')) return;
    page.notices.say({
      text: `The comparison is complete: ${this.describeDone()}.`,
      kind: 'plain',
      action: { label: 'Show it', run: () => page.dock.show('runs') },
    });
  }

  private describeDone(): string {
    const { done, failed } = this.progress;
    const all = countOf(this.comparison?.plan.runs.length ?? 0, 'run');
    return `${whole(done)} of ${all} done${failed > 0 ? `, ${whole(failed)} failed` : ''}`;
  }

  /** Shows the results so far; what takes too long to compute at once follows. */
  private draw(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (!this.comparison) return;
    const { gathered } = this.comparison;
    const until = performance.now() + drawWork;
    const isCurrent = gathered.refresh(() => performance.now() < until);
    this.measures = gathered.measures;
    this.bands = gathered.bands.map((band) => [...band]);
    this.difference = gathered.difference && [...gathered.difference];
    this.ends = [...gathered.ends];
    const { done, failed, failure, share } = gathered;
    const spent = (performance.now() - this.began) / 1000;
    this.progress = { done, failed, failure, share, remaining: duration((spent * (1 - share)) / share) };
    if (!isCurrent) this.timer = setTimeout(() => this.draw(), 30);
  }

  private endThread(): void {
    this.thread?.end();
    this.thread = undefined;
  }
}
