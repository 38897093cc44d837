/**
 * Where and when a Markov chain ends whose first and last states are absorbing. Elimination without a single subtraction
 * (Grassmann, Taksar & Heyman 1985, Oper. Res. 33: 1107): a pivot is the sum of what leaves the state, so that the smallest
 * probability keeps its digits as the largest does.
 * @param transition `states` rows of probabilities, each summing to 1; from every state an end can be reached
 * @returns by starting state: `fixation`, the probability to end in the last state; `timeToFixation` and `timeToLoss`, the
 * mean number of steps to the last and to the first state given that the chain ends there (NaN if it cannot, 0 at the end)
 */
export function absorption(transition: Float64Array, states: number) {
  const last = states - 1;
  const p = transition.slice();
  const leaving = new Float64Array(states);
  // State n is removed: paths that went there go at once where one goes from there. Column n then keeps the share that went there,
  // over what leaves n, and row n where one goes from n, to use below.
  for (let n = last - 1; n >= 1; n--) {
    const row = n * states;
    let sum = p[row + last];
    for (let k = 0; k < n; k++) sum += p[row + k];
    leaving[n] = sum;
    for (let i = 1; i < n; i++) {
      const share = p[i * states + n] / sum;
      p[i * states + n] = share;
      if (share === 0) continue;
      for (let k = 0; k < n; k++) p[i * states + k] += share * p[row + k];
      p[i * states + last] += share * p[row + last];
    }
  }
  /** Expected sum, until the end, of `reward` in each state passed. */
  const collect = (reward: Float64Array): Float64Array => {
    const sums = reward.slice();
    for (let n = last - 1; n >= 1; n--) for (let i = 1; i < n; i++) sums[i] += p[i * states + n] * sums[n];
    for (let n = 1; n < last; n++) {
      let sum = sums[n];
      for (let k = 1; k < n; k++) sum += p[n * states + k] * sums[k];
      sums[n] = sum / leaving[n];
    }
    return sums;
  };
  /** The end is reached with the probability to go there in one step, summed over the states passed. */
  const ending = (end: number): Float64Array => {
    const reward = new Float64Array(states);
    for (let i = 1; i < last; i++) reward[i] = transition[i * states + end];
    const chances = collect(reward);
    chances[0] = end === 0 ? 1 : 0;
    chances[last] = end === last ? 1 : 0;
    return chances;
  };
  /** Mean time to an end that is reached with these chances: the time passed by chains that end there, over their share. */
  const timeTo = (chances: Float64Array): Float64Array => {
    const reward = chances.slice();
    reward[0] = 0;
    reward[last] = 0;
    return collect(reward).map((sum, i) => sum / chances[i]);
  };
  const fixation = ending(last);
  return { fixation, timeToFixation: timeTo(fixation), timeToLoss: timeTo(ending(0)) };
}
