import type { App } from '../app.svelte.ts';
import { isBoolean, recall, remember } from '../ui/remember.ts';

interface Step {
  readonly text: string;
  /** A button that does the step for people who prefer to be shown. */
  readonly help?: { readonly label: string; run(app: App): void };
  /** Whether a person has done it: the guide then advances. */
  done?(app: App, from: Begin): boolean;
}

/** The state when a step began. */
interface Begin {
  readonly tick: number;
  readonly changes: number;
}

/** The first five minutes. */
export const steps: readonly Step[] = [
  {
    text: 'Each drop is an organism. Green is grass, red is fruit: they look for it, eat, breed and die. No goal is given; those that find more food have more offspring.',
  },
  {
    text: 'Press one of them, or press enter on the world. On the right you see what it senses, what it decides, and its genome.',
    help: { label: 'Pick one for me', run: (app) => app.world.pickNearest() },
    done: (app) => app.world.picked !== undefined,
  },
  {
    text: 'Evolution takes time. Press max (or 0) and let a few hundred ticks pass.',
    help: { label: 'Run as fast as possible', run: (app) => fast(app) },
    done: (app, from) => app.world.figures.tick > from.tick + 400,
  },
  {
    text: 'Have they changed? Traits (v) shows their intake and their traits over time.',
    help: { label: 'Show the traits', run: (app) => app.dock.show('traits') },
    done: (app) => app.dock.shows('traits'),
  },
  {
    text: 'Use a switch in Mechanisms (m): stop mutation, or let neighbours pass genes on contact. The run records it.',
    help: { label: 'Show the switches', run: (app) => app.dock.show('mechanisms') },
    done: (app, from) => app.world.log.changes.length > from.changes,
  },
  {
    text: 'Price (p) shows why a mean changed: by selection or by inheritance. Climb (c) asks whether it was up the gradient of fitness.',
    help: { label: 'Show Price’s equation', run: (app) => app.dock.show('price') },
    done: (app) => app.dock.shows('price') || app.dock.shows('climb'),
  },
  {
    text: 'That is the tour. On the left are more worlds, each with a question; h edits them by hand, n keeps your runs, ? lists every key.',
  },
];

function fast(app: App): void {
  app.transport.setSpeed(0);
  if (!app.world.figures.playing) void app.transport.play();
}

/** The guided start: a line of text at a time, gone permanently once skipped or finished. */
export class GuideState {
  /** Step that is shown, -1 for none. */
  step = $state(-1);
  private readonly app: App;
  private from: Begin = { tick: 0, changes: 0 };

  constructor(app: App) {
    this.app = app;
    setInterval(() => this.look(), 400);
  }

  /** Begins for people who have never seen it. */
  offer(): void {
    if (!recall('guided', false, isBoolean)) this.goTo(0);
  }

  /** From the beginning, on the meadow. */
  async again(): Promise<void> {
    const { app } = this;
    const meadow = app.worlds.scenes.find(({ name }) => name === 'meadow');
    if (meadow && app.world.sceneName !== 'meadow') await app.worlds.openScene(meadow);
    this.goTo(0);
  }

  goTo(step: number): void {
    if (step >= steps.length) {
      this.end();
      return;
    }
    this.step = step;
    const { figures, log } = this.app.world;
    this.from = { tick: figures.tick, changes: log.changes.length };
  }

  end(): void {
    this.step = -1;
    remember('guided', true);
  }

  private look(): void {
    if (this.step < 0) return;
    if (steps[this.step].done?.(this.app, this.from)) this.goTo(this.step + 1);
  }
}
