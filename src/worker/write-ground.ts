import { seasonAt } from '../habitat/plane/climate.ts';
import { inPlane } from '../simulation/kinds.ts';
import type { Simulation } from '../simulation/types.ts';

/** The current ground: RGBA bytes a cell (grass, fruit, carrion, cue), then one byte a cell that is 255 on a barrier, and one that is 255 where fruit is of the second kind. */
export interface GroundFrame {
  readonly buffer: ArrayBuffer;
  readonly columns: number;
  readonly rows: number;
  /** Factor of the season on regrowth: 1 without seasons, above it in rich ones. */
  readonly season: number;
}

/** Carrion of this energy in one cell is drawn at full strength. */
const fullCarrion = 1.5;

const byte = (share: number): number => (share <= 0 ? 0 : share >= 1 ? 255 : Math.round(share * 255));

/** Writes the ground as bytes: grass and fruit as a share of the richest ground, the cue from -1 to 1. Reads only. */
export function writeGround(simulation: Simulation, given: ArrayBuffer): GroundFrame {
  const { ground } = simulation;
  if (!ground) return { buffer: given, columns: 0, rows: 0, season: 1 };
  const { columns, rows } = ground;
  const cells = columns * rows;
  const buffer = given.byteLength === cells * 6 ? given : new ArrayBuffer(cells * 6);
  const bytes = new Uint8Array(buffer);
  const values = ground.values();
  const barrier = ground.barrier();
  const [fullGrass, fullFruit] = ground.full;
  const perGrass = 1 / (fullGrass || 1);
  const perFruit = 1 / (fullFruit || 1);
  for (let cell = 0, i = 0; cell < cells; cell++, i += 4) {
    bytes[i] = byte(values[i] * perGrass);
    bytes[i + 1] = byte(values[i + 1] * perFruit);
    bytes[i + 2] = byte(values[i + 2] / fullCarrion);
    bytes[i + 3] = byte((values[i + 3] + 1) / 2);
    bytes[cells * 4 + cell] = barrier[cell] ? 255 : 0;
  }
  const kinds = bytes.subarray(cells * 5);
  if (ground.kinds) for (let cell = 0; cell < cells; cell++) kinds[cell] = ground.kinds[cell] === 1 ? 255 : 0;
  else kinds.fill(0);
  const season = inPlane(simulation) ? seasonAt(simulation.scene.habitat.climate, simulation.tick) : 1;
  return { buffer, columns, rows, season };
}
