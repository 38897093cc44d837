import type { Figures } from '../../worker/figures.ts';
import type { Log } from '../../worker/topics/parameters.ts';
import type { RunAddress } from '../../worker/topics/run.ts';
import type { App } from '../app.svelte.ts';

/** Queries for a person at the browser's console, or a test. They never change the world. */
export interface PageHandle {
  /** Hash of the whole state: equal to the one that the command line prints for the same scene, seed, changes and tick. */
  hash(): Promise<string>;
  /** The same of the twin that is watched, and the tick at which it is drawn; undefined without one. */
  twin(): Promise<{ hash: string; drawnAt: number | undefined; alive: number } | undefined>;
  /** Scene, seed, changes and tick: all that is needed to reproduce the run. */
  address(): Promise<RunAddress>;
  snapshot(): Promise<ArrayBuffer>;
  /** Runs to a tick as fast as possible and pauses. */
  runTo(tick: number): Promise<boolean>;
  figures(): Figures;
  log(): Log;
  /** Milliseconds of the page's own thread that frames took, over the last 600. */
  frameWork(): { frames: number; median: number; p95: number; longest: number };
  /** Milliseconds from the start of the page to the first frame of the world, or 0 before it. */
  firstFrame(): number;
  /** CSS pixels of the view at which an organism is drawn. */
  whereIs(id: number): { x: number; y: number } | undefined;
  /** Numbers of highlighted organisms of the frame that is shown, and of all. */
  lit(): { lit: number; all: number };
  /** An organism and its first parents back to the founder; undefined if it is not in the record. */
  lineOf(id: number): Promise<{ id: number; birthTick: number; generation: number; species: number }[] | undefined>;
  /** Id of the organism nearest to the middle of the view. */
  nearest(): number | undefined;
}

export function handleOf(app: App): PageHandle {
  return {
    hash: () => app.worker.run.hash(),
    async twin() {
      const { twins } = app.world;
      if (!twins) return undefined;
      const { tick, alive = [] } = twins.figures ?? {};
      return { hash: await twins.worker.run.hash(), drawnAt: tick, alive: alive.reduce((sum, count) => sum + count, 0) };
    },
    address: () => app.worker.run.address(),
    snapshot: () => app.worker.run.snapshot(),
    runTo: (tick) => app.transport.runTo(tick),
    figures: () => app.world.figures,
    log: () => app.world.log,
    frameWork: () => app.view?.clock.summary() ?? { frames: 0, median: 0, p95: 0, longest: 0 },
    firstFrame: () => app.firstFrameAt,
    whereIs(id) {
      const seen = app.view?.shown.find(id);
      return seen && app.view?.camera.toScreen(seen.x, seen.y);
    },
    lit: () => app.view?.shown.countLit() ?? { lit: 0, all: 0 },
    async lineOf(id) {
      const line = await app.worker.record.lineOf(id);
      if (!line) return undefined;
      const { birthTick, generation, species } = line;
      return Array.from(line.id, (one, i) => ({
        id: one,
        birthTick: birthTick[i],
        generation: generation[i],
        species: species[i],
      }));
    },
    nearest: () => app.view?.nearestToMiddle()?.id,
  };
}
