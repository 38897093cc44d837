import type { PlaceColumn } from '../habitat.ts';
import { layNetwork, type Network, side } from './network.ts';
import type { PatchesSceneParts } from './patches-world.ts';

/** Squares along a side of the picture, in which patches are looked up. */
const along = 64;

/** Finds the patch that a place in the picture belongs to. Discs of patches do not overlap, so that it is the one with the nearest centre. */
export function patchAt({ nodes, x, y, radius }: Network): (x: number, y: number) => number {
  const squareOf = (at: number) => Math.min(along - 1, Math.max(0, Math.floor((at * along) / side)));
  const squares = Array.from({ length: along * along }, (): number[] => []);
  for (let node = 0; node < nodes; node++) {
    for (let row = squareOf(y[node] - radius); row <= squareOf(y[node] + radius); row++) {
      for (let column = squareOf(x[node] - radius); column <= squareOf(x[node] + radius); column++) {
        squares[row * along + column].push(node);
      }
    }
  }
  return (atX, atY) => {
    let least = Number.POSITIVE_INFINITY;
    let nearest = -1;
    for (const node of squares[squareOf(atY) * along + squareOf(atX)]) {
      const square = (x[node] - atX) * (x[node] - atX) + (y[node] - atY) * (y[node] - atY);
      if (square >= least) continue;
      least = square;
      nearest = node;
    }
    return nearest;
  };
}

/** The patch as a column of exported tables. */
export const patchColumn: PlaceColumn<PatchesSceneParts> = {
  name: 'patch',
  unit: '',
  description: 'Number of the patch, from 0',
  from: ({ habitat }) => patchAt(layNetwork(habitat)),
};
