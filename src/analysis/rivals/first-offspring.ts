/** How long an organism was observed without offspring. @experimental */
export interface WaitingTime {
  readonly subclade: number;
  /** Age at which it came under observation without offspring, and at which that ended; ticks. */
  readonly enter: number;
  readonly leave: number;
  /** Whether it ended with its first offspring; otherwise with its death, or with the interval. */
  readonly ended: boolean;
}

/**
 * Age at which half have had offspring, by the product-limit estimate (Kaplan & Meier 1958, J. Am. Stat. Assoc. 53: 457): an organism counts among
 * those that may have their first offspring from the age at which it came under observation to that at which it died, or the interval closed. Deaths are thus
 * treated as if they had nothing to do with how soon offspring would have come.
 * @param weights of the waiting times; by default 1
 * @returns ticks; NaN if fewer than half ever had any
 * @experimental
 */
export function medianFirstOffspring(waiting: readonly WaitingTime[], weights?: ArrayLike<number>): number {
  let longest = 0;
  for (const { leave } of waiting) longest = Math.max(longest, leave);
  const [atRisk, first] = [new Float64Array(longest + 2), new Float64Array(longest + 2)];
  for (const [k, { enter, leave, ended }] of waiting.entries()) {
    const weight = weights ? weights[k] : 1;
    // It is at risk at the ages after `enter` up to `leave`.
    atRisk[enter + 1] += weight;
    atRisk[leave + 1] -= weight;
    if (ended) first[leave] += weight;
  }
  let [childless, risk] = [1, 0];
  for (let age = 0; age <= longest; age++) {
    risk += atRisk[age];
    if (first[age] > 0) childless *= 1 - first[age] / risk;
    if (childless <= 0.5) return age;
  }
  return Number.NaN;
}

/** Mean age at first offspring of those that had it within the interval: short intervals miss the late ones. @returns ticks; NaN if none had any @experimental */
export function meanFirstOffspring(waiting: readonly WaitingTime[], weights?: ArrayLike<number>): number {
  let [sum, count] = [0, 0];
  for (const [k, { leave, ended }] of waiting.entries()) {
    if (!ended) continue;
    const weight = weights ? weights[k] : 1;
    sum += weight * leave;
    count += weight;
  }
  return sum / count;
}
