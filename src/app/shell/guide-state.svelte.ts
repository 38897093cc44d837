import { isBoolean, recall, remember } from '../ui/remember.ts';
import type { Begin, GuidedPage, Step } from './guide-steps.ts';

/** The guided start: a line of text at a time, gone permanently once skipped or finished. */
export class GuideState {
  /** Step that is shown, -1 for none. */
  step = $state(-1);
  /** Loaded with the first one that is shown. */
  steps = $state.raw<readonly Step[]>([]);
  private from: Begin = { tick: 0, changes: 0 };

  constructor(private readonly page: GuidedPage) {
    setInterval(() => this.look(), 400);
  }

  /** Begins for people who have never seen it. */
  offer(): void {
    if (!recall('guided', false, isBoolean)) void this.goTo(0);
  }

  /** From the beginning, on the meadow. */
  async again(): Promise<void> {
    const { page } = this;
    const meadow = page.worlds.scenes.find(({ name }) => name === 'meadow');
    if (meadow && page.world.sceneName !== 'meadow') await page.worlds.openScene(meadow);
    await this.goTo(0);
  }

  async goTo(step: number): Promise<void> {
    this.steps = (await import('./guide-steps.ts')).steps;
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
    if (this.steps[this.step].done?.(this.page, this.from)) void this.goTo(this.step + 1);
  }
}
