import { exp, log } from '../../math/elementary.ts';
import { expm1, log1p } from '../../math/expm1.ts';

/** Lives as columns, parents before their children. @experimental */
export interface Lives {
  /** Ticks; NaN in `death` while alive. */
  readonly birth: ArrayLike<number>;
  readonly death: ArrayLike<number>;
  /** Places of the parents, -1 for none. */
  readonly firstParent: ArrayLike<number>;
  readonly secondParent: ArrayLike<number>;
  /** Share of the loci from the first parent. */
  readonly firstShare: ArrayLike<number>;
}

/** A window of time: after the tick `from`, up to the tick `to`. @experimental */
export interface TickWindow {
  readonly from: number;
  readonly to: number;
}

/** A class of ages of a life table. @experimental */
export interface AgeClass {
  /** Ages in ticks, above `from`, up to `to`; the last class has no end. */
  readonly from: number;
  readonly to: number;
  /** Ticks lived in the class within the window, summed over organisms. */
  readonly exposure: number;
  readonly deaths: number;
  /** Offspring born to parents in the class, each shared among its parents by their shares of its loci. */
  readonly births: number;
  /** Chance to reach the class, l_x. */
  readonly survival: number;
  /** Births an organism and tick, m_x. */
  readonly fecundity: number;
  /** Expected ticks that are left on reaching the class, e_x. */
  readonly expectation: number;
}

/** What a life table says of the population. @experimental */
export interface LifeTable {
  readonly classes: readonly AgeClass[];
  /** Net reproductive rate R_0: offspring expected of a newborn. */
  readonly netReproduction: number;
  /** Mean age of parents in the life table, T_c = sum x L_x m_x / R_0, ticks. */
  readonly cohortGeneration: number;
  /** Chance of a newborn to outlive the oldest age that was reached in the window: what is known beyond that age is nothing. */
  readonly outlive: number;
  /** Growth rate r a tick at which sum e^(-r x) L_x m_x = 1 (Euler 1760, Lotka 1907); NaN without births. */
  readonly growth: number;
}

/**
 * Period life table of a window: rates of death and birth by age, as if a cohort lived through them (Preston, Heuveline & Guillot 2001, Demography, ch. 3;
 * Caswell 2001, ch. 2), in discrete time: of q deaths a tick in a class of w ticks l_x (1 - q)^w are left, and L_x = l_x (1 - (1 - q)^w) / q. Ticks lived before the window do not count, so that lives which the window cuts bias no rate. Ages that none reached in the window end the table: `outlive` says how many would have lived on.
 * @param rows of the organisms that count: their ages, deaths, and births of which they are parents
 * @param width of a class, ticks; @param classes their number
 * @experimental
 */
export function lifeTable(
  lives: Lives,
  rows: ArrayLike<number>,
  { from, to }: TickWindow,
  width: number,
  classes: number,
): LifeTable {
  const { birth, death } = lives;
  const [exposure, deaths] = [new Float64Array(classes), new Float64Array(classes)];
  const classOf = (age: number) => Math.min(classes - 1, Math.max(0, Math.floor(age / width)));
  const counts = new Uint8Array(birth.length);
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k];
    counts[row] = 1;
    const [start, end] = [Math.max(birth[row], from), Math.min(Number.isNaN(death[row]) ? to : death[row], to)];
    if (end <= start) continue;
    for (let c = classOf(start - birth[row]); c < classes; c++) {
      const upper = c === classes - 1 ? end : Math.min(end, birth[row] + (c + 1) * width);
      const lower = Math.max(start, birth[row] + c * width);
      if (upper > lower) exposure[c] += upper - lower;
      if (upper >= end) break;
    }
    // A life that ends with a class was at risk in it, and not in the next.
    if (death[row] > from && death[row] <= to) deaths[endedClass(death[row] - birth[row], width, classes)]++;
  }
  const births = birthsByAge(lives, counts, { from, to }, classes, width);
  return tableOf(exposure, deaths, births, width);
}

/** Class of an event at an age: a class has the ages above its lower bound, up to its upper one. */
const endedClass = (age: number, width: number, classes: number) =>
  Math.min(classes - 1, Math.max(0, Math.ceil(age / width) - 1));

function birthsByAge(lives: Lives, counts: Uint8Array, { from, to }: TickWindow, classes: number, width: number): Float64Array {
  const { birth } = lives;
  const births = new Float64Array(classes);
  eachParentage(lives, { from, to }, (parent, child, share) => {
    if (counts[parent] === 0) return;
    const age = birth[child] - birth[parent];
    births[endedClass(age, width, classes)] += share;
  });
  return births;
}

/** Calls back for each parent of each organism that was born in a window, with its share. */
export function eachParentage(
  { birth, firstParent, secondParent, firstShare }: Lives,
  { from, to }: TickWindow,
  each: (parent: number, child: number, share: number) => void,
): void {
  for (let child = 0; child < birth.length; child++) {
    if (!(birth[child] > from && birth[child] <= to)) continue;
    const [first, second] = [firstParent[child], secondParent[child]];
    if (first < 0) continue;
    if (second < 0) each(first, child, 1);
    else {
      each(first, child, firstShare[child]);
      each(second, child, 1 - firstShare[child]);
    }
  }
}

/** Mean of the ages of a class, which are whole ticks. */
const meanAge = (c: number, width: number) => c * width + (width + 1) / 2;

