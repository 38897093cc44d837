import json from '../../scenes/meadow.json';
import { assayedGenomes } from '../../src/analysis/assay/assayed-genomes.ts';
import { type AssayKind, performAssayFork } from '../../src/analysis/assay/perform-assay-fork.ts';
import { perturbationSizes } from '../../src/analysis/assay/prepare-fork.ts';
import { valuesOf } from '../../src/analysis/lab/questions/asked.ts';
import { drift as question } from '../../src/analysis/lab/questions/drift.ts';
import { worldNoise } from '../../src/analysis/lab/world-noise.ts';
import { mean } from '../../src/math/statistics.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import { overSeeds, type Verification } from './verification.ts';
import { sceneWith } from './watch-scene.ts';

const [forks, loci] = [300, 5];
const landscapes: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  linear: { slope: 0.2 },
  bowl: { width: 6 },
  valley: { width: 12, condition: 10 },
  moving: { width: 6, speed: 0.01 },
};

/** Forks of the meadow, and ticks from its start to them and of each. */
const meadow = { side: 384, tick: 3000, horizons: [100, 400], forks: 24, perturbed: 8 };

function ofMeadow(seed: number): Record<string, number> {
  const scene = sceneWith(json, 'meadow', {
    'habitat.width': meadow.side,
    'habitat.height': meadow.side,
    'populations.foragers.founders': Math.round(3000 * (meadow.side / 768) ** 2),
  });
  const world = createSimulation(scene, String(seed));
  world.step(meadow.tick);
  const [population] = world.populations;
  const [genomes, sizes, snapshot] = [assayedGenomes(population), perturbationSizes(population, 1), world.snapshot()];
  const clades = new Uint32Array(population.count);
  world.dispose();
  const result: Record<string, number> = {};
  for (const ticks of meadow.horizons) {
    const make = (kind: AssayKind, count: number) =>
      Array.from({ length: count }, (_, f) =>
        performAssayFork(snapshot, { population: 'foragers', kind, ticks, size: 1, clades, seed: `drift ${seed} ${kind} ${f}` }),
      );
    const found = worldNoise([...make('realised', meadow.forks), ...make('perturbed', meadow.perturbed)], genomes, sizes);
    for (const name of [
      'overDrift',
      'overShadow',
      'fullRank',
      'kurtosisAcross',
      'normalKurtosis',
      'effective',
      'organisms',
    ] as const) {
      result[`meadow ${ticks} ${name}`] = found[name];
    }
    result[`meadow ${ticks} ratio`] = found.noise / found.step;
  }
  return result;
}

/** Selection plus drift: the law of one step on landscapes, and what becomes of it in a meadow, where kin and places are. */
export const drift: Verification = {
  name: 'drift',
  scenes: ['meadow'],
  title: `Drift: forks of one population against G b and G/Ne, on landscapes (${loci} loci, 200 organisms, ${forks} forks, one generation) and in a meadow (side ${meadow.side}, tick ${meadow.tick}, ${meadow.forks} forks)`,
  mostSeeds: 8,
  measure(seed) {
    const result: Record<string, number> = {};
    for (const [form, parameters] of Object.entries(landscapes)) {
      const values = valuesOf(question, form, parameters, { dimensions: loci, size: 200, sigma: 0.02, forks, generations: 1 });
      const [{ measures }] = question.measure({ form, parameters, values, seed: `drift ${seed}` });
      for (const [m, { name }] of question.measures.entries()) result[`${form} ${name}`] = measures[m];
    }
    return { ...result, ...ofMeadow(seed) };
  },
  judge(results) {
    const of = (key: string) => results.map((result) => result[key]).filter((value) => value !== null && Number.isFinite(value));
    const show = (key: string) => {
      const { mean: value, standardError } = overSeeds(of(key));
      return `${value.toPrecision(3)} ± ${Number.isNaN(standardError) ? '-' : standardError.toPrecision(2)}`;
    };
    const error = Math.sqrt(2 / (results.length * (forks - 1) * loci));
    const departureError = Math.sqrt(2 / (results.length * loci));
    const lines = [
      `landscape   spread over G/Ne (1 ± ${error.toFixed(3)})   departure from G b (1 ± ${departureError.toFixed(2)})   Ne`,
      ...Object.keys(landscapes).map(
        (form) =>
          `${form.padEnd(10)}  ${show(`${form} ratio`).padEnd(29)}  ${show(`${form} departure`).padEnd(32)}  ${show(`${form} effective`)}`,
      ),
      'meadow, horizon   spread over G/Ne   over the neutral shadow   noise/step   full rank   kurtosis (normal)   Ne   living',
      ...meadow.horizons.map((ticks) => {
        const key = (name: string) => show(`meadow ${ticks} ${name}`);
        return `${String(ticks).padEnd(16)}  ${[key('overDrift'), key('overShadow'), key('ratio'), key('fullRank'), `${key('kurtosisAcross')} (${key('normalKurtosis')})`, key('effective'), key('organisms')].join('   ')}`;
      }),
    ];
    const holds = Object.keys(landscapes).every(
      (form) =>
        Math.abs(mean(of(`${form} ratio`)) - 1) < 4 * error && Math.abs(mean(of(`${form} departure`)) - 1) < 4 * departureError,
    );
    return { lines, holds };
  },
};
