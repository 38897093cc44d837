import { none } from './follow-kin.ts';

/** How the components of a sample overlap the earlier groups (species, and candidates for species). */
export interface Matching {
  /** Sampled members of group g in component c, at [c * groups + g]. */
  readonly overlap: Int32Array;
  /** Sampled members of each group, including those in no component. */
  readonly sizes: Int32Array;
  /** Component that holds most of a group's sampled members, of equal ones the lowest; `none` if no component holds any. */
  readonly heirs: Int32Array;
}

/**
 * @param components component of each sampled organism, or `none`
 * @param groups group of each
 */
export function matchGroups(
  components: ArrayLike<number>,
  groups: ArrayLike<number>,
  componentCount: number,
  groupCount: number,
): Matching {
  const overlap = new Int32Array(componentCount * groupCount);
  const sizes = new Int32Array(groupCount);
  const heirs = new Int32Array(groupCount).fill(none);
  for (let i = 0; i < components.length; i++) {
    sizes[groups[i]]++;
    if (components[i] !== none) overlap[components[i] * groupCount + groups[i]]++;
  }
  for (let g = 0; g < groupCount; g++) {
    let most = 0;
    for (let c = 0; c < componentCount; c++) {
      if (overlap[c * groupCount + g] <= most) continue;
      most = overlap[c * groupCount + g];
      heirs[g] = c;
    }
  }
  return { overlap, sizes, heirs };
}
