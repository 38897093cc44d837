import { catalogueOf } from './catalogue.ts';
import type { Probe, Simulation } from './types.ts';

/** Those probes of a world's catalogue that measure worlds of its kind. @public */
export function probesOf(simulation: Simulation): readonly Probe[] {
  const { kind } = simulation.scene.habitat;
  return catalogueOf(simulation.scene).probes.filter(
    (probe) => (probe.habitats ?? [kind]).includes(kind) && (probe.appliesTo?.(simulation) ?? true),
  );
}
