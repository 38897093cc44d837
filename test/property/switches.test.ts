import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { allMechanisms } from '../../src/mechanisms/index.ts';
import { furtherTraitIds } from '../../src/population/further-traits.ts';
import { LifeRecord } from '../../src/record/life-record.ts';
import { SceneError } from '../../src/scene/error.ts';
import { parseScene } from '../../src/scene/parse.ts';
import type { Scene } from '../../src/scene/schema.ts';
import { createSimulation, simulationFromSnapshot } from '../../src/simulation/create.ts';
import type { Simulation } from '../../src/simulation/types.ts';
import type { WorldSimulation } from '../../src/simulation/world-simulation.ts';
import { actOf } from '../fixtures/touch.ts';
import { touchesOf } from '../fixtures/touches.ts';

const open: { dispose(): void }[] = [];
const keep = <T extends { dispose(): void }>(made: T): T => {
  open.push(made);
  return made;
};
const closeAll = () => {
  for (const one of open.splice(0)) one.dispose();
};
afterEach(closeAll);

/** PROPERTY_FACTOR=20 searches twenty times as long as a test run has time for. */
const factor = Number(process.env.PROPERTY_FACTOR ?? 1);
const runs = (numRuns: number) => ({ numRuns: factor * numRuns, seed: 2026 });

/** Genomes with a locus for everything that any mechanism reads. */
const genome = { carries: [...furtherTraitIds], transposons: { sites: 8, copies: 2 } };

/** Mechanisms that act often, so that a few ticks show what they do. */
const often = {
  'segregation-distortion': { transmission: 0.9, cost: 0.5 },
  transfer: { rate: 0.2 },
  transposons: { insertion: 0.5, excision: 0.2 },
  imitation: { attention: 0.5 },
  migration: { rate: 0.2 },
  payoffs: { encounters: 0.5, energy: 0 },
  'mate-choice': { displayCost: 0, choiceCost: 0 },
  'sexual-reproduction': { reach: 30 },
  mutation: { deviation: 0.3, rate: 0.5, evolvable: true },
};

/** Two populations, one haploid and one diploid, whose members are soon ready for offspring. */
const plane = (energy: Record<string, number>, habitat: Record<string, unknown>, life: Record<string, number>) =>
  parseScene(
    {
      version: 1,
      name: 'switches',
      title: 'Switches',
      habitat: { kind: 'plane', width: 64, height: 64, ...habitat },
      populations: Object.fromEntries(
        [1, 2].map((ploidy) => [
          ploidy === 1 ? 'haploids' : 'diploids',
          {
            founders: 24,
            capacity: 60,
            senses: ['grass', 'neighbours', 'energy', 'cue'],
            policy: { hidden: 3 },
            genome: { ...genome, ploidy },
            energy: { founder: 7, ...energy },
            life: { maturity: 2, ...life },
            mechanisms: often,
          },
        ]),
      ),
    },
    'test',
  );

const landscape = (ploidy: 1 | 2) =>
  parseScene(
    {
      version: 1,
      name: 'switches',
      title: 'Switches',
      habitat: { kind: 'landscape', form: 'bowl', dimensions: 3, model: 'wright-fisher', encounters: 3 },
      populations: {
        line: {
          founders: 24,
          start: { deviation: 1 },
          genome: {
            ploidy,
            carries: ['mutation.scale', 'marker.1', 'marker.2', 'marker.3', 'learning.rate', 'display', 'preference'],
            transposons: { sites: 8, copies: 2 },
          },
          mechanisms: { transfer: { rate: 0.2 }, migration: { rate: 0.2, demes: 4 }, mutation: { deviation: 0.1, rate: 0.5 } },
        },
      },
    },
    'test',
  );

interface Switch {
  readonly at: number;
  readonly population: string;
  readonly mechanism: string;
  readonly on: boolean;
}

const ticks = 10;

/** Any switches of any mechanisms of a scene, at any ticks. */
const switchesOf = (scene: Scene): fc.Arbitrary<Switch[]> => {
  const ids = allMechanisms(scene.habitat.kind).map(({ id }) => id);
  return fc.array(
    fc.record({
      at: fc.integer({ min: 0, max: ticks - 1 }),
      population: fc.constantFrom(...Object.keys(scene.populations)),
      mechanism: fc.constantFrom(...ids),
      on: fc.oneof({ arbitrary: fc.constant(true), weight: 3 }, { arbitrary: fc.constant(false), weight: 1 }),
    }),
    { minLength: 1, maxLength: 16 },
  );
};

/** Makes a switch; what has no room for it is refused in words and changes nothing. */
function turn(simulation: Simulation, { population, mechanism, on }: Switch): void {
  try {
    simulation.set(`populations.${population}.mechanisms.${mechanism}.on`, on);
  } catch (error) {
    if (!(error instanceof SceneError)) throw error;
  }
}

function expectFinite({ populations, tick }: Simulation): void {
  for (const { table, name } of populations) {
    for (const { name: column, type } of table.state) {
      if (type !== 'f32') continue;
      const values = table.f32(column).subarray(0, table.count * table.stride(column));
      for (const value of values) if (!Number.isFinite(value)) throw new Error(`${name}.${column} holds ${value} after ${tick}`);
    }
  }
}

/** Energy in reserves and bodies of all who live. */
function energyOf({ populations }: Simulation): number {
  let sum = 0;
  for (const { table } of populations) {
    for (let row = 0; row < table.count; row++) sum += table.f32('energy')[row] + table.f32('body')[row];
  }
  return sum;
}

