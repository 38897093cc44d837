import { parseScene } from '../../src/scene/parse.ts';
import type { Scene } from '../../src/scene/schema.ts';
import { applyChanges } from '../../src/scene/set-path.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import { probesOf } from '../../src/simulation/probes-of.ts';
import type { Simulation } from '../../src/simulation/types.ts';
import { tabulate, type Verification } from './verification.ts';

/** A scene of the project with some parameters changed before tick 0. */
export function sceneWith(json: unknown, name: string, set: Readonly<Record<string, unknown>> = {}): Scene {
  const changes = Object.entries(set).map(([path, value]) => ({ path, value }));
  return applyChanges(parseScene(json, name), changes, { atStart: true });
}

/** A world whose probes can be asked by the names of their columns, without the population where there is only one. */
export function watchScene(scene: Scene, seed: number | string) {
  const simulation = createSimulation(scene, String(seed));
  const samplers = probesOf(simulation).map((probe) => probe.start(simulation));
  return {
    simulation,
    /** Steps and gathers; returns what probes say then. A world that died out says so by what they cannot measure. */
    to(tick: number, each?: (simulation: Simulation) => void): Readonly<Record<string, number>> {
      while (simulation.tick < tick && simulation.step() === 1) {
        for (const sampler of samplers) sampler.afterTick?.(simulation);
        each?.(simulation);
      }
      const said: Record<string, number> = {};
      for (const sampler of samplers) {
        const values = sampler.sample(simulation);
        for (const [i, { name }] of sampler.columns.entries()) {
          said[name] = values[i];
          if (simulation.populations.length === 1) said[name.slice(name.indexOf('.') + 1)] = values[i];
        }
      }
      return said;
    },
  };
}

export type Claim = readonly [text: string, holds: (result: Record<string, number>) => boolean];

/** A verification whose claims have each to hold in most of the seeds. */
export function claimed(
  text: Pick<Verification, 'name' | 'title' | 'scenes' | 'measure' | 'mostSeeds' | 'tables' | 'found'>,
  columns: readonly { readonly key: string; readonly title: string; readonly digits: number }[],
  claims: readonly Claim[],
  share = 0.8,
): Verification {
  return {
    ...text,
    judge(results) {
      const lines = tabulate(columns, results);
      const means = columns.map(({ key, title, digits }) => {
        const values = results.map((result) => result[key]).filter((value) => !Number.isNaN(value));
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
        return `${title} ${mean.toFixed(digits)} (${Math.sqrt(square / (values.length - 1) / values.length).toFixed(digits + 1)})`;
      });
      lines.push(`means and standard errors: ${means.join('; ')}`);
      const counts = claims.map(([, holds]) => results.filter(holds).length);
      claims.forEach(([claim], i) => lines.push(`${claim}: ${counts[i]} of ${results.length} seeds`));
      return { lines, holds: counts.every((count) => count >= Math.ceil(share * results.length)) };
    },
  };
}
