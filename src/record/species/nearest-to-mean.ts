import { genomeDistance } from '../../genome/distance.ts';

/**
 * Which of the genomes that start at `starts` is nearest to their mean over `slots`; of equally near ones the first.
 * @returns its place in `starts`, -1 if there are none
 */
export function nearestToMean(genomes: Float32Array, starts: ArrayLike<number>, slots: Int32Array): number {
  const mean = new Float32Array(slots.length === 0 ? 0 : slots[slots.length - 1] + 1);
  for (let k = 0; k < slots.length; k++) {
    let sum = 0;
    for (let i = 0; i < starts.length; i++) sum += genomes[starts[i] + slots[k]];
    mean[slots[k]] = sum / starts.length;
  }
  let [nearest, least] = [-1, Number.POSITIVE_INFINITY];
  for (let i = 0; i < starts.length; i++) {
    const distance = genomeDistance(genomes, starts[i], mean, 0, slots, least);
    if (distance < least) [nearest, least] = [i, distance];
  }
  return nearest;
}