function tableOf(exposure: Float64Array, deaths: Float64Array, births: Float64Array, width: number): LifeTable {
  const classes = exposure.length;
  const [survival, lived, fecundity] = [new Float64Array(classes), new Float64Array(classes), new Float64Array(classes)];
  let [alive, outlive] = [1, 1];
  for (let c = 0; c < classes; c++) {
    survival[c] = alive;
    // Deaths are once a tick: of q a tick, (1 - q)^w of w ticks are left.
    const q = exposure[c] > 0 ? Math.min(1, deaths[c] / exposure[c]) : 0;
    const last = c === classes - 1;
    const kept = q < 1 ? width * log1p(-q) : Number.NEGATIVE_INFINITY;
    const lost = q > 0 && last ? alive : -alive * expm1(kept);
    const left = alive - lost;
    lived[c] = q > 0 ? lost / q : exposure[c] > 0 ? alive * width : 0;
    fecundity[c] = exposure[c] > 0 ? births[c] / exposure[c] : 0;
    // Ages that none reached in the window end the table.
    if (exposure[c] > 0 && alive > 0) outlive = left;
    alive = exposure[c] > 0 ? left : 0;
  }
  let [net, aged, ahead] = [0, 0, 0];
  for (let c = 0; c < classes; c++) {
    net += lived[c] * fecundity[c];
    aged += meanAge(c, width) * lived[c] * fecundity[c];
  }
  const expectation = new Float64Array(classes);
  for (let c = classes - 1; c >= 0; c--) {
    ahead += lived[c];
    expectation[c] = survival[c] > 0 ? ahead / survival[c] : Number.NaN;
  }
  return {
    classes: Array.from(exposure, (_, c) => ({
      from: c * width,
      to: c === classes - 1 ? Number.POSITIVE_INFINITY : (c + 1) * width,
      exposure: exposure[c],
      deaths: deaths[c],
      births: births[c],
      survival: survival[c],
      fecundity: fecundity[c],
      expectation: expectation[c],
    })),
    outlive,
    netReproduction: net,
    cohortGeneration: net > 0 ? aged / net : Number.NaN,
    growth: growthRate(lived, fecundity, width),
  };
}

function growthRate(lived: Float64Array, fecundity: Float64Array, width: number): number {
  const sumAt = (r: number) => {
    let sum = 0;
    for (let c = 0; c < lived.length; c++) {
      if (fecundity[c] > 0) sum += exp(-r * meanAge(c, width)) * lived[c] * fecundity[c];
    }
    return sum;
  };
  if (!(sumAt(0) > 0)) return Number.NaN;
  let [low, high] = [-1 / width, 1 / width];
  while (sumAt(low) < 1) low *= 2;
  while (sumAt(high) > 1) high *= 2;
  for (let step = 0; step < 200 && high - low > 1e-15; step++) {
    const middle = low + (high - low) / 2;
    if (sumAt(middle) > 1) low = middle;
    else high = middle;
  }
  return low + (high - low) / 2;
}

/**
 * Generation time: mean age of parents at births of a window, by their shares of the offspring, ticks (Hill 1972, Theor. Popul. Biol. 3: 278).
 * @param rows of the parents that count
 * @returns NaN without births
 * @experimental
 */
export function generationTime(lives: Lives, rows: ArrayLike<number>, window: TickWindow): number {
  const counts = new Uint8Array(lives.birth.length);
  for (let k = 0; k < rows.length; k++) counts[rows[k]] = 1;
  let [sum, weight] = [0, 0];
  eachParentage(lives, window, (parent, child, share) => {
    if (counts[parent] === 0) return;
    sum += share * (lives.birth[child] - lives.birth[parent]);
    weight += share;
  });
  return weight > 0 ? sum / weight : Number.NaN;
}

/** Numbers of organisms over a window. @experimental */
export interface CensusSize {
  /** Organisms that lived in it. */
  readonly lived: number;
  /** Mean over its ticks. */
  readonly mean: number;
  /** Harmonic mean, which drift averages by (Wright 1938, Science 87: 430); 0 where none lived at a tick. */
  readonly harmonic: number;
  readonly births: number;
  readonly deaths: number;
  /** Exponential growth a tick: the logarithm of the last number over the first, divided by the ticks; NaN where none lived. */
  readonly growth: number;
}

/** Census sizes of a window, over the states after each of its ticks. @experimental */
export function censusSize({ birth, death }: Lives, rows: ArrayLike<number>, { from, to }: TickWindow): CensusSize {
  const change = new Float64Array(to - from + 1);
  let [first, births, deaths] = [0, 0, 0];
  for (let k = 0; k < rows.length; k++) {
    const [born, died] = [birth[rows[k]], death[rows[k]]];
    if (born > to || died <= from) continue;
    if (born <= from) first++;
    else {
      change[born - from]++;
      births++;
    }
    if (died <= to) {
      change[died - from]--;
      deaths++;
    }
  }
  let [living, sum, inverse] = [first, 0, 0];
  for (let t = 1; t < change.length; t++) {
    living += change[t];
    sum += living;
    inverse += 1 / living;
  }
  const ticks = to - from;
  return {
    lived: first + births,
    mean: sum / ticks,
    harmonic: inverse < Number.POSITIVE_INFINITY ? ticks / inverse : 0,
    births,
    deaths,
    growth: first > 0 && living > 0 ? log(living / first) / ticks : Number.NaN,
  };
}
