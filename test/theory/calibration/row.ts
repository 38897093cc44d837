/** Intervals (or percentiles, or tests) of one trial: how many there were, and how many did what they should. */
export interface Outcome {
  readonly made: number;
  /** Intervals that hold the truth, percentiles in the middle 95 %, tests of a true null with p of 0.05 or more. */
  readonly held: number;
}

/** Something that is printed with 95 %, and worlds in which the truth is known. */
export interface Calibration {
  readonly name: string;
  /** World, truth, size. */
  readonly world: string;
  /** The truth lies on a boundary, or the correction is for the worst case: more than 95 % is allowed. */
  readonly over?: true;
  /** Trials in `npm test`, and in `npm run verify -- calibration`. */
  readonly trials: { readonly few: number; readonly many: number };
  /** @param index of the trial, which names its seed */
  trial(index: number): Outcome;
}

export interface Coverage {
  readonly trials: number;
  readonly made: number;
  readonly held: number;
  /** Sums over trials of made^2, made held and held^2: intervals of one trial depend on each other. */
  readonly squares: readonly [number, number, number];
}

/** Runs trials `from` to `to` - 1. */
export function cover({ trial }: Calibration, from: number, to: number): Coverage {
  let [made, held, mm, mh, hh] = [0, 0, 0, 0, 0];
  for (let index = from; index < to; index++) {
    const one = trial(index);
    made += one.made;
    held += one.held;
    mm += one.made * one.made;
    mh += one.made * one.held;
    hh += one.held * one.held;
  }
  return { trials: to - from, made, held, squares: [mm, mh, hh] };
}

export const joined = (parts: readonly Coverage[]): Coverage => ({
  trials: parts.reduce((sum, { trials }) => sum + trials, 0),
  made: parts.reduce((sum, { made }) => sum + made, 0),
  held: parts.reduce((sum, { held }) => sum + held, 0),
  squares: [0, 1, 2].map((k) => parts.reduce((sum, { squares }) => sum + squares[k], 0)) as [number, number, number],
});

const [wanted, allowed] = [0.95, 0.02];

/** Rate with its standard error over trials, and whether it is 95 +- 2 % within so many standard errors. */
export function judge({ over }: Calibration, { trials, made, held, squares: [mm, mh, hh] }: Coverage, errors = 3) {
  const rate = held / made;
  const spread = (hh - 2 * rate * mh + rate * rate * mm) / (made * made);
  // Where (nearly) every interval holds, the spread between trials says too little.
  const error = Math.max(Math.sqrt(spread), Math.sqrt((wanted * (1 - wanted)) / Math.max(1, trials)) / 2);
  const reach = allowed + errors * error;
  const holds = made === 0 ? over === true : rate > wanted - reach && (over === true || rate < wanted + reach);
  return { rate, error, holds };
}

export const all = (held: readonly boolean[]): Outcome => ({ made: held.length, held: held.filter(Boolean).length });
export const within = (low: number, value: number, high: number) => low <= value && value <= high;
