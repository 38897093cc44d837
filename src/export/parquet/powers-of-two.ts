/** 2 to the power of 0 to 63: the operator for powers is left to engines, these are exact everywhere. */
export const powersOfTwo: readonly number[] = Array.from({ length: 64 }, (_, power) => {
  let value = 1;
  for (let i = 0; i < power; i++) value *= 2;
  return value;
});
