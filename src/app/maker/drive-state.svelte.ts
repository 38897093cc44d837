import { speeds } from '../shell/speeds.ts';
import type { MakerState } from './maker-state.svelte.ts';

/** Ticks per second while an organism is driven, and for how many: a minute. */
const pace = 10;
export const driveTicks = 60 * pace;

/** What a person holds down. */
export const pedals = ['left', 'forward', 'right', 'eat', 'bite'] as const;
export type Pedal = (typeof pedals)[number];

/** Drives an organism of the made world for a minute. Each change of what is held is a change of the run, so that the run can be replayed. */
export class DriveState {
  held = $state.raw<ReadonlySet<Pedal>>(new Set());
  /** Tick at which the minute began; -1 before. */
  private began = $state(-1);
  /** Whether the made world is shown. */
  open = $state(false);
  private sent = '';
  private line: Promise<unknown> = Promise.resolve();

  constructor(private readonly maker: MakerState) {}

  private get app() {
    return this.maker.app;
  }

  /** Ticks that are left. */
  get left(): number {
    const { tick } = this.app.world.figures;
    return this.began < 0 ? 0 : Math.max(0, this.began + driveTicks - tick);
  }

  get isOver(): boolean {
    return (
      this.began >= 0 &&
      (this.left === 0 || this.app.world.report?.end !== undefined || this.app.world.figures.status === 'extinct')
    );
  }

  get hasBegun(): boolean {
    return this.began >= 0;
  }

  /** Makes the world, takes a founder in the middle of the view and lets time pass. */
  async begin(): Promise<void> {
    const { app, maker } = this;
    if (!(await maker.load())) {
      maker.say(app.notices.shown?.text ?? 'The world could not be made.', 'trouble');
      return;
    }
    maker.trying = true;
    this.open = true;
    await app.settle();
    await this.takeNearest();
  }

  /** Drives the organism nearest to the middle of the view, for a minute from now on. */
  async takeNearest(): Promise<void> {
    const { app, maker } = this;
    const id = await app.worker.organisms.nearestTo(maker.population, app.view?.camera.x ?? 0, app.view?.camera.y ?? 0);
    if (id < 0) {
      maker.say('None of this population is alive.', 'trouble');
      return;
    }
    app.world.pick({ population: maker.population, id });
    app.world.follow(true);
    const place = app.view?.shown.find(id);
    const { view } = app;
    if (view && place) view.glide({ x: place.x, y: place.y, scale: Math.max(view.camera.scale, 7) });
    if (view) view.following = true;
    this.began = app.world.figures.tick;
    this.sent = '';
    await this.order();
    app.transport.setSpeed(pace);
    await app.worker.transport.stopAt(this.began + driveTicks);
    await app.transport.play();
  }

  press(pedal: Pedal, down: boolean): void {
    if (this.held.has(pedal) === down || !this.hasBegun || this.isOver) return;
    const held = new Set(this.held);
    if (down) held.add(pedal);
    else held.delete(pedal);
    this.held = held;
    void this.order();
  }

  /** The organism does what is held, until something else is. */
  private order(): Promise<unknown> {
    const { app, held } = this;
    const { picked } = app.world;
    if (!picked) return Promise.resolve();
    const value = {
      population: picked.population,
      id: picked.id,
      turn: Number(held.has('right')) - Number(held.has('left')),
      thrust: held.has('forward') ? 1 : 0,
      eat: held.has('eat'),
      ...(held.has('bite') ? { bite: true } : {}),
      ticks: Math.max(1, this.left),
    };
    const text = JSON.stringify(value);
    if (text === this.sent) return this.line;
    this.sent = text;
    this.line = this.line
      .then(() => app.worker.parameters.set('acts.drive', value))
      .catch(() => {
        // It has died meanwhile: its report says so.
      });
    return this.line;
  }

  /** Its policy decides again. */
  async stop(): Promise<void> {
    if (!this.open) return;
    this.open = false;
    const { app } = this;
    const { picked, report } = app.world;
    this.held = new Set();
    if (picked && this.left > 0 && !report?.end) {
      await app.worker.parameters.set('acts.drive', { population: picked.population, id: picked.id, ticks: 0 }).catch(() => {});
    }
    await app.worker.transport.stopAt(undefined);
    app.world.follow(false);
    app.transport.setSpeed(speeds[0].ticksPerSecond);
    await app.world.refresh();
  }

  /** Its policy decides again, and its world continues in the page. */
  async release(): Promise<void> {
    const { app, maker } = this;
    await this.stop();
    maker.leave();
    await app.transport.play();
  }
}
