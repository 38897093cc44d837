import { type Painting, paintLevels, readPainting, writePainting } from '../../habitat/plane/painting.ts';
import { type Barrier, cellsUnder, type Grid, type Place, placesAlong, rectanglesOf } from './brush.ts';
import type { MakerState, SceneChange } from './maker-state.svelte.ts';

/** What a press on the ground does. */
export const brushes = [
  { id: 'move', title: 'Move', text: 'Drag to move the view.' },
  { id: 'grass', title: 'Grass', text: 'Drag to paint where grass grows.' },
  { id: 'fruit', title: 'Fruit', text: 'Drag to paint where fruit grows.' },
  { id: 'wall', title: 'Wall', text: 'Drag to build walls. Nothing enters them, and nothing grows there.' },
  { id: 'open', title: 'Open a wall', text: 'Drag over walls to remove them.' },
] as const;
export type BrushId = (typeof brushes)[number]['id'];
type Food = 'grass' | 'fruit';

/** Richness that a brush gives, in levels of a painting. */
export const richnesses = [
  { level: 0, title: 'None' },
  { level: 4, title: 'Poor' },
  { level: paintLevels, title: 'Rich' },
] as const;

/** A way of the brush over the ground. */
interface Stroke {
  readonly path: Place[];
  /** Cells that it has covered, of the painting or, by walls, of the ground. */
  readonly cells: Set<number>;
  /** Places of the path whose cells are among these. */
  done: number;
  /** When what it is made on is known. */
  readonly ready: Promise<void>;
}

const mostBarriers = 256;
/** Cells of ground up to which a stroke is shown as it is made. */
const mostShown = 1_000_000;

/** The ground of a draft under a brush: what is painted is shown at once, and becomes part of the scene at the end of the stroke. */
export class PainterState {
  brush = $state<BrushId>('grass');
  /** Radius of the brush, lengths. */
  radius = $state(24);
  level = $state<number>(paintLevels);
  private painting: { readonly food: Food; readonly painting: Painting; readonly of: string } | undefined;
  /** The ground as it is drawn: four bytes a cell, then a byte a cell of walls. */
  private bytes = new Uint8Array(0);
  private stroke: Stroke | undefined;
  /** The end of the last change: the next stroke is made on what it left. */
  private settled: Promise<unknown> = Promise.resolve();

  constructor(private readonly maker: MakerState) {}

  /** The sides of the world, and the cells of its ground. */
  private get ground(): Grid | undefined {
    const { draft } = this.maker;
    if (!draft) return undefined;
    const { width, height, edge } = draft.world;
    const { columns, rows } = draft.ground;
    return { columns, rows, width, height, torus: edge === 'torus' };
  }

  private get food(): Food | undefined {
    return this.brush === 'grass' || this.brush === 'fruit' ? this.brush : undefined;
  }

  private get isWall(): boolean {
    return this.brush === 'wall' || this.brush === 'open';
  }

  /** Fetches what the chosen brush paints on, as it is now. */
  private async prepare(): Promise<void> {
    const { food, maker } = this;
    const { draft, text, seed } = maker;
    if (!draft) return;
    if (food && (this.painting?.food !== food || this.painting.of !== text)) {
      const kept = String(maker.control(`habitat.${food}.painting`)?.value ?? '');
      const isPainted = maker.control(`habitat.${food}.pattern`)?.value === 'painted';
      const painting = readPainting(isPainted ? kept : await maker.app.worker.drafts.painting(text, seed, food));
      this.painting = { food, painting, of: text };
    }
    this.bytes = new Uint8Array(draft.ground.buffer.slice(0));
  }

  /** Leads the stroke to a place, or begins one there. @param place of the world, which may lie beyond its edges */
  async to(place: Place): Promise<void> {
    this.stroke ??= { path: [], cells: new Set(), done: 0, ready: this.settled.then(() => this.prepare()) };
    const { stroke } = this;
    stroke.path.push(place);
    await stroke.ready;
    this.cover(stroke);
    if (this.stroke === stroke) this.show(stroke);
  }

  /** Ends the stroke: it becomes part of the scene. */
  end(): Promise<void> {
    const { stroke } = this;
    this.stroke = undefined;
    if (!stroke) return Promise.resolve();
    return this.settle(async () => {
      await stroke.ready;
      this.cover(stroke);
      const { cells } = stroke;
      return this.isWall ? this.walls(cells) : this.painted((levels, cell) => (cells.has(cell) ? this.level : levels[cell]));
    });
  }

