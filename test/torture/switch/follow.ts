import assert from 'node:assert/strict';
import { LifeRecord } from '../../../src/record/life-record.ts';
import { SceneError } from '../../../src/scene/error.ts';
import type { Scene } from '../../../src/scene/schema.ts';
import { createSimulation, simulationFromSnapshot } from '../../../src/simulation/create.ts';
import type { Simulation } from '../../../src/simulation/types.ts';
import { actOf } from '../../fixtures/touch.ts';
import { checkFinite, checkGuards } from '../check-world.ts';
import type { Turn } from './turns.ts';

export interface FollowOptions {
  readonly ticks: number;
  /** Looks at the world after every tick. */
  readonly look?: (simulation: Simulation) => void;
}

/**
 * Makes turns on the way of a world and looks after every tick: heads are counted, numbers are finite, the record follows. From the
 * middle on a world from a snapshot and a fork go beside it in step; at the end the same way is gone again after `restore`, and a
 * replay of all changes ends in the same state.
 * @throws {Error} what does not hold
 */
export function follow(scene: Scene, turns: readonly Turn[], { ticks, look }: FollowOptions): void {
  const worlds: Simulation[] = [];
  const keep = <T extends Simulation>(world: T): T => {
    worlds.push(world);
    return world;
  };
  const simulation = keep(createSimulation(scene, 'switches'));
  const record = new LifeRecord(simulation);
  const stop = simulation.observe(record);
  try {
    const middle = Math.floor(ticks / 2);
    let taken: ArrayBuffer | undefined;
    const beside: Simulation[] = [];
    for (let tick = 0; tick < ticks && simulation.status === 'running'; tick++) {
      if (tick === middle) {
        taken = simulation.snapshot();
        beside.push(keep(simulationFromSnapshot(taken)), keep(simulation.fork()));
      }
      for (const turn of turns) if (turn.at === tick) for (const world of [simulation, ...beside]) makeTurn(world, turn);
      const before = simulation.populations.map(({ count }) => count);
      for (const world of [simulation, ...beside]) world.step();
      for (const [p, population] of simulation.populations.entries()) {
        const expected = before[p] + simulation.births(population).count - simulation.deaths(population).count;
        assert.equal(population.count, expected, `heads of ${population.name} after tick ${tick}`);
      }
      for (const world of beside) assert.equal(world.hash(), simulation.hash(), `hash beside, after tick ${tick}`);
      checkFinite(simulation);
      if (tick % 3 === 0 || tick === ticks - 1) checkRecord(simulation, record);
      look?.(simulation);
    }
    for (const world of worlds) checkGuards(world);
    const [again] = beside;
    if (taken) {
      again.restore(taken);
      for (let tick = middle; tick < ticks && again.status === 'running'; tick++) {
        for (const turn of turns) if (turn.at === tick) makeTurn(again, turn);
        again.step();
      }
      assert.equal(again.hash(), simulation.hash(), 'hash after restore');
    }
    const replay = keep(createSimulation(scene, 'switches'));
    for (const { at, path, value } of simulation.changes) replay.schedule(at, path, value);
    replay.step(simulation.tick);
    replay.makeDueChanges();
    assert.equal(replay.hash(), simulation.hash(), 'hash of the replay');
  } finally {
    stop();
    record.dispose();
    for (const world of worlds) world.dispose();
  }
}

/** Makes a turn; what cannot be done in this world is refused in words and changes nothing. */
export function makeTurn(simulation: Simulation, turn: Turn): void {
  const change = 'kind' in turn ? actOf(simulation, turn) : ([turn.path, turn.value] as const);
  if (!change) return;
  try {
    simulation.set(...change);
  } catch (error) {
    if (!(error instanceof SceneError)) throw error;
  }
}

/** What lives the record knows as living, with the genome that it has. */
function checkRecord({ populations }: Simulation, record: LifeRecord): void {
  for (const population of populations) {
    const ids = population.table.f64('id').slice(0, population.count);
    const genomes = record.genomesOf(ids);
    for (const [k, id] of ids.entries()) {
      if (record.individual(id)?.deathTick !== null) assert.fail(`${id} of ${population.name} lives and is dead in the record`);
      if (k % 7 !== 0) continue;
      const own = population.genomeOf(population.rowOf(id));
      const kept = genomes[k];
      if (kept?.length !== own.length || kept.some((value, i) => !Object.is(value, own[i]))) {
        assert.fail(`the record has another genome of ${id} of ${population.name}`);
      }
    }
  }
}
