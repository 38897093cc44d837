import type { Seen } from '../../../view/shown-organisms.ts';
import type { WorldScope } from '../../session/world-scope.svelte.ts';
import { countOf } from '../../ui/words.ts';

/** What a press on the world does. */
export const tools = [
  { id: 'look', title: 'Look', text: 'A press picks an organism.' },
  { id: 'food', title: 'Drop food', text: 'A press drops food around the place.' },
  { id: 'wall', title: 'Wall off', text: 'Two presses set opposite corners of a barrier that cannot be entered.' },
  { id: 'open', title: 'Open a wall', text: 'A press removes the barriers there.' },
  { id: 'carry', title: 'Carry', text: 'A press carries the picked organism there.' },
  { id: 'clone', title: 'Clone', text: 'A press places clones of the picked organism there; it is their parent.' },
  { id: 'place', title: 'Place', text: 'A press places copies of the chosen frozen organism there.' },
  { id: 'remove', title: 'Remove', text: 'A press removes the organism there.' },
] as const;
export type ToolId = (typeof tools)[number]['id'];

interface Place {
  readonly x: number;
  readonly y: number;
}

interface Barrier extends Place {
  readonly width: number;
  readonly height: number;
}

const barriersPath = 'habitat.barriers';

/** How much the tools do, and with which frozen organism: settings that last from world to world. */
export class HandSettings {
  food = $state<'grass' | 'fruit' | 'carrion'>('fruit');
  amount = $state(2);
  radius = $state(4);
  count = $state(5);
  spread = $state(3);
  /** Frozen organism that is placed. */
  frozen = $state('');
}

/** Edits of the world by hand. Every act is a change of the run: replays, links and files repeat it. */
export class HandsState {
  tool = $state<ToolId>('look');
  /** Population into which frozen organisms are placed; '' for the first. */
  population = $state('');
  /** First corner of a barrier that is not finished. */
  corner = $state.raw<Place>();
  readonly settings: HandSettings;

  constructor(private readonly world: WorldScope) {
    this.settings = world.page.lasting(HandSettings);
  }

  choose(tool: ToolId): void {
    this.tool = tool;
    this.corner = undefined;
  }

  /** Applies the tool at the middle of the view: for people without a pointer. */
  async atMiddle(): Promise<void> {
    const { view } = this.world.page;
    if (view) await this.at({ x: view.camera.x, y: view.camera.y }, view.nearestToMiddle());
  }

  /** Applies the tool at a place of the world. @param seen the organism that is there */
  async at(where: Place, seen: Seen | undefined): Promise<void> {
    const { world } = this;
    const { page, picked } = world;
    const place = this.inside(where);
    if (!place) {
      page.notices.say({ text: 'This place is outside the world. Press on the ground.', kind: 'trouble' });
      return;
    }
    const { count, spread, radius, food, amount } = this.settings;
    switch (this.tool) {
      case 'look':
        world.pickSeen(seen);
        return;
      case 'food':
        await this.act('acts.food', { ...place, radius, food, amount });
        return;
      case 'wall':
        await this.wall(place);
        return;
      case 'open':
        await this.open(place);
        return;
      case 'carry': {
        if (picked) await this.act('acts.move', { ...picked, ...place });
        else this.askForPick();
        return;
      }
      case 'clone': {
        if (picked) {
          await this.act('acts.place', { population: picked.population, ...place, spread, count, genome: { of: picked.id } });
        } else this.askForPick();
        return;
      }
      case 'place':
        await this.placeFrozen(place);
        return;
      case 'remove': {
        const name = seen && world.text?.populations[seen.population]?.name;
        if (seen && name) await this.act('acts.remove', { population: name, ids: [seen.id] });
        else page.notices.say({ text: 'There is no organism to remove here.', kind: 'plain' });
        return;
      }
    }
  }

  /** Edits the present run, and shows the world's description of the edit. */
  async act(path: string, value: unknown): Promise<boolean> {
    const { world } = this;
    if (!(await world.set(path, value))) return false;
    const notice = await world.lastNotice();
    if (notice?.kind === 'act')
      world.page.notices.say({ text: `${notice.text[0].toUpperCase()}${notice.text.slice(1)}.`, kind: 'plain' });
    return true;
  }

  private askForPick(): void {
    this.world.page.notices.say({ text: 'Nothing is picked. Choose Look, press an organism, then come back.', kind: 'plain' });
  }

  private async placeFrozen(place: Place): Promise<void> {
    const { world } = this;
    const { page } = world;
    const { count, spread, frozen: chosen } = this.settings;
    const frozen = page.notebook.frozen.find(({ id }) => id === chosen);
    if (!frozen) {
      page.notices.say({
        text: 'No frozen organism is chosen. Pick an organism and freeze it, or choose one in the freezer.',
        kind: 'plain',
      });
      return;
    }
    const population = this.population || (world.text?.populations[0]?.name ?? '');
    const fitted = await page.notices.attempt(page.worker.organisms.fit(population, frozen.organism.genome));
    if (!fitted) return;
    const { loci, missing, unplaced } = fitted;
    if (!(await this.act('acts.place', { population, ...place, spread, count, genome: { loci } }))) return;
    if (missing + unplaced === 0) return;
    const lost = [
      ...(missing > 0 ? [`${countOf(missing, 'locus', 'loci')} of this world that it lacks get the mean of the living`] : []),
      ...(unplaced > 0 ? [`${countOf(unplaced, 'locus', 'loci')} of its own have no place here`] : []),
    ];
    page.notices.say({ text: `${frozen.name} was placed; ${lost.join(', ')}.`, kind: 'plain' });
  }

  private async wall(place: Place): Promise<void> {
    const { corner } = this;
    const { page } = this.world;
    if (!corner) {
      this.corner = place;
      page.notices.say({ text: 'One corner of the barrier is set. Press at the opposite corner.', kind: 'plain' });
      return;
    }
    this.corner = undefined;
    const [x, y] = [Math.min(corner.x, place.x), Math.min(corner.y, place.y)];
    const barrier = { x, y, width: Math.abs(corner.x - place.x), height: Math.abs(corner.y - place.y) };
    if (await this.act(barriersPath, [...this.barriers(), barrier])) {
      page.notices.say({ text: 'Barrier added. Organisms inside can leave it; none can enter.', kind: 'plain' });
    }
  }

  private async open({ x, y }: Place): Promise<void> {
    const all = this.barriers();
    const left = all.filter((one) => x < one.x || y < one.y || x > one.x + one.width || y > one.y + one.height);
    const gone = all.length - left.length;
    if (gone === 0) this.world.page.notices.say({ text: 'There is no barrier here.', kind: 'plain' });
    else if (await this.act(barriersPath, left)) {
      this.world.page.notices.say({ text: `${countOf(gone, 'barrier')} removed.`, kind: 'plain' });
    }
  }

  private barriers(): readonly Barrier[] {
    const control = this.world.controls.find(({ path }) => path === barriersPath);
    return (control?.value as readonly Barrier[] | undefined) ?? [];
  }

  /** The place within the world: around the edges of a torus, undefined beyond a wall. */
  private inside({ x, y }: Place): Place | undefined {
    const { text } = this.world;
    if (!text) return undefined;
    const { width, height, edge } = text;
    if (edge === 'torus') return { x: x - Math.floor(x / width) * width, y: y - Math.floor(y / height) * height };
    return x >= 0 && y >= 0 && x < width && y < height ? { x, y } : undefined;
  }
}
