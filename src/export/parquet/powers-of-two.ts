/** 2 to the power of 0 to 63, exact everywhere: engines may round the operator for powers. */
export const powersOfTwo: readonly number[] = Array.from({ length: 64 }, (_, power) => {
  let value = 1;
  for (let i = 0; i < power; i++) value *= 2;
  return value;
});
