import scene from '../scenes/meadow.json';
import { performAssayFork } from '../src/analysis/assay/perform-assay-fork.ts';
import { planeHabitat } from '../src/habitat/plane/plane-habitat.ts';
import { mechanisms } from '../src/mechanisms/index.ts';
import { SceneError } from '../src/scene/error.ts';
import { parseScene } from '../src/scene/parse.ts';
import { applyChanges } from '../src/scene/set-path.ts';
import { createSimulation } from '../src/simulation/create.ts';
import type { Simulation } from '../src/simulation/types.ts';

/** Ticks that are timed, and blocks of them of which the fastest counts. */
const ticks = 40;
const blocks = 3;
const population = 'foragers';
const ofPlane = mechanisms.of(planeHabitat.gives);

/** The meadow at tick 600, diploid, with loci for everything. */
function world(): Simulation {
  const settings = {
    [`populations.${population}.genome.ploidy`]: 2,
    [`populations.${population}.genome.carries`]: ofPlane.optionalTraits().map(({ id }) => id),
    [`populations.${population}.genome.transposons.sites`]: 32,
    [`populations.${population}.genome.transposons.copies`]: 2,
  };
  const changes = Object.entries(settings).map(([path, value]) => ({ path, value }));
  const simulation = createSimulation(applyChanges(parseScene(scene, 'meadow'), changes, { atStart: true }), 'bench');
  simulation.step(600);
  return simulation;
}

/** What each mechanism costs an organism in a tick, with sexual reproduction on where it needs pairs. */
export function benchMechanisms(): void {
  const base = world();
  for (const { id, modifyGamete, modifyChild, atBirth, mateAttraction } of ofPlane.all()) {
    const fork = base.fork();
    try {
      const pairs = [modifyGamete, modifyChild, atBirth, mateAttraction].some((step) => step !== undefined);
      if (pairs) fork.set(`populations.${population}.mechanisms.sexual-reproduction.on`, true);
      fork.set(`populations.${population}.mechanisms.${id}.on`, true);
    } catch (error) {
      if (!(error instanceof SceneError)) throw error;
      fork.dispose();
      continue;
    }
    fork.step(20);
    let best = Number.POSITIVE_INFINITY;
    let share = 0;
    for (let block = 0; block < blocks; block++) {
      const start = performance.now();
      const times = fork.profile(() => performance.now());
      let organismTicks = 0;
      for (let tick = 0; tick < ticks; tick++) {
        organismTicks += fork.populations[0].count;
        fork.step();
      }
      // Attraction is asked for by the mechanism that chooses mates.
      const own = (times.get(id) ?? 0) + (mateAttraction ? (times.get('sexual-reproduction') ?? 0) : 0);
      if ((1e6 * own) / organismTicks < best) {
        best = (1e6 * own) / organismTicks;
        share = own / (performance.now() - start);
      }
    }
    fork.dispose();
    const what = mateAttraction ? `${id}, with pairing` : id;
    console.log(`  ${what}`.padEnd(46), `${best.toFixed(1)} ns an organism-tick, ${(100 * share).toFixed(1)} % of the tick`);
  }
  benchOff(base);
  base.dispose();
  benchAssay();
}

/** What mechanisms cost that were switched on and off again, beside the same world in which they never were. */
function benchOff(base: Simulation): void {
  const never = base.fork();
  const after = base.fork();
  const path = (id: string) => `populations.${population}.mechanisms.${id}.on`;
  for (const { id } of ofPlane.all()) never.set(path(id), false);
  for (const { id } of ofPlane.all()) {
    try {
      after.set(path(id), true);
    } catch (error) {
      if (!(error instanceof SceneError)) throw error;
    }
    after.set(path(id), false);
  }
  const best = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let own = 0;
  for (let block = 0; block < 4 * blocks; block++) {
    for (const [k, simulation] of [never, after].entries()) {
      const times = simulation.profile(() => performance.now());
      const start = performance.now();
      let organismTicks = 0;
      for (let tick = 0; tick < ticks; tick++) {
        organismTicks += simulation.populations[0].count;
        simulation.step();
      }
      best[k] = Math.min(best[k], (1e6 * (performance.now() - start)) / organismTicks);
      for (const { id } of ofPlane.all()) own += times.get(id) ?? 0;
    }
  }
  if (never.hash() !== after.hash()) throw new Error('mechanisms that are off have changed the world');
  console.log(
    '  all on and off again'.padEnd(46),
    `${best[1].toFixed(1)} ns an organism-tick beside ${best[0].toFixed(1)} where they never were: ${(best[1] / best[0]).toFixed(3)} times; ${own.toFixed(3)} ms in their own steps`,
  );
  never.dispose();
  after.dispose();
}

/** What a fork of an assay costs against as many ticks without anything around them. */
function benchAssay(): void {
  const simulation = createSimulation(parseScene(scene, 'meadow'), 'bench');
  simulation.step(6000);
  const [{ table, count }] = simulation.populations;
  const clades = table.f64('id').slice(0, count).sort();
  const snapshot = simulation.snapshot();
  const horizon = 400;
  let [bare, assay] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < blocks; round++) {
    const fork = simulation.fork({ seed: `bare ${round}` });
    let start = performance.now();
    let organismTicks = 0;
    for (let tick = 0; tick < horizon; tick++) {
      organismTicks += fork.populations[0].count;
      fork.step();
    }
    bare = Math.min(bare, (1e6 * (performance.now() - start)) / organismTicks);
    fork.dispose();
    start = performance.now();
    const { organisms, living } = performAssayFork(snapshot, {
      population,
      ticks: horizon,
      size: 1,
      kind: 'perturbed',
      seed: `assay ${round}`,
      clades,
    });
    // Numbers go about evenly from the first to the last.
    assay = Math.min(assay, (1e6 * (performance.now() - start)) / ((horizon * (organisms + living)) / 2));
  }
  simulation.dispose();
  console.log(
    `assay, ${count} organisms for ${horizon} ticks`.padEnd(46),
    `${assay.toFixed(0)} ns an organism-tick beside ${bare.toFixed(0)} of the simulation alone: ${(assay / bare).toFixed(2)} times`,
  );
}
