import { expect, it } from 'vitest';
import hawkDove from '../../../scenes/hawk-dove.json';
import valley from '../../../scenes/three-models.json';
import { parseScene } from '../../../src/scene/parse.ts';
import { createSimulation } from '../../../src/simulation/create.ts';
import { probesOf } from '../../../src/simulation/probes-of.ts';

/** The probe of strategies at work in a world, if it has something to measure there. */
function started(json: unknown) {
  const world = createSimulation(parseScene(json, 'scene'), '7');
  const probe = probesOf(world).find(({ id }) => id === 'strategies');
  return { world, sampler: probe?.start(world) };
}

it('measures how often hawk is played: the mean over the living of the logistic of their locus', () => {
  const { world, sampler } = started(hawkDove);
  world.step(10);
  const [population] = world.populations;
  const genomes = population.table.f32('genome');
  let sum = 0;
  for (let row = 0; row < population.count; row++) sum += 1 / (1 + Math.exp(-genomes[row * population.layout.stride]));
  const hash = world.hash();
  const [hawk, dove] = sampler?.sample(world) ?? [];
  expect(sampler?.columns.map(({ name }) => name)).toEqual(['players.share.hawk', 'players.share.dove']);
  expect(hawk).toBeCloseTo(sum / population.count, 12);
  expect(hawk + dove).toBeCloseTo(1, 12);
  expect(world.hash()).toBe(hash);
  world.dispose();
});

it('has a column for each strategy of a game, and nothing to measure elsewhere', () => {
  const { world, sampler } = started({ ...hawkDove, habitat: { kind: 'landscape', form: 'rock-paper-scissors' } });
  const shares = sampler?.sample(world) ?? [];
  expect(sampler?.columns.map(({ name }) => name.split('.').at(-1))).toEqual(['rock', 'paper', 'scissors']);
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  world.dispose();
  const other = started(valley);
  expect(other.sampler).toBeUndefined();
  other.world.dispose();
});
