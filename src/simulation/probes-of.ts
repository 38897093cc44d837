import { catalogueOf } from './catalogue.ts';
import type { Probe, Simulation } from './types.ts';

/** Those probes of a world's catalogue that have something to measure in it. @public */
export function probesOf(simulation: Simulation): readonly Probe[] {
  const { kind } = simulation.scene.habitat;
  return catalogueOf(simulation.scene).probes.filter(
    (probe) =>
      (probe.habitats ?? [kind]).includes(kind) &&
      (probe.needs ?? []).every((need) => simulation.populations.every((population) => population.has(need))) &&
      (probe.appliesTo?.(simulation) ?? true),
  );
}
