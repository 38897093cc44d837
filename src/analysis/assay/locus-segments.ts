import { type GenomeLayout, policyWeights } from '../../genome/layout.ts';

/** Loci that are reported together. @experimental */
export interface LocusSegment {
  readonly name: string;
  /** Places among the assayed loci. */
  readonly loci: readonly number[];
}

/**
 * The segments that an assay reports: everything; the policy, its weights from senses to hidden units and those to each action; all traits
 * and each of them. Three loci with steep gradients must not represent the rest of a genome.
 * @param slots of the assayed loci
 * @experimental
 */
export function locusSegments({ loci }: GenomeLayout, slots: ArrayLike<number>): readonly LocusSegment[] {
  const bySlot = new Map(loci.map((locus) => [locus.slot, locus]));
  const places = new Map<string, number[]>();
  const put = (name: string, l: number) => places.set(name, [...(places.get(name) ?? []), l]);
  for (let l = 0; l < slots.length; l++) put(bySlot.get(slots[l])?.segment ?? '', l);
  const segments: LocusSegment[] = [{ name: 'everything', loci: Array.from(slots, (_, l) => l) }];
  const traits: LocusSegment[] = [];
  for (const [name, own] of places) {
    if (own.length === 1) {
      traits.push({ name, loci: own });
      continue;
    }
    const policy = name === policyWeights;
    segments.push({ name: policy ? 'policy' : name, loci: own });
    if (!policy) continue;
    const layers = new Map<string, number[]>();
    for (const l of own) {
      const target = bySlot.get(slots[l])?.name.split('>')[1] ?? '';
      const layer = /^h\d+$/.test(target) ? 'policy: to hidden units' : `policy: to ${target}`;
      layers.set(layer, [...(layers.get(layer) ?? []), l]);
    }
    for (const [layer, part] of layers) segments.push({ name: layer, loci: part });
  }
  if (traits.length > 1) segments.push({ name: 'traits', loci: traits.flatMap(({ loci: own }) => own) });
  // A single segment is everything.
  return segments.length === 2 && traits.length === 0 ? segments.slice(0, 1) : [...segments, ...traits];
}
