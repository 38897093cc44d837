import type { Observer, Probe, Simulation } from '../simulation/types.ts';
import type { Measure, ProbeTable } from './run-result.ts';

/** Samples probes in memory: at tick 0, at every multiple of `every`, and at the end. */
export class ProbeRecorder implements Observer {
  private readonly every: number;
  private readonly samplers;
  private readonly measures: readonly Measure[];
  private readonly ticks: number[] = [];
  private readonly values: number[] = [];

  /** Starts to watch, and samples at once. */
  constructor(simulation: Simulation, probes: readonly Probe[], every: number) {
    this.every = every;
    this.samplers = probes.map((probe) => ({ probe, sampler: probe.start(simulation) }));
    this.measures = this.samplers.flatMap(({ probe, sampler }) =>
      sampler.columns.map(({ name, title, unit }) => ({ probe: probe.id, name, title, unit })),
    );
    this.sample(simulation, simulation.tick);
  }

  afterTick(simulation: Simulation): void {
    for (const { sampler } of this.samplers) sampler.afterTick?.(simulation);
    if (simulation.tick % this.every === 0) this.sample(simulation, simulation.tick);
  }

  /**
   * Samples at the end, too. After an extinction the remaining ticks are sampled all the same: in a
   * mean over runs an extinct world counts with no living organisms, whereas a missing row would count only the survivors.
   */
  finish(simulation: Simulation, ticks: number): ProbeTable {
    let last = this.ticks[this.ticks.length - 1];
    for (let next = last - (last % this.every) + this.every; next <= ticks; next += this.every) {
      this.sample(simulation, next);
      last = next;
    }
    if (last !== ticks) this.sample(simulation, ticks);
    return { measures: this.measures, ticks: Float64Array.from(this.ticks), values: Float64Array.from(this.values) };
  }

  private sample(simulation: Simulation, tick: number): void {
    simulation.assertFinite();
    this.ticks.push(tick);
    for (const { probe, sampler } of this.samplers) {
      const row = sampler.sample(simulation);
      if (row.length !== sampler.columns.length) {
        throw new Error(`probe '${probe.id}' gave ${row.length} values for ${sampler.columns.length} columns`);
      }
      for (const value of row) this.values.push(value);
    }
  }
}
