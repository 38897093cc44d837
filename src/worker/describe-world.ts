import { dimensionsOf } from '../habitat/landscape/dimensions-of.ts';
import { landscapeForms } from '../habitat/landscape/forms.ts';
import { isLandscapeScene, type LandscapeScene } from '../scene/schema.ts';
import { habitatOf, vocabularyOf } from '../scene/vocabulary-of.ts';
import { probesOf } from '../simulation/probes-of.ts';
import type { Simulation } from '../simulation/types.ts';
import type { LandscapeText, SeriesColumn, WorldText } from './protocol.ts';
import { traitRanges } from './trait-range.ts';

function describeLandscape({ habitat }: LandscapeScene): LandscapeText {
  const form = landscapeForms().find(({ id }) => id === habitat.form);
  return {
    title: form?.title ?? habitat.form,
    summary: form?.summary ?? '',
    source: form?.source ?? '',
    dimensions: dimensionsOf(habitat),
    model: habitat.model,
  };
}

/** The description of a world, sent to the page once. */
export function describeWorld(
  simulation: Simulation,
  columns: readonly SeriesColumn[],
  firstSeed: string,
  serial: number,
): WorldText {
  const { scene, seed, populations } = simulation;
  return {
    serial,
    name: scene.name,
    title: scene.title,
    question: scene.question,
    lookFor: scene.lookFor.map((one) => (typeof one === 'string' ? { text: one } : one)),
    tryThis: scene.tryThis.map(({ text, set }) => ({ text, set: set.map(({ path, value }) => ({ path, value })) })),
    found: typeof scene.found === 'string' ? (scene.found === '' ? [] : [{ text: scene.found }]) : scene.found,
    source: scene.source,
    seed,
    firstSeed,
    habitat: scene.habitat.kind,
    hands: habitatOf(scene).hands,
    ...habitatOf(scene).view(scene),
    ...(isLandscapeScene(scene) ? { landscape: describeLandscape(scene) } : {}),
    populations: populations.map((population) => ({
      name: population.name,
      title: population.parameters.title || population.name,
      traits: traitRanges(population),
    })),
    mechanisms: vocabularyOf(scene)
      .mechanisms.all()
      .map(({ id, title, summary, lookFor, source }) => ({ id, title, summary, lookFor, source })),
    probes: probesOf(simulation).map(({ id, title, description }) => ({ id, title, description })),
    columns,
  };
}
