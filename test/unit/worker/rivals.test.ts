import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CladeTracker } from '../../../src/analysis/assay/clade-tracker.ts';
import { replayRivals } from '../../../src/analysis/rivals/replay-rivals.ts';
import { faredOf, shortRivals } from '../../../src/experiment/describe-rivals.ts';
import { simulationFromSnapshot } from '../../../src/simulation/create.ts';
import { Session } from '../../../src/worker/session.ts';

const meadow = JSON.parse(readFileSync(new URL('../../../scenes/meadow.json', import.meta.url), 'utf8'));
const scene = {
  ...meadow,
  habitat: { ...meadow.habitat, width: 256, height: 256 },
  populations: { foragers: { ...meadow.populations.foragers, founders: 400 } },
};

test('the past of the page is made again bit for bit, with its changes, and two of its clades are compared', () => {
  const session = new Session();
  session.run.load({ scene, file: 'meadow', seed: '7', changes: [] });
  session.transport.step(100);
  expect(() => session.rivals.start('foragers')).toThrow('no snapshot of 200 ticks ago or earlier is kept on this line');
  session.transport.step(500);
  session.parameters.set('populations.foragers.mechanisms.mutation.rate', 0.3);
  session.transport.step(900);
  const replay = session.rivals.start('foragers');
  expect(replay.changes.map(({ at, value }) => [at, value])).toEqual([[600, 0.3]]);
  const twin = simulationFromSnapshot(replay.snapshot);
  for (const { at, path, value } of replay.changes) twin.schedule(at, path, value);
  const tracker = new CladeTracker(twin, twin.populations[0]);
  twin.observe(tracker);
  twin.step(replay.to - twin.tick);
  const clades = tracker.clades();
  expect(twin.hash()).toBe(session.run.hash());
  const ids = [...twin.populations[0].table.f64('id').slice(0, twin.populations[0].count).sort()];
  twin.dispose();
  const found = replayRivals(replay);
  expect(found.to).toBe(1500);
  expect(found.from).toBe(750);
  expect(found.winner.after / found.winner.before).toBeGreaterThan(found.loser.after / found.loser.before);
  expect(shortRivals(found)).toMatch(/^Ticks 750 to 1500\. clade \d+: \d+ to \d+; clade \d+: \d+ to \d+\. Growth differs by /);
  expect(shortRivals(found).split(' ').length).toBeLessThanOrEqual(25);
  expect(found.asked).toBeUndefined();
  // Given an organism, its clade is the winner or the loser, by what became of it.
  for (const side of ['winner', 'loser'] as const) {
    const [member] = ids.filter((_, k) => clades[k] === found[side].id);
    if (member === undefined) continue;
    const given = replayRivals({ ...replay, members: [member] });
    expect(given[side]).toEqual(found[side]);
    expect(given.asked).toBe(side);
    expect(faredOf(given)).toBe(given.chance.percentile < 0.975 ? 'undecided' : side === 'winner' ? 'won' : 'lost');
  }
  expect(() => replayRivals({ ...replay, members: [-5] })).toThrow('nothing that lived at tick 750 is an ancestor of it');
  expect(session.rivals.start('foragers', { species: 0 }).members.length).toBeGreaterThan(0);
  expect(session.rivals.start('foragers', { organism: ids[0] }).members).toEqual([ids[0]]);
  expect(session.rivals.problem('foragers', { organism: ids[0] })).toBe('');
  expect(session.rivals.problem('foragers', { organism: 1e9 })).toBe('organism 1000000000 is dead; pick one that lives');
  expect(() => session.rivals.start('foragers', { species: 99 })).toThrow(
    'species 99 has no living organisms; choose one that lives',
  );
});
