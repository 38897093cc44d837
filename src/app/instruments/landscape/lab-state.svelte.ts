import type { LabAnswer, LabRun } from '../../../experiment/lab-answer.ts';
import { connectLab } from '../../../worker/landscape/connect-lab.ts';
import type { LabText, QuestionText } from '../../../worker/landscape/lab-protocol.ts';
import type { WorldScope } from '../../session/world-scope.svelte.ts';

/** The questions of the lab on the page: the chosen one, its values, and its answer. */
export class LabState {
  text = $state.raw<LabText>();
  /** Id of the chosen question, its values, and the number of runs. */
  chosen = $state('');
  values = $state<Record<string, number>>({});
  runs = $state(4);
  answer = $state.raw<LabAnswer>();
  running = $state(false);
  /** Why it could not answer, in one line. */
  failed = $state('');
  private connection: ReturnType<typeof connectLab> | undefined;
  /** Counts requests: the results of earlier ones are dropped. */
  private turn = 0;

  constructor(private readonly world: WorldScope) {
    world.onLeave(() => this.leave());
  }

  get question(): QuestionText | undefined {
    return this.text?.questions.find(({ id }) => id === this.chosen);
  }

  /** Looks up the questions that apply to the present landscape. */
  async begin(): Promise<void> {
    const { text: shown, page } = this.world;
    if (!shown?.landscape) return;
    this.stop();
    const { turn } = this;
    const text = await this.attempt(async (worker) => {
      const { scene, changes } = await page.worker.run.address();
      return await worker.begin({ scene, file: shown.name, seed: shown.firstSeed, changes });
    });
    if (!text || turn !== this.turn) return;
    this.text = text;
    if (!text.questions.some(({ id }) => id === this.chosen)) this.choose(text.questions[0].id);
  }

  choose(id: string): void {
    this.stop();
    this.chosen = id;
    this.answer = undefined;
    this.failed = '';
    this.values = Object.fromEntries((this.question?.fields ?? []).map(({ name, value }) => [name, value]));
  }

  /** Asks, run by run; the results so far are shown after each. */
  async ask(): Promise<void> {
    // The landscape may have other parameters by now.
    await this.begin();
    const { question, text, turn } = this;
    if (!question || !text) return;
    const values = { ...this.values };
    const total = question.exact ? 1 : this.runs;
    const seed = this.world.text?.firstSeed ?? '1';
    const made: LabRun[] = [];
    this.answer = undefined;
    this.running = true;
    for (let r = 1; r <= total && turn === this.turn; r++) {
      const own = `${seed}/${r}`;
      const rows = await this.attempt((worker) => worker.run(question.id, values, own));
      if (turn !== this.turn) return;
      if (!rows) break;
      made.push({ id: own, seed: own, rows });
      const form = question.ofLandscape ? text.form : '';
      const names = Object.keys(values);
      this.answer = { question, form, swept: names, cells: [{ values: names.map((name) => values[name]), runs: [...made] }] };
    }
    this.running = false;
  }

  /** Stops the current question; the worker of a run in progress is ended. */
  stop(): void {
    this.turn++;
    if (this.running) this.close();
    this.running = false;
  }

  /** Ends all that runs; answers stay. */
  leave(): void {
    this.stop();
    this.close();
  }

  private close(): void {
    this.connection?.close();
    this.connection = undefined;
  }

  private async attempt<T>(act: (worker: ReturnType<typeof connectLab>['worker']) => Promise<T>): Promise<T | undefined> {
    this.failed = '';
    const connection = this.connection ?? connectLab((text) => this.fail(text));
    this.connection = connection;
    try {
      return await act(connection.worker);
    } catch (error) {
      this.fail(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  private fail(text: string): void {
    this.failed = text;
    this.running = false;
  }
}
