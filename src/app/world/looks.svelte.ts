import { type Palette, palettesOf } from '../../scene/view-words.ts';
import type { Sequential, Theme } from '../../view/colour-scale.ts';
import type { Seen } from '../../view/shown-organisms.ts';
import type { WorldView } from '../../view/world-view.ts';
import type { WorldText } from '../../worker/describe-world.ts';
import { type LifeEventKind, lifeEventKinds } from '../../worker/life-event-kinds.ts';
import { chooseTheme, currentTheme, onSystemTheme, showTheme } from '../shell/theme.ts';
import { isBoolean, oneOf, recall, remember } from '../ui/remember.ts';

const isEvents = (value: unknown): value is readonly LifeEventKind[] =>
  Array.isArray(value) && value.every((kind) => (lifeEventKinds as readonly unknown[]).includes(kind));

const isPins = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.length <= mostPins && value.every((pin) => typeof pin === 'string');

/** Plots that can be pinned beside the world at a time. */
export const mostPins = 2;

/** How the page draws its world, from world to world. */
export class Looks {
  palette = $state<Palette>('lineage');
  sequential = $state<Sequential>(recall('scale', 'viridis', oneOf<Sequential>('viridis', 'cividis')));
  theme = $state<Theme>(currentTheme());
  railOpen = $state(recall('rail', false, isBoolean));
  legend = $state(recall('legend', true, isBoolean));
  minimap = $state(recall('minimap', false, isBoolean));
  /** What happens to organisms and is drawn in the world. */
  events = $state.raw<readonly LifeEventKind[]>(recall<readonly LifeEventKind[]>('events', lifeEventKinds, isEvents));
  /** Whether the path of the picked organism is drawn. */
  trails = $state(recall('trails', false, isBoolean));
  /** Whether meals glint at the mouths of bodies. */
  meals = $state(recall('meals', true, isBoolean));
  /** Plots beside the world, by `PlotSpec.pin`. */
  pins = $state.raw<readonly string[]>(recall('pins', [], isPins));
  /** Whether following continues with the offspring of an organism that has died. */
  lives = $state(recall('lives', true, isBoolean));
  /** The page is idle and the view goes from organism to organism. */
  touring = $state(false);
  /** Increases when the view moves: scale bar and minimap depend on it. */
  moves = $state(0);
  /** What is under the pointer. */
  pointed = $state.raw<Seen>();
  /** What density shows instead of single organisms, if it is on. */
  dense = $state.raw<{ readonly full: number; readonly lengths: number }>();

  constructor(private readonly page: { readonly view: WorldView | undefined }) {
    onSystemTheme(() => {
      this.theme = showTheme();
    });
  }

  /** Another world may lack the palette. @param wanted the one that the world opens with */
  fit({ gives, populations }: WorldText, wanted: string = this.palette): void {
    const traits = populations[0]?.traits.map(({ id }) => id) ?? [];
    this.palette = palettesOf(gives, traits).find((one) => one === wanted) ?? 'lineage';
  }

  /** Reads what the view shows now. */
  look(): void {
    const { view } = this.page;
    this.pointed = view?.pointed();
    const dense = view?.organisms.dense();
    if (dense?.full !== this.dense?.full || dense?.lengths !== this.dense?.lengths) this.dense = dense;
  }

  setTheme(theme: Theme): void {
    chooseTheme(theme);
    this.theme = theme;
  }

  setSequential(sequential: Sequential): void {
    this.sequential = sequential;
    remember('scale', sequential);
  }

  /** Pins a plot beside the world, in place of the older one of two, or lets it go. @returns the pin that gave way */
  togglePin(pin: string): string | undefined {
    const gaveWay = !this.pins.includes(pin) && this.pins.length === mostPins ? this.pins[0] : undefined;
    this.pins = this.pins.includes(pin) ? this.pins.filter((one) => one !== pin) : [...this.pins, pin].slice(-mostPins);
    remember('pins', this.pins);
    return gaveWay;
  }

  toggleRail(): void {
    this.railOpen = !this.railOpen;
    remember('rail', this.railOpen);
  }

  toggleLegend(): void {
    this.legend = !this.legend;
    remember('legend', this.legend);
  }

  /** Shows density instead of single organisms, or the organisms again. */
  toggleDensity(): void {
    const { view } = this.page;
    if (!view) return;
    view.organisms.crowding = view.organisms.dense() ? 'never' : 'always';
    view.touch();
  }

  toggleEvent(kind: LifeEventKind): void {
    this.events = lifeEventKinds.filter((one) => this.events.includes(one) !== (one === kind));
    remember('events', this.events);
  }

  toggleLives(): void {
    this.lives = !this.lives;
    remember('lives', this.lives);
  }

  toggleTrails(): void {
    this.trails = !this.trails;
    remember('trails', this.trails);
  }

  toggleMeals(): void {
    this.meals = !this.meals;
    remember('meals', this.meals);
  }

  toggleMinimap(): void {
    this.minimap = !this.minimap;
    remember('minimap', this.minimap);
  }
}
