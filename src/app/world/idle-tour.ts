import type { WorldView } from '../../view/world-view.ts';

/** How long one organism is followed, and how long the whole world is shown between two, milliseconds. */
const near = 14_000;
const whole = 7000;
/** Pixels per length while one is followed. */
const close = 9;

/** Shows the world from organism to organism, and all of it between them. Returns a function that ends it where it began. */
export function startTour(view: WorldView): () => void {
  const { x, y, scale } = view.camera;
  const begun = { x, y, scale };
  let timer: ReturnType<typeof setTimeout>;
  const visit = () => {
    // Places by chance: where more live, more is to be seen. Chance of the page's own, which the world never sees.
    const [width, height] = view.size;
    const seen = view.nearestTo(Math.random() * width, Math.random() * height);
    if (seen) view.visit(seen.id, Math.max(close, 3 * view.camera.fitted().scale));
    timer = setTimeout(rest, near);
  };
  const rest = () => {
    view.visit(undefined);
    view.glide(begun);
    timer = setTimeout(visit, whole);
  };
  visit();
  return () => {
    clearTimeout(timer);
    view.visit(undefined);
    view.glide(begun);
  };
}
