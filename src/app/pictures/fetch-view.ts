import { transfer } from 'comlink';
import type { Frame } from '../../worker/topics/view.ts';
import type { InstrumentContext } from '../instruments/instrument-context.ts';

/** Brings the present state of the worker into the view, whatever the page's own frames show. @returns undefined without a view */
export async function fetchView({ view, world, worker, looks }: InstrumentContext): Promise<Frame | undefined> {
  if (!view || !world.text) return undefined;
  const { palette } = looks;
  const { highlight } = world;
  const empty = () => new ArrayBuffer(0);
  const frame = worker.view.frame({ buffer: empty(), palette, highlight, shown: '' });
  // Shown in one go: between two answers the page's own frames may come.
  if (world.text.landscape) {
    const rectangle = view.camera.rectangle(0.15);
    const [organisms, heights] = await Promise.all([frame, worker.view.landscape({ buffer: empty(), rectangle, shown: '' })]);
    view.showFrame(organisms);
    view.showHeights(heights);
    return organisms;
  }
  const ground = empty();
  const [organisms, cells] = await Promise.all([frame, worker.view.ground(transfer(ground, [ground]))]);
  view.showFrame(organisms);
  view.showGround(cells);
  return organisms;
}
