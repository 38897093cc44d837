/** Longest seed, in characters, wherever one is given or read. */
export const longestSeed = 200;
