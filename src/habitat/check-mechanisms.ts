import type { Mechanism, MechanismScene } from '../mechanisms/mechanism.ts';
import type { MechanismSet } from '../mechanisms/mechanism-set.ts';
import type { Trait } from '../population/traits.ts';
import type { Report } from './habitat.ts';

/** What a mechanism can read about a population, besides its own parameters. */
export type PopulationParts = Pick<MechanismScene<object>, 'loci' | 'genome' | 'founders' | 'habitat'>;

/** The first trait without whose locus a mechanism cannot be on, of those that are not among `loci`. */
export function missingTrait(
  { reads, traits = [], worksWithout = [] }: Mechanism,
  parameters: object,
  loci: readonly string[],
): Trait | undefined {
  return (reads?.(parameters) ?? traits).find(({ id }) => !loci.includes(id) && !worksWithout.some((trait) => trait.id === id));
}

/** Refuses mechanisms that do not fit the scene, and those without effect because genomes carry no locus for them. */
export function checkMechanisms(
  mechanisms: MechanismSet,
  switches: Record<string, { on: boolean }>,
  parts: PopulationParts,
  path: readonly string[],
  report: Report,
): void {
  for (const mechanism of mechanisms.all()) {
    const { id, check } = mechanism;
    const parameters = switches[id];
    if (!parameters) continue;
    const problems = check?.({ ...parts, on: parameters.on, parameters }) ?? [];
    for (const problem of problems) {
      report([...path, ...(problem.in === 'genome' ? ['genome', id] : ['mechanisms', id]), problem.field], problem.text);
    }
    if (problems.length > 0 || !parameters.on) continue;
    const missing = missingTrait(mechanism, parameters, parts.loci);
    if (missing === undefined) continue;
    report([...path, 'mechanisms', id, 'on'], `genomes carry no locus '${missing.id}'; add it to genome.carries`);
  }
}

/** Refuses loci that are listed twice. */
export function checkCarries(carries: readonly string[], path: readonly string[], report: Report): void {
  const twice = carries.find((id, index) => carries.indexOf(id) < index);
  if (twice !== undefined) report([...path, 'genome', 'carries'], `'${twice}' is listed twice; remove one`);
}
