import type { WorldText } from '../../worker/describe-world.ts';
import { type Instrument, offeredIn } from '../instruments/instrument.ts';
import { isBoolean, oneOf, recall, remember } from '../ui/remember.ts';
import type { Notices } from './notices.svelte.ts';

const narrow = window.matchMedia('(max-width: 999px)');

/** What the dock needs to know of the page. */
interface Surroundings {
  readonly world: { readonly text: WorldText | undefined };
  readonly notices: Notices;
}

/** The dock: which instrument is chosen, and whether it is open. */
export class DockState {
  /** Whether the window is so narrow that the dock is a sheet from below. */
  narrow = $state(narrow.matches);
  /** Height of the sheet as a percentage of what world and sheet share; undefined until it was dragged. */
  sheet = $state<number>();
  open = $state(recall('dock', true, isBoolean) && !narrow.matches);
  /** Whether instruments whose plots benefit from it have more room. */
  wide = $state(recall('wide', false, isBoolean));
  private chosen = $state('');
  /** The instrument that the world opens with, until a person chooses another. */
  private offeredFirst = $state<string>();

  /** @param instruments those of the page, the one that every world has first */
  constructor(
    readonly instruments: readonly Instrument[],
    private readonly page: Surroundings,
  ) {
    narrow.addEventListener('change', () => {
      this.narrow = narrow.matches;
    });
    this.chosen = recall('tab', instruments[0].id, oneOf(...instruments.map(({ id }) => id)));
  }

  /** Instruments that the world has. */
  readonly offered = $derived.by(() => offeredIn(this.instruments, this.page.world.text));

  /** The chosen instrument, or the first one in a world that does not have it. */
  readonly shown = $derived.by(
    () => this.offered.find(({ id }) => id === (this.offeredFirst ?? this.chosen)) ?? this.instruments[0],
  );

  /** Whether an instrument is open. */
  shows(id: string): boolean {
    return this.open && this.shown.id === id;
  }

  /** Chooses the instrument of a world that opens, or again a person's own; an opened dock stays open, a closed one closed. */
  suggest(id: string | undefined): void {
    this.offeredFirst = id;
  }

  /** Opens an instrument. */
  show(id: string): void {
    this.offeredFirst = undefined;
    this.chosen = id;
    remember('tab', id);
    this.setOpen(true);
  }

  /** Opens an instrument, or closes the dock when that instrument is open already. */
  toggle(id: string): void {
    if (this.shows(id)) this.setOpen(false);
    else if (this.offered.some((one) => one.id === id)) this.show(id);
    else {
      const { missing = 'This world does not have this instrument.' } = this.instruments.find((one) => one.id === id) ?? {};
      this.page.notices.say({ text: missing, kind: 'plain' });
    }
  }

  setOpen(open: boolean): void {
    this.open = open;
    if (!this.narrow) remember('dock', open);
  }

  toggleWide(): void {
    this.wide = !this.wide;
    remember('wide', this.wide);
  }
}
