import type { InstrumentContext } from '../instruments/instrument-context.ts';

/** What the guide uses of the page. */
export type GuidedPage = Pick<InstrumentContext, 'world' | 'worlds' | 'transport' | 'dock'>;

export interface Step {
  readonly text: string;
  /** A button that does the step for people who prefer to be shown. */
  readonly help?: { readonly label: string; run(page: GuidedPage): void };
  /** Whether a person has done it: the guide then advances. */
  done?(page: GuidedPage, from: Begin): boolean;
}

/** The state when a step began. */
export interface Begin {
  readonly tick: number;
  readonly changes: number;
}

/** The first five minutes. */
export const steps: readonly Step[] = [
  {
    text: 'Each body is an organism. Green is grass, red is fruit: they look for it, eat, breed and die. No goal is given; those that find more food have more offspring.',
  },
  {
    text: 'Press one of them, or press enter on the world. On the right you see what it senses, what it decides, and its genome.',
    help: { label: 'Pick one for me', run: (page) => page.world.pickNearest() },
    done: (page) => page.world.picked !== undefined,
  },
  {
    text: 'Evolution takes time. Press max (or 0) and let a few hundred ticks pass.',
    help: { label: 'Run as fast as possible', run: (page) => fast(page) },
    done: (page, from) => page.world.figures.tick > from.tick + 400,
  },
  {
    text: 'Have they changed? Traits (v) shows their intake and their traits over time.',
    help: { label: 'Show the traits', run: (page) => page.dock.show('traits') },
    done: (page) => page.dock.shows('traits'),
  },
  {
    text: 'Use a switch in Mechanisms (m): stop mutation, or let neighbours pass genes on contact. The run records it.',
    help: { label: 'Show the switches', run: (page) => page.dock.show('mechanisms') },
    done: (page, from) => page.world.log.changes.length > from.changes,
  },
  {
    text: 'Price (p) shows why a mean changed: by selection or by inheritance. Climb (c) asks whether it was up the gradient of fitness.',
    help: { label: 'Show Price’s equation', run: (page) => page.dock.show('price') },
    done: (page) => page.dock.shows('price') || page.dock.shows('climb'),
  },
  {
    text: 'That is the tour. On the left are more worlds, each with a question; h edits them by hand, n keeps your runs, ? lists every key.',
  },
];

function fast(page: GuidedPage): void {
  page.transport.setSpeed(0);
  if (!page.world.figures.playing) void page.transport.play();
}
