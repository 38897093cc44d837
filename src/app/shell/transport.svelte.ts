import { proxy } from 'comlink';
import type { InstrumentContext } from '../instruments/instrument-context.ts';
import { duration, whole } from '../ui/words.ts';
import { speeds } from './speeds.ts';

/** Play, pause, steps and speed of the world that is shown. */
export class Transport {
  speed = $state(speeds[0].ticksPerSecond);

  constructor(private readonly page: Pick<InstrumentContext, 'world' | 'worker' | 'worlds' | 'notices'>) {}

  async play(): Promise<void> {
    if (this.page.world.figures.status === 'extinct') {
      this.page.notices.say({
        text: 'All organisms of this world are dead, so it cannot continue.',
        kind: 'plain',
        action: { label: 'Restart', run: () => void this.page.worlds.restart() },
      });
      return;
    }
    await this.page.notices.attempt(this.page.worker.transport.play());
    this.page.world.figures = { ...this.page.world.figures, playing: true, trouble: '' };
  }

  async pause(): Promise<void> {
    await this.page.notices.attempt(this.page.worker.transport.pause());
    this.page.world.figures = { ...this.page.world.figures, playing: false };
  }

  toggle(): Promise<void> {
    return this.page.world.figures.playing || this.page.world.progress ? this.pause() : this.play();
  }

  async step(): Promise<void> {
    await this.page.notices.attempt(this.page.worker.transport.step(1));
    this.page.world.figures = { ...this.page.world.figures, playing: false };
  }

  setSpeed(ticksPerSecond: number): void {
    this.speed = ticksPerSecond;
    void this.page.notices.attempt(this.page.worker.transport.speed(ticksPerSecond));
  }

  /** Runs to a tick as fast as possible and pauses. Returns whether it was reached. */
  async runTo(goal: number): Promise<boolean> {
    const { page } = this;
    const { world } = page;
    const isCurrent = world.moment();
    const began = performance.now();
    const from = world.figures.tick;
    let over = false;
    const show = (tick: number) => {
      // Progress comes through a separate channel and may arrive after the end.
      if (over || !isCurrent()) return;
      const share = (tick - from) / (goal - from);
      const spent = (performance.now() - began) / 1000;
      world.progress = { goal, tick, remaining: share > 0 ? duration((spent * (1 - share)) / share) : 'a while' };
    };
    show(from);
    const reached = await page.notices.attempt(page.worker.transport.runTo(goal, proxy(show)));
    over = true;
    if (isCurrent()) {
      world.progress = undefined;
      if (reached === false) page.notices.say({ text: `Stopped before tick ${whole(goal)}.`, kind: 'plain' });
    }
    return reached === true;
  }
}
