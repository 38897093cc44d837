import { allMechanisms } from '../mechanisms/index.ts';
import type { Simulation } from '../simulation/types.ts';
import type { SeriesColumn, WorldText } from './protocol.ts';
import { traitRanges } from './trait-range.ts';

/** What the page must know of a world once. */
export function describeWorld(
  { scene, seed, populations }: Simulation,
  columns: readonly SeriesColumn[],
  firstSeed: string,
): WorldText {
  const { habitat } = scene;
  return {
    name: scene.name,
    title: scene.title,
    question: scene.question,
    lookFor: scene.lookFor,
    found: scene.found,
    source: scene.source,
    seed,
    firstSeed,
    ...(habitat.kind === 'plane'
      ? { width: habitat.width, height: habitat.height, edge: habitat.edge }
      : { width: 512, height: 512, edge: 'wall' as const }),
    populations: populations.map((population) => ({
      name: population.name,
      title: population.parameters.title || population.name,
      traits: traitRanges(population),
    })),
    mechanisms: allMechanisms().map(({ id, title, summary, lookFor, source }) => ({ id, title, summary, lookFor, source })),
    columns,
  };
}
