import { z } from 'zod';
import { extensionNames } from '../scene/extension-names.ts';
import { longestSeed } from '../scene/schema.ts';
import { vocabularyOf } from '../scene/vocabulary-of.ts';
import type { Simulation } from '../simulation/types.ts';
import { genomeChoices } from './organisms.ts';
import { extensionsPart } from './run-identity.ts';
import { schemaVersion, software } from './software.ts';

/** Schema of `provenance.json`. The scene is checked by the scene's own schema when it is used. @public */
export const provenanceSchema = z.strictObject({
  schema_version: z.literal(schemaVersion),
  software: z.strictObject({ name: z.string().max(100), version: z.string().max(100) }),
  /** Extensions that the world had, without which it cannot be made again; absent without any. */
  extensions: extensionNames.optional(),
  /** The whole scene as it was at tick 0. */
  scene: z.record(z.string(), z.unknown()),
  seed: z.string().min(1).max(longestSeed),
  /** True when the seed was drawn. */
  seed_generated: z.boolean(),
  /** Ticks made. */
  ticks: z.int().min(0).max(100_000_000),
  /** Changes made or scheduled from outside the scene, in order; the scene's own changes are not listed. */
  changes: z.array(z.strictObject({ tick: z.int().min(0), parameter: z.string().max(300), value: z.unknown() })),
  /** How the run was recorded; recording does not affect the world. */
  record: z.strictObject({
    every: z.int().min(1),
    genomes: z.enum(genomeChoices),
    csv: z.boolean(),
    /** Ticks between the snapshots that were kept; absent without any. */
    snapshots: z.int().min(1).optional(),
  }),
  /** State of the world after the last tick. */
  hash: z.string().regex(/^[0-9a-f]{16}$/, '16 hexadecimal digits'),
  /** Machine and runtime, for the reader; nothing in the run depends on them. */
  environment: z.record(z.string(), z.string()),
});

/** `provenance.json`: all that is needed to repeat the run bit for bit, and the hash to check it by. @public */
export type Provenance = z.infer<typeof provenanceSchema>;

/** What provenance states besides what the world knows. @public */
export interface ProvenanceOptions {
  /** The scene as it was at tick 0. */
  readonly scene: Provenance['scene'];
  readonly seedGenerated: boolean;
  readonly record: Provenance['record'];
  readonly environment: Provenance['environment'];
}

/** Provenance of a simulation at its present tick. @public */
export function describeProvenance(simulation: Simulation, options: ProvenanceOptions): Provenance {
  return {
    schema_version: schemaVersion,
    software: { ...software },
    ...extensionsPart(vocabularyOf(simulation.initialScene).extensions),
    scene: options.scene,
    seed: simulation.seed,
    seed_generated: options.seedGenerated,
    ticks: simulation.tick,
    changes: simulation.changes.map(({ at, path, value }) => ({ tick: at, parameter: path, value })),
    record: options.record,
    hash: simulation.hash(),
    environment: options.environment,
  };
}
