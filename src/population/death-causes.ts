/** Why an organism died; events hold the index, tables hold index + 1, 0 being alive. @public */
export const deathCauses = ['starvation', 'predation', 'age', 'accident'] as const;

/** Why else: somebody took it out of the world. It stands behind the others. */
export const handCause = 'removed';
