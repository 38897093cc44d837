import { floatsNamed } from '../../ecs/table.ts';
import type { Population } from '../../population/population.ts';
import { onLandscape } from '../../simulation/kinds.ts';
import type { Simulation } from '../../simulation/types.ts';
import { formShare, formsIn } from '../body-forms.ts';
import type { SpeciesBody } from '../species-bodies.ts';
import { traitRanges } from '../trait-range.ts';
import { eyesOf } from '../write-bodies.ts';

/** Well-fed bodies of a population by their traits; undefined on landscapes, where organisms have none. */
export function storyBodies(world: Simulation, population: Population): ((traits: Float64Array) => SpeciesBody) | undefined {
  if (onLandscape(world)) return undefined;
  const forms = formsIn(world.scene.view ?? {}, () => traitRanges(population));
  const places = forms.map((form) => [form, population.traits.findIndex(({ id }) => id === form.trait)] as const);
  const jaw = population.table.find(floatsNamed('bite')) ? 1 : 0;
  const eyes = eyesOf(population);
  return (traits) => ({
    speed: 0,
    diet: 0,
    display: 0,
    marker: 0,
    ...Object.fromEntries(places.map(([form, at]) => [form.column, at < 0 ? 0 : formShare(traits[at], form)])),
    speckles: 0,
    drivers: 0,
    learned: 0,
    eyes,
    population: population.index,
    jaw,
    reserve: 1,
  });
}
