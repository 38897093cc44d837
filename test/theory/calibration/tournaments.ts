// Tournaments with planted margins; noise whose size differs between pairs, as that of lopsided contests does.
import { judgeTournament, type TournamentResult } from '../../../src/analysis/tournament/tournament.ts';
import { namedStream } from '../../../src/math/streams.ts';
import { all, type Calibration, within } from './row.ts';

/** What the page asks for, and what the command does. */
const sizes = [
  { players: 5, replicates: 4 },
  { players: 6, replicates: 6 },
  { players: 4, replicates: 2 },
];

/** Planted margins of a size with a share of circles: ratings that rise, and rock, paper, scissors made orthogonal to ratings. */
export function plantedMargins(players: number, share: number, size: number): (i: number, j: number) => number {
  const at = (of: (i: number, j: number) => number) => {
    const entries = Array.from({ length: players }, (_, i) =>
      Array.from({ length: players }, (__, j) => (i === j ? 0 : of(i, j))),
    );
    return entries;
  };
  const scaled = (entries: readonly (readonly number[])[]) => {
    const norm = Math.sqrt(entries.flat().reduce((sum, value) => sum + value * value, 0) / 2);
    return entries.map((row) => row.map((value) => value / norm));
  };
  const rise = scaled(at((i, j) => i - j));
  const raw = at((i, j) => (i > j ? 1 : -1) * ((i - j) % 2 === 0 ? -1 : 1));
  const ratings = raw.map((row) => row.reduce((sum, value) => sum + value / players, 0));
  const circle = scaled(raw.map((row, i) => row.map((value, j) => (i === j ? 0 : value - (ratings[i] - ratings[j])))));
  return (i, j) => size * (Math.sqrt(1 - share) * rise[i][j] + Math.sqrt(share) * circle[i][j]);
}

function held(index: number, name: string, share: number, size: number): { result: TournamentResult; rating: number } {
  const { players, replicates } = sizes[index % sizes.length];
  const stream = namedStream(String(index), name);
  const margin = plantedMargins(players, share, size);
  const lists = Array.from({ length: players }, (_, i) =>
    Array.from({ length: i }, (__, j) => {
      const noise = 0.6 + 0.2 * ((i + j) % 5);
      return Array.from({ length: replicates }, () => margin(i, j) + noise * stream.normal());
    }),
  ).flat();
  const rating = Array.from({ length: players }, (_, j) => (j === 0 ? 0 : margin(0, j))).reduce((sum, value) => sum + value, 0);
  return { result: judgeTournament(players, lists), rating: rating / players };
}

const shareRow = (name: string, share: number, size: number): Calibration => ({
  name,
  world: `4 to 6 players, 2 to 6 replicates; a share of circles of ${share}, margins of norm ${size} beside noise of about 1`,
  // Shares of 0 and 1 lie on a boundary.
  ...(share === 0 || share === 1 ? { over: true as const } : {}),
  trials: { few: 100, many: 3000 },
  trial(index) {
    const { correctedLow, correctedHigh } = held(index, name, share, size).result;
    return all([within(correctedLow, share, correctedHigh)]);
  },
});

export const transitive = shareRow('cyclic share, planted order', 0, 4);
export const circular = shareRow('cyclic share, planted circles', 1, 4);
export const mixed = shareRow('cyclic share, planted mixture', 0.3, 8);
export const weak = shareRow('cyclic share, weak mixture', 0.5, 2.5);

export const noiseShare: Calibration = {
  name: 'cyclic share, pure noise',
  world: 'the same without any margin: the interval leaves out neither 0 nor 1',
  over: true,
  trials: { few: 100, many: 3000 },
  trial(index) {
    const { correctedLow, correctedHigh } = held(index, 'noise', 0, 0).result;
    return all([correctedLow === 0 && correctedHigh === 1]);
  },
};

export const noiseP: Calibration = {
  name: 'p of a tournament of noise',
  world: 'the same without any margin: p of 0.05 or more',
  trials: { few: 100, many: 3000 },
  trial: (index) => all([held(index, 'noise p', 0, 0).result.noiseP >= 0.05]),
};

export const ratings: Calibration = {
  name: 'ratings of a tournament',
  world: 'the planted order: rating of the first',
  trials: { few: 100, many: 3000 },
  trial(index) {
    const { result, rating } = held(index, 'ratings', 0, 4);
    return all([within(result.ratingLow[0], rating, result.ratingHigh[0])]);
  },
};
