import type { WorldView } from '../../view/world-view.ts';
import type { App } from '../app.svelte.ts';

/** What films need of the page. */
export type FilmedApp = Pick<App, 'looks' | 'worker' | 'world'>;

/** Pictures of a moving one, and ticks from one to the next. */
const pictures = 12;
const every = 4;
/** Pixels of a length at which bodies are seen. */
const closest = 1.6;

/** Films scenes one after the other, with the view of a canvas that is not seen. */
export class FilmStudio {
  private line: Promise<unknown> = Promise.resolve();
  private ended = false;

  /** @param still whether one picture is enough */
  constructor(
    private readonly app: FilmedApp,
    private readonly view: WorldView,
    private readonly still: boolean,
  ) {}

  /** The pictures of a scene; none once the studio has ended. @throws {Error} for what is not a scene */
  film(json: unknown): Promise<readonly ImageBitmap[]> {
    const filmed = this.line.then(() => this.make(json));
    this.line = filmed.catch(() => {});
    return filmed;
  }

  end(): void {
    this.ended = true;
    this.view.destroy();
  }

  private async make(json: unknown): Promise<readonly ImageBitmap[]> {
    if (this.ended) return [];
    const { view, app, still } = this;
    const { theme, sequential } = app.looks;
    const [count, ticks] = still ? [1, pictures * every] : [pictures, every];
    const film = await app.worker.drafts.film(JSON.stringify(json), '7', count, ticks);
    view.showWorld(film.world);
    view.setColours(theme, 'lineage', sequential);
    // A part of the ground in which bodies are seen, not all of it as density; a landscape as a whole.
    view.organisms.crowding = 'never';
    const { camera } = view;
    if (!film.world.landscape && camera.scale < closest)
      camera.zoomAt(camera.width / 2, camera.height / 2, closest / camera.scale);
    const made: Promise<ImageBitmap>[] = [];
    for (const { frame, ground, heights } of film.pictures) {
      if (this.ended) break;
      if (ground) view.showGround(ground);
      if (heights) view.showHeights(heights);
      view.showFrame({ ...frame, fresh: true, stamp: '', figures: app.world.figures });
      made.push(createImageBitmap(view.draw()));
    }
    return Promise.all(made);
  }
}
