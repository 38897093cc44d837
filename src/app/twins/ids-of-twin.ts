import { isAct } from '../../scene/act-path.ts';

interface Finder {
  twinOf(population: string, id: number): Promise<number | undefined>;
}

/** Whether a change is an edit by hand of single organisms, which only worlds of the same state have under the same ids. */
export function namesOrganisms(path: string, value: unknown): boolean {
  if (!isAct(path) || typeof value !== 'object' || value === null) return false;
  const { id, ids, genome } = value as { id?: unknown; ids?: unknown; genome?: { of?: unknown } };
  return id !== undefined || ids !== undefined || genome?.of !== undefined;
}

/** The value of an act that names organisms of the world, with the ids that they have in its twin. Anything else is returned as it is. */
export async function idsOfTwin(twins: Finder, path: string, value: unknown): Promise<unknown> {
  if (!isAct(path) || typeof value !== 'object' || value === null) return value;
  const { population, id, genome } = value as { population?: unknown; id?: unknown; genome?: { of?: unknown } };
  if (typeof population !== 'string') return value;
  const translated = async (one: number) => {
    const found = await twins.twinOf(population, one);
    if (found === undefined) throw new Error(`Organism ${one} does not live in the twin. Pick another one.`);
    return found;
  };
  if (typeof id === 'number') return { ...value, id: await translated(id) };
  if (typeof genome?.of === 'number') return { ...value, genome: { ...genome, of: await translated(genome.of) } };
  return value;
}
