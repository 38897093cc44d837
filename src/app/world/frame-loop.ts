import { transfer } from 'comlink';
import type { WorldView } from '../../view/world-view.ts';
import type { Figures } from '../../worker/figures.ts';
import { eventsOf } from '../../worker/life-event-kinds.ts';
import type { App } from '../app.svelte.ts';

/** Milliseconds between two paintings of a landscape. */
const heightsEvery = 240;

const pairOf = () => [new ArrayBuffer(0), new ArrayBuffer(0)];

/** Fetches frames, grounds and reports of the picked organism from the worker, one of each at a time, in buffers that go back and forth. */
export class FrameLoop {
  private readonly app: App;
  private frames = pairOf();
  private grounds = pairOf();
  private awaitingFrame = false;
  private awaitingReport = false;
  private shown = '';
  private wanted = '';
  private figuresAt = 0;
  private frameAt = 0;
  private groundAt = 0;
  /** Tick and changes of the ground that is shown: while neither changes, it is not painted again. */
  private groundOf = '';
  /** Callers that wait until the present world is shown. */
  private waiting: (() => void)[] = [];
  /** Stamp and plane of the landscape that is shown. */
  private heights = '';
  private plane = '';
  private reportAt = 0;
  /** Nothing flashes where motion is not welcome. */
  private readonly stillness = window.matchMedia('(prefers-reduced-motion: reduce)');

  constructor(app: App) {
    this.app = app;
  }

  /** The next frame is of another world, or of the same at another time. */
  reset(): void {
    this.shown = '';
    this.heights = '';
    this.groundAt = 0;
    this.groundOf = '';
  }

  /** Resolves when the present world is shown; while it plays that may take long. */
  settle(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** Another organism is picked: its report is requested at once. */
  askSoon(): void {
    this.reportAt = 0;
  }

  /** The worker is a new one: pending answers are lost with the former. */
  restart(): void {
    this.awaitingFrame = false;
    this.awaitingReport = false;
    this.frames = pairOf();
    this.grounds = pairOf();
  }

  /** Draws with every animation frame as long as the page has this view. */
  drive(view: WorldView): void {
    // It has nothing of what a former one showed.
    this.reset();
    const draw = (now: number) => {
      if (this.app.view !== view) return;
      view.render();
      this.app.world.twins?.view?.render();
      this.askForFrame(now);
      this.askForReport(now);
      requestAnimationFrame(draw);
    };
    requestAnimationFrame(draw);
  }

  private askForFrame(now: number): void {
    const { app } = this;
    const { view, world } = app;
    const { palette } = app.looks;
    const { text, highlight } = world;
    if (!view || !text || this.awaitingFrame || app.down) return;
    const looks = `${palette} ${JSON.stringify(highlight ?? null)}`;
    const still = !world.figures.playing && !world.progress && this.shown !== '' && this.wanted === looks;
    if (still && now - this.frameAt < 80) return;
    const buffer = this.frames.pop();
    if (!buffer) return;
    const isCurrent = world.moment();
    const drawn = this.stillness.matches ? [] : app.looks.events;
    const heard = app.sound.kinds;
    const events = [...new Set([...drawn, ...heard])];
    this.awaitingFrame = true;
    this.wanted = looks;
    this.frameAt = now;
    const { twins } = world;
    const request = { buffer, palette, highlight, shown: this.shown, events, hold: twins !== undefined };
    app.worker.view.frame(transfer(request, [buffer])).then(
      async (frame) => {
        // Both worlds are shown at one tick, in one go.
        const showTwin = await twins?.frames.ask(frame.figures.tick, { palette, highlight, events: drawn });
        this.awaitingFrame = false;
        if (isCurrent()) showTwin?.();
        if (!isCurrent() || !frame.fresh) this.frames.push(frame.buffer);
        else {
          // Before the frame is shown: the dead are in the former one.
          if (frame.figures.playing || world.progress) app.sound.hear(frame.events, view);
          const shown = heard.length > 0 ? { ...frame, events: eventsOf(frame.events, drawn) } : frame;
          this.frames.push(view.showFrame(shown) ?? new ArrayBuffer(0));
          this.shown = frame.stamp;
          if (frame.range) world.range = frame.range;
          if ((frame.plane ?? '') !== this.plane) {
            this.plane = frame.plane ?? '';
            this.groundAt = 0;
          }
          app.firstFrameAt ||= performance.now();
        }
        if (isCurrent()) this.showFigures(frame.figures, now);
        if (!frame.fresh) for (const resolve of this.waiting.splice(0)) resolve();
      },
      (error: unknown) => {
        this.awaitingFrame = false;
        this.frames.push(new ArrayBuffer(0));
        app.notices.trouble(error);
      },
    );
    if (text.landscape) {
      if (now - this.groundAt > heightsEvery) this.askForHeights(now, view);
    } else if (now - this.groundAt > 120) this.askForGround(now, view);
  }

  private askForGround(now: number, view: WorldView): void {
    const { tick, changes } = this.app.world.figures;
    const groundOf = `${tick} ${changes}`;
    if (groundOf === this.groundOf) return;
    const buffer = this.grounds.pop();
    if (!buffer) return;
    this.groundAt = now;
    this.groundOf = groundOf;
    this.app.worker.view.ground(transfer(buffer, [buffer])).then(
      (ground) => this.grounds.push(view.showGround(ground) ?? new ArrayBuffer(0)),
      () => {
        this.grounds.push(new ArrayBuffer(0));
        this.groundOf = '';
      },
    );
  }

  /** Heights for what is in view, and a little around it. */
  private askForHeights(now: number, view: WorldView): void {
    const { app } = this;
    const { world } = app;
    const isCurrent = world.moment();
    const buffer = this.grounds.pop();
    if (!buffer) return;
    this.groundAt = now;
    const request = { buffer, rectangle: view.camera.rectangle(0.15), shown: this.heights };
    app.worker.view.landscape(transfer(request, [buffer])).then(
      (frame) => {
        if (!isCurrent() || !frame.fresh) this.grounds.push(frame.buffer);
        else {
          this.grounds.push(view.showHeights(frame) ?? new ArrayBuffer(0));
          this.heights = frame.stamp;
          world.landscape.frame = frame;
        }
      },
      () => this.grounds.push(new ArrayBuffer(0)),
    );
  }

  /** Figures change at most ten times a second: more is not readable. */
  private showFigures(figures: Figures, now: number): void {
    const before = this.app.world.figures;
    const urgent = figures.playing !== before.playing || figures.status !== before.status;
    if (!urgent && now - this.figuresAt < 100) return;
    this.figuresAt = now;
    this.app.showFigures(figures);
  }

  private askForReport(now: number): void {
    const { app } = this;
    const { world } = app;
    const { picked } = world;
    if (!picked || this.awaitingReport || app.down || now - this.reportAt < 160) return;
    if (!app.dock.shows('organism') && !world.following && world.report) return;
    this.awaitingReport = true;
    this.reportAt = now;
    app.worker.organisms.pick(picked.population, picked.id).then(
      (report) => {
        this.awaitingReport = false;
        if (world.picked !== picked) return;
        world.showReport(report);
      },
      (error: unknown) => {
        this.awaitingReport = false;
        if (app.world !== world) return;
        if (world.picked === picked) world.pick(undefined);
        app.notices.trouble(error);
      },
    );
  }
}
