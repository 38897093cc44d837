import type { Report } from '../habitat/habitat.ts';
import type { Vocabulary } from '../habitat/vocabulary.ts';
import type { Mechanism, Slot } from '../mechanisms/mechanism.ts';
import type { Capability } from '../population/capabilities.ts';
import type { Trait } from '../population/traits.ts';
import type { Scene } from './schema.ts';
import { habitatOf } from './vocabulary-of.ts';

/**
 * Refuses mechanisms that do not fit a scene: by their own check, because its world lacks what they need, or because genomes carry no locus for a
 * trait that they read.
 * @param vocabulary what scenes in this habitat can name
 */
export function checkMechanisms(scene: Scene, report: Report, vocabulary: Vocabulary): void {
  const habitat = habitatOf(scene);
  const { gives } = habitat;
  const lacks = habitat.lacks?.(scene.habitat) ?? [];
  const loci = habitat.traitsOf(scene, vocabulary).traits.map(({ id }) => id);
  for (const [name, { mechanisms: switches, genome, founders }] of Object.entries(scene.populations)) {
    for (const mechanism of vocabulary.mechanisms.all()) {
      const { id, check } = mechanism;
      const path = ['populations', name];
      const parameters = switches[id];
      const { on } = parameters;
      const parts = { on, parameters, loci, genome: genome as { ploidy: 1 | 2 }, founders, habitat: { ...scene.habitat }, gives };
      const problems = check?.(parts) ?? [];
      for (const { in: part = 'mechanisms', field, text } of problems) report([...path, part, id, field], text);
      if (problems.length > 0 || !on) continue;
      const lack = lacks.find(({ what }) => needsThere(mechanism, what));
      const missing = missingTrait(mechanism, parameters, loci);
      if (lack) report([...path, 'mechanisms', id, 'on'], lack.text);
      else if (missing) {
        report([...path, 'mechanisms', id, 'on'], `genomes carry no locus '${missing.id}'; add it to genome.carries`);
      }
    }
  }
}

const needsThere = (mechanism: Mechanism, what: Capability | Slot) =>
  mechanism.needs?.some((need) => need === what) || Object.hasOwn(mechanism, what);

/** The first trait without whose locus a mechanism cannot be on, of those that are not among `loci`. */
function missingTrait(
  { reads, traits = [], worksWithout = [] }: Mechanism,
  parameters: object,
  loci: readonly string[],
): Trait | undefined {
  return (reads?.(parameters) ?? traits).find(({ id }) => !loci.includes(id) && !worksWithout.some((trait) => trait.id === id));
}
