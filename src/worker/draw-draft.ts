// Scenes that are being made on the page.
import { type Painting, paintLevels, writePainting } from '../habitat/plane/painting.ts';
import { describeParameters } from '../scene/describe-parameters.ts';
import { readJson } from '../scene/read-json.ts';
import { isPlaneScene, type PlaneScene, type Scene } from '../scene/schema.ts';
import { encodeShare } from '../scene/share.ts';
import type { Simulation } from '../simulation/types.ts';
import { describeWorld, type WorldText } from './describe-world.ts';
import { KinHues } from './hues/kin-hues.ts';
import { pageCatalogue } from './page-catalogue.ts';
import type { Control } from './topics/parameters.ts';
import { writeFrame } from './write-frame.ts';
import { type GroundFrame, writeGround } from './write-ground.ts';

/** A sense that a population may have. */
export interface SenseText {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Its number of inputs: one a sector where there are four. */
  readonly inputs: number;
}

/** A scene that is being made, as a world at tick 0. */
export interface Draft {
  readonly world: WorldText;
  readonly controls: readonly Control[];
  readonly senses: readonly SenseText[];
  readonly frame: Pick<ReturnType<typeof writeFrame>, 'buffer' | 'capacity' | 'count'>;
  readonly ground: GroundFrame;
}

/** Most cells of a painting along a side: a square of them is as many as a painting may have. */
const finest = 256;

const parse = (text: string): Scene => pageCatalogue.parseScene(readJson(text, 'scene'), 'scene');

/** Does something with the world of a scene at tick 0, which is then disposed of. */
function withWorld<T>(scene: Scene, seed: string, use: (world: Simulation) => T): T {
  const world = pageCatalogue.createSimulation(scene, seed);
  try {
    return use(world);
  } finally {
    world.dispose();
  }
}

/** The world that a text makes, as it begins. @throws {SceneError} for a text that is not a scene */
export function drawDraft(text: string, seed: string): Draft {
  const scene = parse(text);
  if (!isPlaneScene(scene)) throw new Error('habitat.kind: only worlds in the plane can be made here; edit others in Scene');
  return withWorld(scene, seed, (world) => {
    const { buffer, capacity, count } = writeFrame(world, 'lineage', new ArrayBuffer(0), new KinHues(world, () => undefined));
    return {
      world: describeWorld(world, [], seed, 0),
      controls: describeParameters(scene),
      senses: sensesOf(scene),
      frame: { buffer, capacity, count },
      ground: writeGround(world, new ArrayBuffer(0)),
    };
  });
}

/** The ground of a food as it is now, as a painting: also what lies under barriers. @throws {SceneError} for a text that is not a scene */
export function paintingOf(text: string, seed: string, food: 'grass' | 'fruit'): string {
  const scene = parse(text);
  if (!isPlaneScene(scene)) throw new Error('only the ground of a plane can be painted');
  const { width, height, cell } = scene.habitat;
  const [across, down] = [width / cell, height / cell];
  const size = { columns: Math.min(finest, across), rows: Math.min(finest, down) };
  if (scene.habitat[food].capacity === 0) return writePainting({ ...size, levels: new Uint8Array(size.columns * size.rows) });
  return withWorld(openGround(scene), seed, (world) => writePainting(readGround(world, size, food)));
}

/** The first tick of the scene, with this seed, as the text of a link. @throws {SceneError} if it is too long for a link */
export function shareText(text: string, seed: string): string {
  parse(text);
  return encodeShare({ scene: readJson(text, 'scene') as object, seed, changes: [], tick: 0 });
}

function sensesOf(scene: PlaneScene): readonly SenseText[] {
  const [population] = Object.values(scene.populations);
  const one = { ...population, policy: { ...population.policy, memory: Math.max(1, population.policy.memory) } };
  return pageCatalogue.senses.map(({ id, title, description, labels }) => ({
    id,
    title,
    description,
    inputs: labels(one as Parameters<typeof labels>[0]).length,
  }));
}

/** The scene as it would be without barriers and changes at its start. */
const openGround = (scene: PlaneScene): PlaneScene => ({ ...scene, habitat: { ...scene.habitat, barriers: [] }, changes: [] });

function readGround({ ground }: Simulation, { columns, rows }: Omit<Painting, 'levels'>, food: 'grass' | 'fruit'): Painting {
  if (!ground) throw new Error('this world has no ground');
  const values = ground.values();
  const lane = food === 'grass' ? 0 : 1;
  const full = ground.full[lane];
  const levels = Uint8Array.from({ length: columns * rows }, (_, i) => {
    const x = Math.floor((((i % columns) + 0.5) / columns) * ground.columns);
    const y = Math.floor(((Math.floor(i / columns) + 0.5) / rows) * ground.rows);
    return Math.round((values[4 * (y * ground.columns + x) + lane] / full) * paintLevels);
  });
  return { columns, rows, levels };
}
