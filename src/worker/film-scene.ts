// Short moving pictures of scenes, for the gallery.
import { readJson } from '../scene/read-json.ts';
import { onLandscape } from '../simulation/kinds.ts';
import { describeWorld, type WorldText } from './describe-world.ts';
import { KinHues } from './hues/kin-hues.ts';
import { choosePlane } from './landscape/choose-plane.ts';
import { pageCatalogue } from './page-catalogue.ts';
import { writeFrame } from './write-frame.ts';
import { type GroundFrame, writeGround } from './write-ground.ts';

/** A world at some ticks after its beginning, as it is drawn. */
export interface SceneFilm {
  readonly world: WorldText;
  readonly pictures: readonly {
    readonly frame: Pick<ReturnType<typeof writeFrame>, 'buffer' | 'capacity' | 'count'>;
    /** None on a landscape. */
    readonly ground: GroundFrame | undefined;
  }[];
}

/**
 * Films the world of a scene from its beginning. On a landscape organisms are points of genome space, which stays still.
 * @param pictures how many
 * @param every ticks from one to the next, and to the first
 * @throws {SceneError} for a text that is not a scene
 */
export function filmScene(text: string, seed: string, pictures: number, every: number): SceneFilm {
  const scene = pageCatalogue.parseScene(readJson(text, 'scene'), 'scene');
  const world = pageCatalogue.createSimulation(scene, seed);
  try {
    const hues = new KinHues(world, () => undefined);
    const plane = onLandscape(world) ? choosePlane(world, { kind: 'gradient' }) : undefined;
    const film = Array.from({ length: pictures }, () => {
      for (let tick = 0; tick < every; tick++) if (world.step() === 1) hues.afterTick();
      const { buffer, capacity, count } = writeFrame(world, 'lineage', new ArrayBuffer(0), hues, plane);
      return { frame: { buffer, capacity, count }, ground: plane ? undefined : writeGround(world, new ArrayBuffer(0)) };
    });
    return { world: describeWorld(world, [], seed, 0), pictures: film };
  } finally {
    world.dispose();
  }
}
