// The traits of a population with the ranges between which the page shows them.

import { floatsNamed } from '../ecs/table.ts';
import type { Population } from '../population/population.ts';

export interface TraitText {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly minimum: number;
  readonly maximum: number;
}

/** The traits of a population with the ranges in its scene; a coordinate has the range of the living. */
export function traitRanges({ traits, layout, table }: Population): TraitText[] {
  return traits.map(({ id, title, unit }, t) => {
    const { form, minimum, maximum } = layout.ranges[t];
    if (form === 'logistic') return { id, title, unit, minimum, maximum };
    const values = table.f32(floatsNamed(id)).subarray(0, table.count);
    let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const value of values) {
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    return { id, title, unit, minimum: Math.min(least, 0), maximum: Math.max(greatest, least + 1e-3, 1e-3) };
  });
}
