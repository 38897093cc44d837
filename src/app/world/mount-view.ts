import type { ViewEvents, WorldView } from '../../view/world-view.ts';
import type { App } from '../app.svelte.ts';

/** What a drawing without tools needs of the page. */
export type DrawnApp = Pick<App, 'world' | 'looks' | 'view' | 'attach' | 'detach'>;

/** The keeper of a canvas’s drawing. */
export interface ViewKeeper {
  attach(view: WorldView): void;
  detach(): void;
  /** The browser cannot draw. */
  refuse(): void;
}

/**
 * Makes the drawing of a canvas that has just been mounted, from a separate chunk: the simulation starts before the drawing code has been read.
 * @returns what is to be done when the canvas goes
 */
export function mountView(canvas: HTMLCanvasElement, events: ViewEvents, keeper: ViewKeeper): () => void {
  let gone = false;
  import('../../view/world-view.ts')
    .then(({ WorldView }) => WorldView.make(canvas, events))
    .then(
      (made) => {
        if (gone) made.destroy();
        else keeper.attach(made);
      },
      () => keeper.refuse(),
    );
  return () => {
    gone = true;
    keeper.detach();
  };
}
