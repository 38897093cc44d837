import { floatsNamed } from '../ecs/table.ts';
import { mean, variance } from '../math/statistics.ts';
import type { Population } from '../population/population.ts';
import type { Notice, Simulation } from '../simulation/types.ts';
import { schemaVersion, software } from './software.ts';
import type { PopulationTotals, Totals } from './totals.ts';

/** What `summary.json` holds on one population. */
export interface PopulationSummary {
  readonly living: number;
  readonly births: number;
  readonly deaths: number;
  readonly deaths_by_cause: Readonly<Record<string, number>>;
  /** Tick at which its last organism died, or null. */
  readonly extinct_at: number | null;
  /** Mean and highest generation of the living; null when none are alive. */
  readonly mean_generation: number | null;
  readonly highest_generation: number | null;
  /** Mean and variance of each trait of the living; null when none are alive. */
  readonly traits: Readonly<Record<string, { readonly mean: number; readonly variance: number }>> | null;
}

/** `summary.json`: how a run ended, in the numbers that a person reads first. @public */
export interface Summary {
  readonly schema_version: number;
  readonly software: { readonly name: string; readonly version: string };
  readonly scene: string;
  readonly question: string;
  readonly seed: string;
  /** Ticks made, and ticks requested: fewer are made only when all organisms died. */
  readonly ticks: number;
  readonly ticks_asked: number;
  readonly extinct: boolean;
  /** One plain sentence on how it ended. */
  readonly outcome: string;
  readonly hash: string;
  readonly organism_ticks: number;
  readonly populations: Readonly<Record<string, PopulationSummary>>;
  readonly notices: readonly Notice[];
  /** Rows of each table. */
  readonly rows: Readonly<Record<string, number>>;
  /** Wall-clock time of the run; null without a clock. */
  readonly seconds: number | null;
}

/** What a summary states besides what the world knows. @public */
export interface SummaryOptions {
  readonly ticksAsked: number;
  readonly rows: Readonly<Record<string, number>>;
  readonly seconds: number | null;
}

/** Summary of a simulation at its present tick, with the totals counted while it ran. @public */
export function summarise(simulation: Simulation, totals: Totals, options: SummaryOptions): Summary {
  const extinct = simulation.status === 'extinct';
  return {
    schema_version: schemaVersion,
    software,
    scene: simulation.scene.name,
    question: simulation.scene.question,
    seed: simulation.seed,
    ticks: simulation.tick,
    ticks_asked: options.ticksAsked,
    extinct,
    outcome: outcome(simulation, totals),
    hash: simulation.hash(),
    organism_ticks: totals.organismTicks,
    populations: Object.fromEntries(
      simulation.populations.map((population, p) => [population.name, summarisePopulation(population, totals.populations[p])]),
    ),
    notices: simulation.notices,
    rows: options.rows,
    seconds: options.seconds,
  };
}

function outcome(simulation: Simulation, totals: Totals): string {
  if (simulation.status === 'extinct') return `Extinct after tick ${simulation.tick}.`;
  const parts = simulation.populations.map(({ name, count }, p) => {
    const { extinctAt } = totals.populations[p];
    return count > 0 || extinctAt === null ? `${count} ${name} live` : `the ${name} died out at tick ${extinctAt}`;
  });
  return `After tick ${simulation.tick}, ${parts.join('; ')}.`;
}

function summarisePopulation(
  { table, traits, deathCauses }: Population,
  { births, deaths, extinctAt }: PopulationTotals,
): PopulationSummary {
  const generation = table.u32('generation').subarray(0, table.count);
  const living = table.count > 0;
  return {
    living: table.count,
    births,
    deaths: deaths.reduce((sum, count) => sum + count, 0),
    deaths_by_cause: Object.fromEntries(deathCauses.map((cause, i) => [cause, deaths[i]])),
    extinct_at: extinctAt,
    mean_generation: living ? mean(generation) : null,
    highest_generation: living ? generation.reduce((a, b) => Math.max(a, b), 0) : null,
    traits: living
      ? Object.fromEntries(traits.map(({ id }) => [id, moments(table.f32(floatsNamed(id)).subarray(0, table.count))]))
      : null,
  };
}

function moments(values: Float32Array): { mean: number; variance: number } {
  return { mean: mean(values), variance: variance(values) };
}
