/** Selection split by groups, in units of the trait: the two parts sum to the differential. @public */
export interface SplitSelection {
  readonly between: number;
  readonly within: number;
}

/**
 * Multilevel selection: Cov(w, z) = Cov over groups of their means (weighted by size) + mean over groups of Cov within (Price 1972,
 * Ann. Hum. Genet. 35: 485). w is fitness relative to the mean of all.
 * @param groups of each, any number that identifies a group
 * @public
 */
export function splitSelection(fitness: ArrayLike<number>, values: ArrayLike<number>, groups: ArrayLike<number>): SplitSelection {
  const n = values.length;
  const places = new Map<number, number>();
  const of = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    const place = places.get(groups[i]) ?? places.size;
    places.set(groups[i], place);
    of[i] = place;
  }
  const [counts, w, z] = [0, 1, 2].map(() => new Float64Array(places.size));
  let [meanFitness, meanValue] = [0, 0];
  for (let i = 0; i < n; i++) {
    counts[of[i]]++;
    w[of[i]] += fitness[i];
    z[of[i]] += values[i];
    meanFitness += fitness[i] / n;
    meanValue += values[i] / n;
  }
  let [between, within] = [0, 0];
  for (let g = 0; g < counts.length; g++) {
    w[g] /= counts[g];
    z[g] /= counts[g];
    between += counts[g] * (w[g] - meanFitness) * (z[g] - meanValue);
  }
  for (let i = 0; i < n; i++) within += (fitness[i] - w[of[i]]) * (values[i] - z[of[i]]);
  return { between: between / (n * meanFitness), within: within / (n * meanFitness) };
}