/** Makes the switches on the way and looks after every tick; from the middle on a world from a snapshot goes beside it. */
function follow(scene: Scene, switches: readonly Switch[], look: (simulation: Simulation, before: number[]) => void): void {
  try {
    const simulation = keep(createSimulation(scene, 'switches'));
    let twin: Simulation | undefined;
    for (let tick = 0; tick < ticks; tick++) {
      if (tick === ticks / 2) {
        twin = keep(simulationFromSnapshot(simulation.snapshot()));
        expect(twin.hash()).toBe(simulation.hash());
      }
      const worlds = twin ? [simulation, twin] : [simulation];
      for (const one of switches) if (one.at === tick) for (const world of worlds) turn(world, one);
      const before = simulation.populations.map(({ count }) => count);
      for (const world of worlds) world.step();
      for (const [p, population] of simulation.populations.entries()) {
        expect(population.count).toBe(before[p] + simulation.births(population).count - simulation.deaths(population).count);
      }
      if (twin) expect(twin.hash()).toBe(simulation.hash());
      expectFinite(simulation);
      look(simulation, before);
    }
    expect((simulation as WorldSimulation).checkGuards()).toBeUndefined();
  } finally {
    closeAll();
  }
}

const lively = plane({}, { grass: { capacity: 2, cover: 1 } }, { span: 40 });
/** Nobody eats, pays or dies: energy only changes hands. */
const closed = plane(
  { living: 0, moving: 0, swiftness: 0, feeding: 0, biting: 0, body: 1, storage: 8 },
  { grass: { capacity: 0 }, fruit: { capacity: 0 } },
  { accident: 0, span: 100_000 },
);

describe('hands that reach in while mechanisms are switched', () => {
  it('break nothing: the record follows, a snapshot goes on in lockstep, a replay ends in the same (200 sequences)', () => {
    fc.assert(
      fc.property(switchesOf(lively), touchesOf(lively, ticks, 32, 12), (switches, touches) => {
        try {
          const simulation = keep(createSimulation(lively, 'hands'));
          const record = new LifeRecord(simulation);
          const stop = simulation.observe(record);
          let twin: Simulation | undefined;
          for (let tick = 0; tick < ticks; tick++) {
            if (tick === ticks / 2) twin = keep(simulationFromSnapshot(simulation.snapshot()));
            const worlds = twin ? [simulation, twin] : [simulation];
            for (const one of switches) if (one.at === tick) for (const world of worlds) turn(world, one);
            for (const touch of touches) {
              const act = touch.at === tick ? actOf(simulation, touch) : undefined;
              if (!act) continue;
              try {
                for (const world of worlds) world.set(...act);
              } catch (error) {
                // A barrier, or no room: in both worlds alike.
                if (!(error instanceof SceneError)) throw error;
              }
            }
            for (const world of worlds) world.step();
            if (twin) expect(twin.hash()).toBe(simulation.hash());
            expectFinite(simulation);
            for (const population of simulation.populations) {
              const ids = population.table.f64('id').slice(0, population.count);
              const genomes = record.genomesOf(ids);
              for (const [k, id] of ids.entries()) {
                expect(record.individual(id)?.deathTick).toBeNull();
                if (k % 7 === 0) expect([...(genomes[k] ?? [])]).toEqual([...population.genomeOf(population.rowOf(id))]);
              }
            }
          }
          const again = keep(createSimulation(lively, 'hands'));
          for (const { at, path, value } of simulation.changes) again.schedule(at, path, value);
          again.step(simulation.tick);
          expect(again.hash()).toBe(simulation.hash());
          stop();
          record.dispose();
        } finally {
          closeAll();
        }
      }),
      runs(200),
    );
  });
});

describe('mechanisms switched on and off in any order', () => {
  it('in a plane: nothing breaks, heads are counted, a snapshot goes on in lockstep (500 sequences)', () => {
    fc.assert(
      fc.property(switchesOf(lively), (switches) => follow(lively, switches, () => {})),
      runs(500),
    );
  });

  it('where nobody eats, pays or dies no energy is made or lost (200 sequences)', () => {
    fc.assert(
      fc.property(switchesOf(closed), (switches) => {
        let former: number | undefined;
        follow(closed, switches, (simulation) => {
          const now = energyOf(simulation);
          // A float32 reserve of 8 is known to 2^-21; each organism takes a few roundings in a tick.
          if (former !== undefined) expect(Math.abs(now - former)).toBeLessThan(120 * 16 * 2 ** -21);
          former = now;
        });
      }),
      runs(200),
    );
  });

  it.each([1, 2] as const)('on a landscape: the same (150 sequences, ploidy %i)', (ploidy) => {
    const scene = landscape(ploidy);
    fc.assert(
      fc.property(switchesOf(scene), (switches) => follow(scene, switches, () => {})),
      runs(150),
    );
  });

  it('what was switched on and off again before anything happened leaves no trace', () => {
    for (const scene of [lively, landscape(1), landscape(2)]) {
      const [untouched, touched] = [createSimulation(scene, 'trace'), createSimulation(scene, 'trace')].map(keep);
      for (let tick = 0; tick < ticks; tick++) {
        for (const population of Object.keys(scene.populations)) {
          for (const { id } of allMechanisms(scene.habitat.kind)) {
            for (const on of [true, false]) turn(touched, { at: tick, population, mechanism: id, on });
          }
        }
        for (const world of [untouched, touched]) world.step();
        expect(touched.hash()).toBe(untouched.hash());
      }
    }
  });
});
