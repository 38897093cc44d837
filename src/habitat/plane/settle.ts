import type { Placer } from '../../population/deliver.ts';
import type { Plane } from './plane.ts';

/** Brings a place onto the plane: around a torus, against a wall; refuses barriers. */
export function settler(plane: Plane): Placer {
  return (x, y, out) => {
    let px = x;
    let py = y;
    if (plane.torus) {
      px -= Math.floor(px / plane.width) * plane.width;
      py -= Math.floor(py / plane.height) * plane.height;
    }
    // The last float32 below the edge: rounding to float32 must not put an organism on it.
    px = Math.max(0, Math.min(px, plane.width * (1 - 1 / 8_388_608)));
    py = Math.max(0, Math.min(py, plane.height * (1 - 1 / 8_388_608)));
    out[0] = Math.fround(px) < plane.width ? px : 0;
    out[1] = Math.fround(py) < plane.height ? py : 0;
    const cell = Math.floor(out[1] / plane.cell) * plane.columns + Math.floor(out[0] / plane.cell);
    return plane.barrierMask.u8()[cell] === 0;
  };
}

/** A place on open ground from two uniform numbers; every open place is as likely as any other. */
export type Scatterer = (u: number, v: number, out: Float64Array) => void;

/** Scatters over the whole plane, or over the cells that barriers leave open. */
export function scatterer(plane: Plane): Scatterer {
  const settle = settler(plane);
  if (!plane.walled) return (u, v, out) => void settle(u * plane.width, v * plane.height, out);
  const open: number[] = [];
  for (const [cell, blocked] of plane.barrier().entries()) if (blocked === 0) open.push(cell);
  return (u, v, out) => {
    const which = u * open.length;
    const cell = open[Math.floor(which)];
    const across = (cell % plane.columns) + (which - Math.floor(which));
    const down = Math.floor(cell / plane.columns) + v;
    settle(across * plane.cell, down * plane.cell, out);
  };
}
