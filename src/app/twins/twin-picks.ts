import type { Seen } from '../../view/shown-organisms.ts';
import type { WorldView } from '../../view/world-view.ts';
import type { SimulationWorker } from '../../worker/connect.ts';
import type { WorldText } from '../../worker/describe-world.ts';
import type { Highlight } from '../../worker/highlighter.ts';
import type { Picked, WorldScope } from '../session/world-scope.svelte.ts';
import type { Target } from './twin-change.ts';

/** What picking needs of the twins. */
export interface PickedTwins {
  readonly world: WorldScope;
  readonly worker: SimulationWorker;
  readonly text: WorldText;
  readonly view: WorldView | undefined;
  /** Tick at which the twin was made. */
  readonly since: number;
  readonly changes: { choose(target: Target): void };
}

/** Finds in one world the organism that is picked in the other, by its key. */
export class TwinPicks {
  /** The organism whose twin is marked. */
  private marked: Picked | undefined;
  private markedThere: number | undefined;

  constructor(private readonly twins: PickedTwins) {}

  /** Marks the twin of the organism that is picked in the world, as long as it lives there. */
  async mark(picked: Picked | undefined): Promise<void> {
    const { twins } = this;
    this.marked = picked;
    this.markedThere = undefined;
    this.show(-1);
    if (!picked) return;
    const id = await this.twinOf(picked.population, picked.id).catch(() => undefined);
    if (this.marked !== picked || !twins.view) return;
    this.markedThere = id;
    this.show(id ?? -1);
  }

  private show(id: number): void {
    const { view } = this.twins;
    if (!view) return;
    view.picked = id;
    view.touch();
  }

  /** The same highlight in the twin, where organisms that were born since they parted have other ids; undefined where it is not known there. */
  highlightOf(highlight: Highlight | undefined): Highlight | undefined {
    // Organisms that were born since then have other ids there.
    if (highlight?.kind === 'organisms') return undefined;
    if (highlight?.kind !== 'descendants') return highlight;
    const { of } = highlight;
    if (of === this.marked?.id) return this.markedThere === undefined ? undefined : { kind: 'descendants', of: this.markedThere };
    const { line } = this.twins.world.lineage;
    const born = line?.birthTick[line.id.indexOf(of)];
    return born !== undefined && born <= this.twins.since ? highlight : undefined;
  }

  /** Id in the twin of an organism of the world; undefined if it does not live there. */
  async twinOf(population: string, id: number): Promise<number | undefined> {
    const { world, worker } = this.twins;
    const key = await world.worker.twins.keyOf(population, id);
    return key && worker.twins.withKey(population, key);
  }

  /** A place of the twin's pane was pressed. */
  async pressed(place: { readonly x: number; readonly y: number }, seen: Seen | undefined): Promise<void> {
    const { world, worker, text, changes } = this.twins;
    if (world.hands.tool !== 'look') {
      changes.choose('there');
      await world.hands.at(place, seen);
      return;
    }
    const population = seen && text.populations[seen.population]?.name;
    if (!seen || population === undefined) {
      world.pick(undefined);
      return;
    }
    const key = await worker.twins.keyOf(population, seen.id);
    const id = key && (await world.worker.twins.withKey(population, key));
    if (id !== undefined) {
      world.inspect({ population, id });
      return;
    }
    world.pick(undefined);
    this.show(seen.id);
    world.page.notices.say({ text: `Organism ${seen.id} of the twin does not live in this world.`, kind: 'plain' });
  }
}
