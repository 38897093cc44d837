import { floatsNamed } from '../ecs/table.ts';
import type { Habitat, HabitatView } from '../habitat/habitat.ts';
import type { MechanismGroup } from '../mechanisms/mechanism.ts';
import { mechanismsIn } from '../scene/mechanisms-in.ts';
import type { Scene } from '../scene/schema.ts';
import type { SceneView } from '../scene/view.ts';
import { habitatOf, vocabularyOf } from '../scene/vocabulary-of.ts';
import { probesOf } from '../simulation/probes-of.ts';
import type { Simulation } from '../simulation/types.ts';
import type { SeriesColumn } from './series-sampler.ts';
import { type TraitText, traitRanges } from './trait-range.ts';

/** Conditions under which something to look for counts as seen: all that are given must hold. */
export type Sight = Exclude<Scene['lookFor'][number], string>['seen'];

export interface MechanismText {
  readonly id: string;
  readonly title: string;
  readonly group: MechanismGroup;
  readonly summary: string;
  readonly lookFor: string;
  readonly source: string;
}

export interface PopulationText {
  readonly name: string;
  readonly title: string;
  readonly traits: readonly TraitText[];
  /** Ids of the mechanisms of this population that the scene is about. */
  readonly about: readonly string[];
  /** Whether its organisms can bite others, and so have jaws. */
  readonly bites: boolean;
}

/** A probe that measures the world. */
export interface ProbeText {
  readonly id: string;
  readonly title: string;
  readonly description: string;
}

/** The description of a world, sent to the page once, when it has been made. */
export interface WorldText extends HabitatView {
  /** Number of the world in this worker: of two answers that cross, the one with the greater number is of the present world. */
  readonly serial: number;
  readonly name: string;
  readonly title: string;
  readonly question: string;
  readonly lookFor: readonly { readonly text: string; readonly seen?: Sight | undefined }[];
  /** Switches to try: a few words, and live parameters with their values. */
  readonly tryThis: readonly {
    readonly text: string;
    readonly set: readonly { readonly path: string; readonly value: unknown }[];
  }[];
  /** Findings for this scene, and the command that produced their numbers. */
  readonly found: readonly { readonly text: string; readonly command?: string | undefined }[];
  readonly source: string;
  /** What the page shows first. */
  readonly view: SceneView;
  readonly seed: string;
  /**
   * Seed of the founders and the ground. If it differs from `seed`, this is a branch with different draws from some tick on: a
   * link cannot reproduce it, only a snapshot file can.
   */
  readonly firstSeed: string;
  /** What the habitat gives its populations. */
  readonly gives: Habitat['gives'];
  /** Headings of the habitat's parameters. */
  readonly settings: Habitat['settings'];
  /** Whether it can be edited by hand. */
  readonly hands: boolean;
  readonly populations: readonly PopulationText[];
  readonly mechanisms: readonly MechanismText[];
  /** What is measured of this world, in the order of their registration. */
  readonly probes: readonly ProbeText[];
  readonly columns: readonly SeriesColumn[];
}

/** The description of a world, sent to the page once. */
export function describeWorld(
  simulation: Simulation,
  columns: readonly SeriesColumn[],
  firstSeed: string,
  serial: number,
): WorldText {
  const { scene, seed, populations } = simulation;
  const habitat = habitatOf(scene);
  return {
    serial,
    name: scene.name,
    title: scene.title,
    question: scene.question,
    lookFor: scene.lookFor.map((one) => (typeof one === 'string' ? { text: one } : one)),
    tryThis: scene.tryThis.map(({ text, set }) => ({ text, set: set.map(({ path, value }) => ({ path, value })) })),
    found: typeof scene.found === 'string' ? (scene.found === '' ? [] : [{ text: scene.found }]) : scene.found,
    source: scene.source,
    view: scene.view ?? {},
    seed,
    firstSeed,
    gives: habitat.gives,
    settings: habitat.settings,
    hands: habitat.hands,
    ...habitat.view(scene),
    populations: populations.map((population) => ({
      name: population.name,
      title: population.parameters.title || population.name,
      traits: traitRanges(population),
      about: [...mechanismsIn(scene, population.name)],
      bites: population.table.find(floatsNamed('bite')) !== undefined,
    })),
    mechanisms: vocabularyOf(scene)
      .mechanisms.all()
      .map(({ id, title, group = 'life', summary, lookFor, source }) => ({ id, title, group, summary, lookFor, source })),
    probes: probesOf(simulation).map(({ id, title, description }) => ({ id, title, description })),
    columns,
  };
}
