// `upslope/engine`: scenes, worlds and what can be added to them. Needs neither analysis nor exports.

export type { Column, ColumnSpec, Declaration, OwnColumnSpec, Table } from '../ecs/table.ts';
export { type GenomeLayout, type Locus, type Segment, slotOf } from '../genome/layout.ts';
export type { HabitatContext } from '../habitat/context.ts';
export type { Habitat, PlaceColumn, Report, WorldTraits } from '../habitat/habitat.ts';
export type { HabitatWorld, WorldMaterials } from '../habitat/habitat-world.ts';
export { type LandscapeForm, landscapeForms, makeLandscape } from '../habitat/landscape/forms.ts';
export type { Landscape } from '../habitat/landscape/landscape.ts';
export type { LandscapePopulation } from '../habitat/landscape/landscape-population.ts';
export { type ScheduleEntry, type SlotEntry, slot } from '../habitat/mechanism-steps.ts';
export type { PlaneContext } from '../habitat/plane/context.ts';
export { type Pattern, type PatternRequest, pattern } from '../habitat/plane/patterns.ts';
export { type Sense, sense } from '../habitat/plane/senses.ts';
export type { ExtensionName, Vocabulary } from '../habitat/vocabulary.ts';
export type { ThreadHost } from '../kernel/threads/crew.ts';
export { runThread, type ThreadStart } from '../kernel/threads/run-thread.ts';
export * from '../math/draws.ts';
export { type NamedStream, namedStream, type StreamKey, streamKey } from '../math/streams.ts';
export { mechanism } from '../mechanisms/declare-mechanism.ts';
export {
  type Attraction,
  type BirthSlot,
  birthSlots,
  type LifeSlot,
  lifeSlots,
  type Mechanism,
  type MechanismContext,
  type PairContext,
  type Slot,
} from '../mechanisms/mechanism.ts';
export { type ParameterText, parameter } from '../parameter/parameter.ts';
export type { Births } from '../population/births.ts';
export {
  type Capability,
  capabilities,
  type Energy,
  type Place,
  type Policy,
  type PopulationCapability,
  type PopulationWith,
} from '../population/capabilities.ts';
export { conceive } from '../population/conceive.ts';
export * from '../population/copy-alleles.ts';
export { deathCauses } from '../population/death-causes.ts';
export { deliver, type Placer } from '../population/deliver.ts';
export { EmbodiedPopulation, type PopulationScene } from '../population/embodied-population.ts';
export type { Population } from '../population/population.ts';
export { reviveFor } from '../population/substitutes.ts';
export { traitReader } from '../population/trait-reader.ts';
export { type Trait, type TraitId, type TraitText, traitIds, traits } from '../population/traits.ts';
export { type ActId, type Acts, acts } from '../scene/acts.ts';
export { SceneError } from '../scene/error.ts';
export { parseScene, readSceneText } from '../scene/parse.ts';
export {
  isLandscapeScene,
  isPlaneScene,
  type LandscapeScene,
  type OtherScene,
  type PlaneScene,
  type Scene,
} from '../scene/schema.ts';
export { applyChange, applyChanges } from '../scene/set-path.ts';
export { Catalogue, catalogueOf, type Extension, standard } from '../simulation/catalogue.ts';
export { createSimulation, simulationFromSnapshot } from '../simulation/create.ts';
export { inPlane, type LandscapeSimulation, onLandscape, type PlaneSimulation } from '../simulation/kinds.ts';
export { type PopulationMeasure, populationProbe, probe } from '../simulation/probes.ts';
export { probesOf } from '../simulation/probes-of.ts';
export { SnapshotError } from '../simulation/snapshot.ts';
export type * from '../simulation/types.ts';
