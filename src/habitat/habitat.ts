import type { z } from 'zod';
import type { Slot } from '../mechanisms/mechanism.ts';
import type { Capability } from '../population/capabilities.ts';
import type { MechanismFields } from '../population/parameters.ts';
import type { Population } from '../population/population.ts';
import type { Trait, TraitText } from '../population/traits.ts';
import type { HabitatScene, HabitatWorld, WorldMaterials } from './habitat-world.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Collects lines `path: what is wrong; what is allowed`. @experimental */
export type Report = (path: readonly (string | number)[], text: string) => void;

/** What all populations of a world have in common, known before the world exists. @experimental */
export interface WorldTraits {
  /** As `Population.traits`. */
  readonly traits: readonly TraitText[];
  /** As `Population.deathCauses`. */
  readonly deathCauses: readonly string[];
}

/**
 * A whole number that says where an organism is, beside x and y: a column of the exported tables, wherever they have these. It follows from x
 * and y, so that the record need not keep it.
 * @experimental
 */
export interface PlaceColumn<S extends HabitatScene = HabitatScene> {
  /** Lower-case letters, digits and hyphens. */
  readonly name: string;
  readonly unit: string;
  /** What it is, without a full stop. */
  readonly description: string;
  /** Makes the function that finds it from x and y in worlds of a scene. */
  from(scene: S): (x: number, y: number) => number;
}

/** What a sense says about itself. @experimental */
export interface SenseText {
  readonly id: string;
  readonly title: string;
  readonly description: string;
}

/** A probe of each population in the worlds of one habitat: its columns are named `population.column`. @experimental */
export interface HabitatProbe {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly columns: readonly { readonly name: string; readonly title: string; readonly unit: string }[];
  /** Starts to measure a population. `afterTick` is called after every tick, for values that must be collected between samples. */
  start(population: Population): {
    sample(population: Population, world: { readonly habitat: HabitatWorld }): readonly number[];
    afterTick?(population: Population, world: { readonly habitat: HabitatWorld }): void;
  };
}

/** Something that some worlds of a habitat lack, and what to do about it. @experimental */
export interface Lack {
  /** What the habitat lists in `gives`, or a slot of its schedule at which nothing can happen there. */
  readonly what: Capability | Slot;
  readonly text: string;
}

/** What the page needs to show the worlds of a habitat. */
export interface HabitatView {
  /** Size of the rectangle in which they are drawn, lengths, and what lies at its edge; in water barriers are water too. */
  readonly width: number;
  readonly height: number;
  readonly edge: 'torus' | 'wall' | 'water';
  /** Set if the habitat is a mathematical landscape. */
  readonly landscape?: LandscapeText;
}

/** A landscape in words. */
export interface LandscapeText {
  readonly title: string;
  readonly summary: string;
  readonly source: string;
  /** Loci that fitness reads. */
  readonly dimensions: number;
  readonly model: string;
  /** Whether its loci can be left open, to be tried in life. */
  readonly hasOpenLoci: boolean;
}

/**
 * IMPLEMENT THIS for a new habitat: what scenes say about it, and how a world of it is made. It is listed in `standard.ts`, or added to a catalogue by an
 * extension; scene format, messages, command line and reference follow from it. Where it depends on what scenes can name, it is given that; of mechanisms it
 * is given those whose needs it meets.
 * @experimental
 */
export interface Habitat<S extends HabitatScene = HabitatScene> {
  /** Name in scenes (`habitat.kind`): lower-case letters, digits, hyphens. */
  readonly kind: string;
  /** Its worlds in one or two words, and in one or two sentences, for lists and the reference. */
  readonly title: string;
  readonly description: string;
  /**
   * What it gives its populations, besides genomes, births and deaths: mechanisms that need no more can be named in its scenes. `policy`,
   * `energy` and `place` are fields of its populations; `gradient` and `trials` are `gradientInto` and `openLoci` of its context; `demes` is
   * `scatter` of its context where organisms have a place, and `kinds` is its `kindAt`; otherwise the habitat draws parents within the demes of the column `deme`.
   */
  readonly gives: readonly Capability[];
  /** What its worlds lack with these parameters: mechanisms that need it, or act at that slot, cannot be on. By default nothing. */
  lacks?(habitat: S['habitat']): readonly Lack[];
  /** Whether its worlds can be edited by hand (`acts`). */
  readonly hands: boolean;
  /** Headings of its parameters on the page: of all of them, and of those that have no other heading. */
  readonly settings: { readonly title: string; readonly rest: string };
  /** Strict schema of `habitat` of a scene, including `kind`; every field has its text. */
  parameters(): z.ZodObject;
  /** Schema of a population, without its mechanisms. */
  populationParameters(fields: MechanismFields): z.ZodObject;
  /** Fewest and most populations, and the sentence for it in the schema. */
  readonly populations: { readonly fewest: number; readonly most: number; readonly description: string };
  /** Senses that its populations may list; by default they have none. */
  senses?(vocabulary: Vocabulary): readonly SenseText[];
  /** What it measures of populations, besides what is measured everywhere. */
  readonly probes?: readonly HabitatProbe[];
  /** Traits that `genome.carries` may list, in the order of their loci. */
  traitsToCarry(vocabulary: Vocabulary): readonly Trait[];
  /** Traits that are added to `genome.carries` when a scene is read, if a mechanism that is on needs them; the scene must list others itself. */
  readonly carriesForMechanisms: boolean;
  /** Traits whose ranges a scene may set, as in its world. */
  rangedTraits(scene: S, vocabulary: Vocabulary): readonly Trait[];
  /** Traits and causes of death in the world of a scene. @param scene as it was at tick 0 */
  traitsOf(scene: S, vocabulary: Vocabulary): WorldTraits;
  /** Reports where one value of a scene conflicts with another; mechanisms are checked for it. @param running the world exists, so conditions on founders no longer matter */
  check(scene: S, running: boolean, report: Report, vocabulary: Vocabulary): void;
  /** Fills in values that follow from others. @param given `habitat` as the file has it */
  complete?(habitat: S['habitat'], given: Readonly<Record<string, unknown>>): void;
  /** The parts of a scene that cannot change while a world lives: equal for two worlds whose columns have the same meaning. */
  fixedPart(scene: S): unknown;
  /** What the page needs to show its worlds. */
  view(scene: S): HabitatView;
  /** Where organisms are, beside x and y; by default there is no more to say. */
  readonly places?: readonly PlaceColumn<S>[];
  create(materials: WorldMaterials<S>): HabitatWorld;
}
