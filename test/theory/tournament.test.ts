import { describe, expect, it } from 'vitest';
import { judgeTournament, type TournamentResult } from '../../src/analysis/tournament/tournament.ts';
import { tournamentSentences } from '../../src/experiment/describe-tournament.ts';
import { namedStream } from '../../src/math/streams.ts';

/** Tournaments with planted margins of i against j and normal noise in each replicate. */
function held(
  margin: (i: number, j: number) => number,
  noise: number,
  seed: string,
  players = 5,
  replicates = 4,
): TournamentResult {
  const stream = namedStream(seed, 'tournaments');
  const lists = Array.from({ length: players }, (_, i) =>
    Array.from({ length: i }, (__, j) => Array.from({ length: replicates }, () => margin(i, j) + noise * stream.normal())),
  );
  return judgeTournament(players, lists.flat());
}

/** A planted share of circles: ratings that rise and rock, paper, scissors among all. */
function mixture(players: number, share: number, size: number) {
  const raw = (of: (i: number, j: number) => number) => {
    let square = 0;
    for (let i = 0; i < players; i++) for (let j = 0; j < i; j++) square += of(i, j) ** 2;
    return (i: number, j: number) => of(i, j) / Math.sqrt(square);
  };
  const rise = raw((i, j) => i - j);
  const circle = raw((i, j) => ((i - j) % 2 === 1 ? 1 : -1));
  return (i: number, j: number) => size * (Math.sqrt(1 - share) * rise(i, j) + Math.sqrt(share) * circle(i, j));
}

const many = 200;
const most = (rate: number) => rate * many + 4 * Math.sqrt(rate * (1 - rate) * many);

describe('a tournament', () => {
  it('of pure noise has no share, and an interval that leaves neither end out but rarely', () => {
    const results = Array.from({ length: many }, (_, k) => held(() => 0, 1, `noise ${k}`));
    expect(results.filter(({ correctedShare }) => !Number.isNaN(correctedShare)).length).toBeLessThan(most(0.05));
    expect(results.filter(({ correctedLow }) => correctedLow > 0).length).toBeLessThan(most(0.025));
    expect(results.filter(({ correctedHigh }) => correctedHigh < 1).length).toBeLessThan(most(0.025));
    expect(results.filter(({ noiseP }) => noiseP < 0.05).length).toBeLessThan(most(0.05));
  });

  it.each([0, 0.2, 1])(
    'with a planted share of circles of %f has an interval that holds it, above 0 only where it is',
    (share) => {
      const margin = mixture(5, share, 6);
      const results = Array.from({ length: many }, (_, k) => held(margin, 1, `planted ${share} ${k}`));
      const missed = results.filter(({ correctedLow, correctedHigh }) => !(correctedLow <= share && share <= correctedHigh));
      expect(missed.length).toBeLessThan(most(0.05));
      for (const { correctedShare, correctedLow, correctedHigh } of results) {
        if (Number.isNaN(correctedShare)) continue;
        expect(correctedShare).toBeGreaterThanOrEqual(correctedLow - 1e-3);
        expect(correctedShare).toBeLessThanOrEqual(correctedHigh + 1e-3);
      }
    },
  );

  it('has ratings whose intervals hold them', () => {
    let missed = 0;
    for (let k = 0; k < many; k++) {
      const { ratingLow, ratingHigh } = held((i, j) => i - j, 1, `ratings ${k}`);
      if (!(ratingLow[1] <= -1 && -1 <= ratingHigh[1])) missed++;
    }
    expect(missed).toBeLessThan(most(0.05));
    expect(missed).toBeGreaterThan(0);
  });

  it('of one replicate says that it does not know its noise, and one of noise asks for more', () => {
    const players = [0, 1, 2, 3, 4].map((tick) => ({ fossil: tick, organism: tick, tick }));
    const tell = (result: TournamentResult) =>
      tournamentSentences({ population: 'x', ticks: 1, replicates: 1, players, result })[1];
    const one = held((i, j) => i - j, 1, 'one', 5, 1);
    expect([one.correctedLow, one.ratingLow[0], one.noiseP]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(tell(one)).toContain('one replicate');
    expect(tell(held(() => 0, 1, 'noise 1'))).toContain('noise alone may have produced these margins');
    expect(tell(held((i, j) => i - j, 0.1, 'clear'))).toMatch(
      /^cyclic share without noise 0\.\d % \(95 % interval 0\.0 % to \d\.\d %\)$/,
    );
    expect(() => judgeTournament(3, [[1], [1, 2], [1]])).toThrow('as many margins');
  });
});
