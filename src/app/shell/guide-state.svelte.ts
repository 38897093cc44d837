import { isBoolean, recall, remember } from '../ui/remember.ts';
import type { Begin, GuidedPage, Step } from './guide-steps.ts';

/** The guided start: a line of text at a time, gone permanently once skipped or finished. */
export class GuideState {
  /** Step that is shown, -1 for none. */
  step = $state(-1);
  /** All steps, once they are wanted. */
  steps = $state.raw<readonly Step[]>([]);
  private from: Begin = { tick: 0, changes: 0 };

  constructor(readonly page: GuidedPage) {
    setInterval(() => this.look(), 400);
  }

  /** Begins for people who have never seen it. */
  offer(): void {
    if (!recall('guided', false, isBoolean)) void this.again();
  }

  /** From the beginning, in the world that is shown. */
  async again(): Promise<void> {
    ({ steps: this.steps } = await import('./guide-steps.ts'));
    this.goTo(0);
  }

  goTo(step: number): void {
    if (step >= this.steps.length) {
      this.end();
      return;
    }
    this.step = step;
    const { figures, log } = this.page.world;
    this.from = { tick: figures.tick, changes: log.changes.length };
  }

  /** Does the step for a person who prefers to be shown. */
  help(): void {
    this.steps[this.step]?.help?.run(this.page);
  }

  end(): void {
    this.step = -1;
    remember('guided', true);
  }

  private look(): void {
    if (this.step < 0) return;
    if (this.steps[this.step].done?.(this.page, this.from)) this.goTo(this.step + 1);
  }
}
