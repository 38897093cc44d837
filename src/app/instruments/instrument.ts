import type { Component } from 'svelte';
import type { InstrumentId } from '../../scene/view-words.ts';
import type { WorldText } from '../../worker/describe-world.ts';
import type { InstrumentContext } from './instrument-context.ts';

/** A key of the page: what it is called, what it does with the page, or with what an instrument may use of it. */
export interface Key<Page = InstrumentContext> {
  /** Its names in the browser, letters as small ones. */
  readonly keys: readonly string[];
  /** Its name in the list of keys. */
  readonly shown: readonly string[];
  /** Its line in that list; '' for none. */
  readonly text: string;
  run(page: Page, key: string): void;
}

/** A component that is loaded when it is needed; it finds its `InstrumentContext`. */
export type Loaded = () => Promise<{ readonly default: Component }>;

/**
 * An instrument of the dock: one value with all that the page says of it. Tab, keys, list of keys, and the table in the README come from
 * it. Nothing but this value is loaded before the instrument is opened.
 */
export interface Instrument {
  /** Its name in scenes, in the program, and in what the browser remembers. */
  readonly id: InstrumentId;
  /** Its name on the page. */
  readonly title: string;
  /** Keys that open it, the one that its tab names first; an opened one is closed by them. */
  readonly keys: readonly string[];
  /** What it shows or does, in a few words that follow its title and a colon. */
  readonly summary: string;
  /** Line drawing on a 20 by 20 grid, as the `d` of an SVG path. */
  readonly icon: string;
  /** Whether its plots benefit from a wider dock. */
  readonly canWiden?: boolean;
  /** Whether it is a picture beside the world, and takes half of its width. */
  readonly takesHalf?: boolean;
  /** Worlds that have it; by default all. Its keys say `missing` in other worlds. */
  when?(world: WorldText): boolean;
  /** One line: why this world does not have it, and what to open instead. */
  readonly missing?: string;
  /** What its keys do instead of opening and closing it. */
  press?(page: InstrumentContext, key: string): void;
  /** Further keys, listed after its own. */
  readonly moreKeys?: readonly Key[];
  /** What it shows in the dock. */
  readonly load: Loaded;
  /** What it draws over the world, wherever the world has it. */
  readonly stage?: Loaded;
}

/** Instruments that a world has; all before there is one. */
export const offeredIn = (instruments: readonly Instrument[], world: WorldText | undefined): readonly Instrument[] =>
  instruments.filter(({ when }) => world === undefined || when === undefined || when(world));

/** The keys of an instrument. */
export function keysOf({ id, title, keys, summary, press, moreKeys = [] }: Instrument): readonly Key[] {
  const own: Key = {
    keys,
    shown: keys,
    text: `${title}: ${summary}`,
    run: (page, key) => (press ? press(page, key) : page.dock.toggle(id)),
  };
  return [own, ...moreKeys];
}
