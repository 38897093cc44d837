// The mean body of each living species, for its portrait in the tree.
import { floatsNamed } from '../ecs/table.ts';
import type { LifeRecord } from '../record/life-record.ts';
import { onLandscape } from '../simulation/kinds.ts';
import type { Simulation } from '../simulation/types.ts';
import { bodyForms, formShare, formsIn } from './body-forms.ts';
import type { FrameColumn } from './frame-layout.ts';
import { traitRanges } from './trait-range.ts';

/** The forms of a body without its state, as the columns of a frame have them. */
export type SpeciesBody = Readonly<
  Record<Extract<FrameColumn, 'population' | 'speed' | 'diet' | 'display' | 'marker' | 'jaw'>, number>
>;

/**
 * Bodies of the living species, by id: forms of the means of their members' traits, as the world draws these traits; jaws, closed, where the
 * population bites. None on landscapes, where organisms have no bodies. Reads only.
 */
export function speciesBodies(world: Simulation, { individuals }: LifeRecord): Map<number, SpeciesBody> {
  const bodies = new Map<number, SpeciesBody>();
  if (onLandscape(world)) return bodies;
  for (const [index, population] of world.populations.entries()) {
    const { table, count } = population;
    const ids = table.f64('id');
    const forms = formsIn(world.scene.view ?? {}, () => traitRanges(population));
    const columns = forms.map(({ trait }) => table.find(floatsNamed(trait))?.values);
    /** Members of a species, and the sums of the traits of its forms. */
    const sums = new Map<number, { members: number; readonly traits: Float64Array }>();
    for (let row = 0; row < count; row++) {
      const species = individuals.speciesOf(individuals.rowOf(ids[row]));
      let sum = sums.get(species);
      if (!sum) {
        sum = { members: 0, traits: new Float64Array(bodyForms.length) };
        sums.set(species, sum);
      }
      sum.members += 1;
      for (let f = 0; f < columns.length; f++) sum.traits[f] += columns[f]?.[row] ?? 0;
    }
    const jaw = table.find(floatsNamed('bite')) ? 1 : 0;
    for (const [species, { members, traits }] of sums) {
      const share = (column: FrameColumn) => {
        const f = forms.findIndex((form) => form.column === column);
        return columns[f] ? formShare(traits[f] / members, forms[f]) : 0;
      };
      const [speed, diet, display, marker] = [share('speed'), share('diet'), share('display'), share('marker')];
      bodies.set(species, { population: index, jaw, speed, diet, display, marker });
    }
  }
  return bodies;
}