  /** Ends the stroke as if it had not been made. */
  cancel(): void {
    if (this.stroke) this.redraw();
    this.stroke = undefined;
  }

  /** The brush over all of the ground: one richness everywhere, or all walls away. */
  everywhere(): Promise<void> {
    return this.settle(async () => {
      await this.prepare();
      return this.isWall ? [{ path: 'habitat.barriers', value: [] }] : this.painted(() => this.level);
    });
  }

  /** Makes a change of the scene after the one before. */
  private settle(make: () => Promise<readonly SceneChange[]>): Promise<void> {
    const made = this.settled.then(make).then(async (changes) => {
      if (changes.length === 0 || !(await this.maker.change(() => changes))) this.redraw();
    });
    this.settled = made.catch((error: Error) => this.maker.say(error.message, 'trouble'));
    return made;
  }

  /** Adds the cells under what the stroke has passed since. */
  private cover(stroke: Stroke): void {
    const { ground, painting, food } = this;
    const { path, cells } = stroke;
    if (!ground) return;
    for (; stroke.done < path.length; stroke.done++) {
      const to = path[stroke.done];
      for (const place of placesAlong(path[stroke.done - 1] ?? to, to, this.radius)) {
        const { columns, rows } = food && painting ? painting.painting : ground;
        const tip = this.isWall ? 'square' : 'round';
        for (const cell of cellsUnder({ ...ground, columns, rows }, place, this.radius, tip)) cells.add(cell);
      }
    }
  }

  /** Draws what the stroke covers so far. */
  private show({ cells: covered }: Stroke): void {
    const { ground, bytes, maker, painting } = this;
    const { view, draft } = maker;
    if (!view || !ground || !draft || ground.columns * ground.rows > mostShown) return;
    const cells = ground.columns * ground.rows;
    if (this.isWall) {
      for (const cell of covered) bytes[4 * cells + cell] = this.brush === 'wall' ? 255 : 0;
    } else if (painting) {
      const { columns, rows } = painting.painting;
      const lane = painting.food === 'grass' ? 0 : 1;
      const value = Math.round((255 * this.level) / paintLevels);
      for (let cell = 0; cell < cells; cell++) {
        const x = Math.floor((((cell % ground.columns) + 0.5) / ground.columns) * columns);
        const y = Math.floor(((Math.floor(cell / ground.columns) + 0.5) / ground.rows) * rows);
        if (covered.has(y * columns + x) && bytes[4 * cells + cell] === 0) bytes[4 * cell + lane] = value;
      }
    }
    view.showGround({ ...draft.ground, buffer: bytes.slice().buffer });
  }

  private painted(levelAt: (levels: Uint8Array, cell: number) => number): SceneChange[] {
    const { painting, maker, level } = this;
    if (!painting) return [];
    const { food } = painting;
    const { columns, rows, levels } = painting.painting;
    const next = { columns, rows, levels: Uint8Array.from(levels, (_, cell) => levelAt(levels, cell)) };
    const capacity = maker.control(`habitat.${food}.capacity`);
    const grass = Number(maker.control('habitat.grass.capacity')?.value) || 1;
    return [
      { path: `habitat.${food}.pattern`, value: 'painted' },
      { path: `habitat.${food}.painting`, value: writePainting(next) },
      // Where none of it can grow, nothing would be seen of it.
      ...(capacity?.value === 0 && level > 0 ? [{ path: capacity.path, value: food === 'fruit' ? grass : 1 }] : []),
    ];
  }

  private walls(covered: ReadonlySet<number>): SceneChange[] {
    const { ground, maker } = this;
    if (!ground || !maker.draft) return [];
    const cells = ground.columns * ground.rows;
    const before = new Uint8Array(maker.draft.ground.buffer, 4 * cells, cells);
    const marked = Uint8Array.from(before, (wall) => (wall === 0 ? 0 : 1));
    for (const cell of covered) marked[cell] = this.brush === 'wall' ? 1 : 0;
    const barriers: Barrier[] = rectanglesOf(marked, ground.columns, ground.width / ground.columns);
    if (barriers.length > mostBarriers) {
      maker.say(
        `These walls take ${barriers.length} rectangles; a scene has at most ${mostBarriers}. Use a larger brush, or open some walls.`,
        'trouble',
      );
      return [];
    }
    return [{ path: 'habitat.barriers', value: barriers }];
  }

  /** Shows the ground as the scene has it. */
  private redraw(): void {
    const { draft, view } = this.maker;
    if (draft) view?.showGround({ ...draft.ground, buffer: draft.ground.buffer.slice(0) });
  }
}
