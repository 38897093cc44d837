import { proxy } from 'comlink';
import type { App } from '../app.svelte.ts';
import { duration, whole } from '../ui/words.ts';
import { speeds } from './speeds.ts';

/** Play, pause, steps and speed of the world that is shown. */
export class Transport {
  speed = $state(speeds[0].ticksPerSecond);

  constructor(private readonly app: App) {}

  async play(): Promise<void> {
    if (this.app.world.figures.status === 'extinct') {
      this.app.say({
        text: 'All organisms of this world are dead, so it cannot continue.',
        kind: 'plain',
        action: { label: 'Restart', run: () => void this.app.worlds.restart() },
      });
      return;
    }
    await this.app.ask(this.app.worker.transport.play());
    this.app.world.figures = { ...this.app.world.figures, playing: true, trouble: '' };
  }

  async pause(): Promise<void> {
    await this.app.ask(this.app.worker.transport.pause());
    this.app.world.figures = { ...this.app.world.figures, playing: false };
  }

  toggle(): Promise<void> {
    return this.app.world.figures.playing || this.app.world.progress ? this.pause() : this.play();
  }

  async step(): Promise<void> {
    await this.app.ask(this.app.worker.transport.step(1));
    this.app.world.figures = { ...this.app.world.figures, playing: false };
  }

  setSpeed(ticksPerSecond: number): void {
    this.speed = ticksPerSecond;
    void this.app.ask(this.app.worker.transport.speed(ticksPerSecond));
  }

  /** Runs to a tick as fast as possible and pauses. Returns whether it was reached. */
  async runTo(goal: number): Promise<boolean> {
    const { app } = this;
    const { world } = app;
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
    const reached = await app.ask(app.worker.transport.runTo(goal, proxy(show)));
    over = true;
    if (isCurrent()) {
      world.progress = undefined;
      if (reached === false) app.say({ text: `Stopped before tick ${whole(goal)}.`, kind: 'plain' });
    }
    return reached === true;
  }
}
