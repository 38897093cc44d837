import type { InstrumentContext } from '../instruments/instrument-context.ts';

/** What the guide uses of the page. */
export type GuidedPage = Pick<InstrumentContext, 'world' | 'worlds' | 'transport' | 'dock' | 'view'>;

export interface Step {
  /** What it says in the world that is shown. @param isPlain whether bodies are drawn without their forms */
  text(world: GuidedPage['world'], isPlain: boolean): string;
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

const onLandscape = ({ text }: GuidedPage['world']) => text?.landscape !== undefined;
/** Words of scenes for forms of bodies that are drawn with a graphics chip alone. */
const forms = /\b(fans?|bands|stripes|heads?)\b/;
/** Ticks that are enough for a change to be seen. */
const enough = (world: GuidedPage['world']) => (onLandscape(world) ? 60 : 400);

/** The first five minutes, in whichever world is shown. */
export const steps: readonly Step[] = [
  {
    text: ({ text }, isPlain) => {
      if (text?.landscape) return text.view.shows ?? 'Each point is a genome on a landscape of fitness.';
      const shows = text?.view.shows ?? 'Each body is an organism that finds food, breeds and dies.';
      return isPlain && forms.test(shows)
        ? `${shows} (Drawn without a graphics chip: bodies lack fans, bands and heads.)`
        : shows;
    },
  },
  {
    text: (world) =>
      `Press one of them, or press enter on the world. You see ${onLandscape(world) ? 'its genome and its family' : 'what it senses, what it decides, and its genome'}.`,
    help: { label: 'Pick one for me', run: (page) => page.world.pickNearest() },
    done: (page) => page.world.picked !== undefined,
  },
  {
    text: (world) =>
      `Evolution takes time. Press max (or 0) and let ${onLandscape(world) ? 'some generations' : 'a few hundred ticks'} pass.`,
    help: { label: 'Run as fast as possible', run: (page) => fast(page) },
    done: (page, from) => page.world.figures.tick > from.tick + enough(page.world),
  },
  {
    text: ({ text }) =>
      `Have they changed? Traits (v) shows everything that is measured over time${text?.view.plots ? ', what matters most here first' : ''}.`,
    help: { label: 'Show the traits', run: (page) => page.dock.show('traits') },
    done: (page) => page.dock.shows('traits'),
  },
  {
    text: ({ text }) =>
      `Use a switch in Mechanisms (m)${text?.tryThis[0] ? `, or press “${text.tryThis[0].text}” there` : ''}. The run records it.`,
    help: { label: 'Show the switches', run: (page) => page.dock.show('mechanisms') },
    done: (page, from) => page.world.log.changes.length > from.changes,
  },
  {
    text: () =>
      'Price (p) shows why a mean changed: by selection or by inheritance. Climb (c) asks whether it was up the gradient of fitness.',
    help: { label: 'Show Price’s equation', run: (page) => page.dock.show('price') },
    done: (page) => page.dock.shows('price') || page.dock.shows('climb'),
  },
  {
    text: ({ text }) =>
      `That is the tour. The list of scenes has more worlds, each with a question; ${text?.hands ? 'h edits this one by hand, ' : ''}n keeps your runs, ? lists every key.`,
  },
];

function fast(page: GuidedPage): void {
  page.transport.setSpeed(0);
  if (!page.world.figures.playing) void page.transport.play();
}
