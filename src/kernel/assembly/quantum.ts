/**
 * Quanta in a unit of energy. Amounts eaten and torn are whole multiples of 2^-14: their sums are exact in float32 up to
 * 1024 units, so that they do not depend on the order in which organisms are visited, and no row is favoured.
 */
export const QUANTUM: f32 = 16384;
