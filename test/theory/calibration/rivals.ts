// Two clades in worlds in which all organisms have the same genome: what is true of both is the same.
import json from '../../../scenes/meadow.json';
import { CladeTracker } from '../../../src/analysis/assay/clade-tracker.ts';
import { ChanceWatch } from '../../../src/analysis/rivals/chance-displacement.ts';
import { chooseRivals, rivalsOf } from '../../../src/analysis/rivals/choose-rivals.ts';
import { rivalRates } from '../../../src/analysis/rivals/rival-rates.ts';
import { SubcladeWatch } from '../../../src/analysis/rivals/subclade-watch.ts';
import { namedStream } from '../../../src/math/streams.ts';
import { studentQuantile } from '../../../src/math/student.ts';
import { implantGenomes } from '../../../src/population/implant.ts';
import { rowsById } from '../../../src/population/rows-by-id.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import { applyChanges } from '../../../src/scene/set-path.ts';
import { createSimulation } from '../../../src/simulation/create.ts';
import { withWorld } from '../lab-worlds.ts';
import { followRivals } from '../rivals.ts';
import { all, type Calibration, within } from './row.ts';

const [side, settle, ticks, members] = [256, 400, 1200, 40];

/** A meadow of clones of one founder, some time after the start. */
function clonalMeadow(seed: string) {
  const settings = {
    'habitat.width': side,
    'habitat.height': side,
    'populations.foragers.founders': Math.round(3000 * (side / 768) ** 2),
    'populations.foragers.mechanisms.mutation.on': false,
  };
  const changes = Object.entries(settings).map(([path, value]) => ({ path, value }));
  const simulation = createSimulation(applyChanges(parseScene(json, 'meadow'), changes, { atStart: true }), seed);
  const [population] = simulation.populations;
  // A genome that can live: the first founder's often cannot, so one is taken that has had offspring.
  const scout = simulation.fork();
  scout.step(settle);
  const [few] = scout.populations;
  const best = few.table
    .u32('offspring')
    .subarray(0, few.count)
    .reduce((top, count, row, of) => (count > of[top] ? row : top), 0);
  if (few.count > 0) for (const row of rowsById(population)) implantGenomes(population, [row], few.genomeOf(best));
  scout.dispose();
  simulation.step(settle);
  return simulation;
}

/** Numbers of `size` organisms each that are dealt by chance, 0 and 1; -1 for the rest. */
function dealt(count: number, size: number, seed: string): Float64Array | undefined {
  const stream = namedStream(seed, 'rivals');
  const order = Array.from({ length: count }, (_, k) => k);
  for (let i = count - 1; i > 0; i--) {
    const j = stream.integer(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  if (count < 2 * size) return undefined;
  const labels = new Float64Array(count).fill(-1);
  for (let k = 0; k < 2 * size; k++) labels[order[k]] = k % 2;
  return labels;
}

/** The two largest clades as 0 and 1, in either order; -1 for the rest. */
function largest(clades: Float64Array, index: number): Float64Array | undefined {
  const sizes = new Map<number, number>();
  for (const clade of clades) sizes.set(clade, (sizes.get(clade) ?? 0) + 1);
  const top = [...sizes].sort(([a, one], [b, two]) => two - one || a - b).slice(0, 2);
  if (top.length < 2 || top[1][1] < 8) return undefined;
  const [first, second] = index % 4 === 1 ? [0, 1] : [1, 0];
  return clades.map((clade) => (clade === top[first][0] ? 0 : clade === top[second][0] ? 1 : -1));
}

/** Rates of rivals that were not chosen for how they fared: dealt by chance among each other, or clades, which are kin in one place. */
export const rates: Calibration = {
  name: 'difference of rates of rivals',
  world: `meadows of clones of ${side} by ${side}, ${ticks} ticks, two rivals of ${members} organisms dealt by chance, or the two largest clades of ${ticks} ticks: growth, births, deaths by cause, food, age at first offspring`,
  trials: { few: 4, many: 200 },
  trial(index) {
    const simulation = clonalMeadow(`rivals ${index}`);
    const [population] = simulation.populations;
    const tracker = new CladeTracker(simulation, population);
    const forget = simulation.observe(tracker);
    if (index % 2 === 1) simulation.step(ticks);
    forget();
    const labels = index % 2 === 0 ? dealt(population.count, members, String(index)) : largest(tracker.clades(), index);
    const followed = labels && followRivals(simulation, { labels, ticks, horizon: 1, forks: 0, size: 1, seed: '' });
    simulation.dispose();
    if (!followed) return all([]);
    const found = rivalRates(followed.account, followed.pair, namedStream(String(index), 'rates'));
    return all(found.flatMap(({ difference: { low, high } }) => (Number.isNaN(low) ? [] : [within(low, 0, high)])));
  },
};

const d = 4;

/** How far the clade that rose most displaced the one that fell most, where nothing is selected. */
export const chance: Calibration = {
  name: 'displacement by chance',
  world: `300 clones of ${d} loci without selection, Wright-Fisher, clades of 10 generations, 10 more: the clade whose share rose most against the one whose share fell most`,
  trials: { few: 60, many: 3000 },
  trial(index) {
    const world = { form: 'linear', parameters: { slope: 0 }, dimensions: d, size: 300, sigma: 0.02 };
    return withWorld(world, `chance ${index}`, (simulation) => {
      const [population] = simulation.populations;
      const tracker = new CladeTracker(simulation, population);
      const forget = simulation.observe(tracker);
      simulation.step(10);
      forget();
      const labels = tracker.clades();
      const watch = new SubcladeWatch(simulation, population);
      simulation.observe(watch);
      const chances = new ChanceWatch(simulation, population, `chance ${index}`);
      simulation.step(10);
      const rivals = rivalsOf('clade', labels, watch.close(simulation).after).filter(({ before }) => before >= 8);
      const places = chooseRivals(rivals, { before: labels.length, after: population.count });
      if (!places) return all([]);
      const { percentile } = chances.close(rivals, population.count, places, {});
      return all([within(0.025, percentile, 0.975)]);
    });
  },
};

/** What a planted difference is worth. */
export const worth: Calibration = {
  name: 'worth of a difference of rivals',
  world: `400 clones on a slope in ${d} loci that vary, two rivals of half of them each, 10 pairs of forks of one generation; with Student's quantile for as many pairs less one`,
  trials: { few: 20, many: 1000 },
  trial(index) {
    const slope = 0.6;
    const world = { form: 'linear', parameters: { slope }, dimensions: d, size: 400, sigma: 0.1, start: { deviation: 0.1 } };
    return withWorld(world, `worth ${index}`, (simulation) => {
      const [population] = simulation.populations;
      const labels = Float64Array.from({ length: population.count }, (_, k) => k % 2);
      const genomes = [...rowsById(population)].map((row) => population.genomeOf(row));
      const { worth: found } = followRivals(simulation, {
        labels,
        ticks: 1,
        horizon: 1,
        forks: 20,
        size: 3,
        seed: `worth ${index}`,
      });
      const { layout } = population;
      const mean = (side: number) =>
        genomes.reduce((sum, genome, k) => {
          if (k % 2 !== side) return sum;
          return (
            sum + layout.loci.reduce((own, { slot }) => own + (slope / Math.sqrt(d)) * genome[slot], 0) / (genomes.length / 2)
          );
        }, 0);
      const half = found[0].error * studentQuantile(0.975, 9);
      return all([within(found[0].worth - half, mean(0) - mean(1), found[0].worth + half)]);
    });
  },
};
