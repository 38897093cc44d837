// Short moving pictures of scenes, for the gallery.
import { planeSide } from '../habitat/landscape/plane-side.ts';
import { readJson } from '../scene/read-json.ts';
import { onLandscape } from '../simulation/kinds.ts';
import { describeWorld, type WorldText } from './describe-world.ts';
import { KinHues } from './hues/kin-hues.ts';
import { LandscapeSampler } from './landscape/landscape-sampler.ts';
import { type LandscapeFrame, LandscapeShow } from './landscape/landscape-show.ts';
import { pageCatalogue } from './page-catalogue.ts';
import { writeFrame } from './write-frame.ts';
import { type GroundFrame, writeGround } from './write-ground.ts';

/** All of the plane of a landscape, and as much beside it as a wide picture shows. */
const widePlane = [-0.5 * planeSide, -0.1 * planeSide, 1.5 * planeSide, 1.1 * planeSide] as const;

/** A world at some ticks after its beginning, as it is drawn. */
export interface SceneFilm {
  readonly world: WorldText;
  readonly pictures: readonly {
    readonly frame: Pick<ReturnType<typeof writeFrame>, 'buffer' | 'capacity' | 'count'>;
    /** One of the two: a landscape has heights, any other world ground. */
    readonly ground?: GroundFrame;
    readonly heights?: LandscapeFrame;
  }[];
}

/**
 * Films the world of a scene from its beginning.
 * @param pictures how many
 * @param every ticks from one to the next, and to the first
 * @throws {SceneError} for a text that is not a scene
 */
export function filmScene(text: string, seed: string, pictures: number, every: number): SceneFilm {
  const scene = pageCatalogue.parseScene(readJson(text, 'scene'), 'scene');
  const world = pageCatalogue.createSimulation(scene, seed);
  try {
    const hues = new KinHues(world, () => undefined);
    const shown = onLandscape(world)
      ? { world, show: new LandscapeShow(() => 0), sampler: new LandscapeSampler(world) }
      : undefined;
    const film = Array.from({ length: pictures }, (_, i) => {
      for (let tick = 0; tick < every; tick++) if (world.step() === 1) hues.afterTick();
      const plane = shown?.show.planeOf(shown.world);
      const { buffer, capacity, count } = writeFrame(world, 'lineage', new ArrayBuffer(0), hues, plane);
      const frame = { buffer, capacity, count };
      if (!shown) return { frame, ground: writeGround(world, new ArrayBuffer(0)) };
      const request = { buffer: new ArrayBuffer(0), rectangle: widePlane, shown: '' };
      return { frame, heights: shown.show.frame(shown.world, shown.sampler, String(i), request) };
    });
    return { world: describeWorld(world, [], seed, 0), pictures: film };
  } finally {
    world.dispose();
  }
}
