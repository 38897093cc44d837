import type { z } from 'zod';
import type { Habitat as HabitatKind } from '../mechanisms/mechanism.ts';
import type { MechanismFields } from '../population/parameters.ts';
import type { Trait, TraitText } from '../population/traits.ts';
import type { HabitatScene, HabitatWorld, WorldMaterials } from './habitat-world.ts';

/** Collects lines `path: what is wrong; what is allowed`. */
export type Report = (path: readonly (string | number)[], text: string) => void;

/** What all populations of a world have in common, known before there is a world. */
export interface WorldTraits {
  /** As `Population.traits`. */
  readonly traits: readonly TraitText[];
  /** As `Population.deathCauses`. */
  readonly deathCauses: readonly string[];
}

/**
 * IMPLEMENT THIS for a new habitat: what scenes say of it, and how a world of it is made. It is listed in `registry.ts`; scene format, messages,
 * command line and reference follow from it.
 */
export interface Habitat<S extends HabitatScene = HabitatScene> {
  readonly kind: HabitatKind;
  /** Whether things can be done to its worlds by hand (`acts`). */
  readonly hands: boolean;
  /** Strict schema of `habitat` of a scene, `kind` included; every field has its text. */
  parameters(): z.ZodObject;
  /** Schema of what a population is, but for its mechanisms. */
  populationParameters(fields: MechanismFields): z.ZodObject;
  /** Fewest and most populations, and the sentence that says so in the schema. */
  readonly populations: { readonly fewest: number; readonly most: number; readonly description: string };
  /** Traits that `genome.carries` may list, in the order of their loci. */
  traitsToCarry(): readonly Trait[];
  /** Those that genomes carry for mechanisms which are on are added to `genome.carries` when a scene is read; else the scene has to list them. */
  readonly carriesForMechanisms: boolean;
  /** Traits whose ranges a scene may set, as they are in its world. */
  rangedTraits(scene: S): readonly Trait[];
  /** Traits and causes of death in the world of a scene. @param scene as it was at tick 0 */
  traitsOf(scene: S): WorldTraits;
  /** Reports what one value of a scene demands of another. @param running the world exists, so that what holds for founders only no longer matters */
  check(scene: S, running: boolean, report: Report): void;
  /** Fills in values that follow from others. @param given `habitat` as the file has it */
  complete?(habitat: S['habitat'], given: Readonly<Record<string, unknown>>): void;
  /** What of a scene cannot change while a world lives: the same for two worlds whose columns mean the same. */
  fixedPart(scene: S): unknown;
  /** Size of the rectangle in which its worlds are drawn, lengths, and what lies at its edge. */
  view(scene: S): { readonly width: number; readonly height: number; readonly edge: 'torus' | 'wall' };
  create(materials: WorldMaterials<S>): HabitatWorld;
}
