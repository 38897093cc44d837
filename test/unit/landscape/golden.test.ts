import { expect, it } from 'vitest';
import { hashBytes } from '../../../src/math/hash.ts';
import { cases, makeMet, nameOf, points } from './cases.ts';

/** Log fitness and gradient at 100 points: what every engine must give to the bit. A change here changes every run. */
const pinned: Readonly<Record<string, string>> = {
  'linear 1 {}': '8e3415cd83b3d5e1',
  'linear 7 {"slope":3,"direction":"random"}': '16ec948113389aae',
  'bowl 1 {"width":0.3,"centre":2}': '281cdad9a0a294c6',
  'bowl 100 {"width":5}': 'a07a27b961e79582',
  'valley 1 {"width":2,"condition":30}': '3866d6faa861e3db',
  'valley 2 {}': 'c59fb0d9476f7670',
  'valley 19 {"width":3,"condition":10000,"centre":-1}': '7831256fa9dff55e',
  'peaks 1 {"peaks":3,"width":0.5}': '1f08d1617a9ee05d',
  'peaks 12 {"peaks":9,"drop":2}': 'e05ff97419c25ccb',
  'rugged 1 {"partners":0}': '8b4d34ab65825c91',
  'rugged 5 {"partners":4,"neighbours":"adjacent","strength":2}': 'f75f50d1e6246226',
  'rugged 40 {"partners":3,"width":0.7}': '67ba689827578000',
  'moving 3 {"path":"line"}': 'a261e5e5b0f946a7',
  'moving 4 {"path":"circle","width":2}': '53f42d67df732b8b',
  'moving 5 {"path":"walk","speed":0.3}': '083f541b61d10fab',
  'moving 4 {"path":"walk","condition":30}': 'a9592d3a76dc88b8',
  'iris 11 {"hidden":1}': 'a95cf5159fa69813',
  'iris 35 {"strength":3}': '643c487b994080bd',
  'regression 4 {}': 'bed7ff4ef9a0bf9b',
  'regression 9 {"rows":20,"residual":2}': '5000ac1135cee805',
  'competition 1 {}': '1ebfd2f8f69051b3',
  'competition 1 {"capacity":2,"competition":3,"growth":0.3}': 'cb47271428dfc1ac',
  'competition 2 {"growth":3}': 'd695428ddcd9e088',
  'competition 3 {"competition":0.7}': 'd169ce8a643d1b2f',
  // One locus: the same as competition to the bit.
  'needle 3 {}': 'ac5267d87e8ca43e',
  'polygenic 1 {}': '1ebfd2f8f69051b3',
  'polygenic 12 {"competition":0.7,"growth":0.5}': '9e73dcfbd84913bb',
  'hawk-dove 1 {}': 'b20713027b84bb9f',
  'rock-paper-scissors 3 {"win":2}': 'adf1c01d681af60c',
  'game 1 {}': '36009f7608d1b789',
  'game 4 {"base":5,"payoffs":[[1,2,3,4],[0,-1,5,2],[2,2,0,1],[7,0,0,1]]}': 'ce4f1358ae117c60',
};

it.each(cases.map((one) => [nameOf(one), one] as const))('%s is pinned to the bit', (name, one) => {
  const { dimensions } = one;
  const landscape = makeMet(one);
  const places = points(one, 100, 'golden');
  const values = new Float64Array(100 * (dimensions + 1));
  for (let i = 0; i < 100; i++) {
    values[i * (dimensions + 1)] = landscape.logFitness(places, i * dimensions);
    landscape.gradient(places, i * dimensions, values, i * (dimensions + 1) + 1);
  }
  expect(values.every(Number.isFinite)).toBe(true);
  const digest = hashBytes(new Uint8Array(values.buffer)).map((word) => word.toString(16).padStart(8, '0'));
  expect(digest.join('')).toBe(pinned[name]);
});
