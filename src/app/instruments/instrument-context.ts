import { createContext } from 'svelte';
import type { WorldView } from '../../view/world-view.ts';
import type { SimulationWorker } from '../../worker/connect.ts';
import type { WorldScope } from '../session/world-scope.svelte.ts';
import type { Worlds } from '../session/worlds.ts';
import type { DockState } from '../shell/dock-state.svelte.ts';
import type { Notices } from '../shell/notices.svelte.ts';
import type { Transport } from '../shell/transport.svelte.ts';
import type { Looks } from '../world/looks.svelte.ts';
import type { NotebookState } from './notebook/notebook-state.svelte.ts';

/** What an instrument may use of the page. */
export interface InstrumentContext {
  /** The world that is shown, with all that belongs to it: figures, parameters, what is picked, snapshots to go back to. Another one after entering another world. */
  readonly world: WorldScope;
  /** The simulation, by topic. Another worker after a restart, so it is read at each request. */
  readonly worker: SimulationWorker;
  /** Whether the simulation no longer answers and can only be restarted. */
  readonly down: boolean;
  /** What the page says to a person. */
  readonly notices: Notices;
  /** The drawing of the world; undefined before it is made, and where the browser cannot draw. */
  readonly view: WorldView | undefined;
  readonly looks: Looks;
  readonly dock: DockState;
  readonly transport: Transport;
  /** The ways into other worlds. */
  readonly worlds: Worlds;
  readonly notebook: NotebookState;
  /** The state of an instrument that outlives its panel and the world: made at the first request, so that its program is loaded with the instrument. */
  lasting<T extends object>(make: new (page: InstrumentContext) => T): T;
}

/** `provideInstrumentContext` is called where the page is made, `instrumentContext` by each instrument when its component is made. */
export const [instrumentContext, provideInstrumentContext] = createContext<InstrumentContext>();
