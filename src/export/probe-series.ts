import type { Probe, Simulation } from '../simulation/types.ts';
import type { TableSource } from './source.ts';
import type { TableWriter } from './table-writer.ts';

/**
 * Fills `probes`: at every sample one row a measure. A sampler that gathers between samples starts again in a continued run. It
 * gathers the same, because runs are continued from a sample, which it takes again.
 */
export function probeSeriesSource(writer: TableWriter, simulation: Simulation, probes: readonly Probe[]): TableSource {
  const started = probes.map((probe) => ({ probe, sampler: probe.start(simulation) }));
  return {
    writer,
    afterTick(world) {
      for (const { sampler } of started) sampler.afterTick?.(world);
    },
    sample(world) {
      for (const { probe, sampler } of started) {
        const values = sampler.sample(world);
        if (values.length !== sampler.columns.length) {
          throw new Error(`probe '${probe.id}' gave ${values.length} values for ${sampler.columns.length} columns`);
        }
        for (const [i, { name, unit }] of sampler.columns.entries()) writer.append([world.tick, probe.id, name, unit, values[i]]);
      }
    },
    finish() {},
    state: () => null,
    restore() {
      for (const { sampler } of started) sampler.sample(simulation);
    },
  };
}
