/** Why an organism died; events hold the index, tables hold index + 1, 0 being alive. @public */
export const deathCauses = ['starvation', 'predation', 'age', 'accident'] as const;

/** Another cause: removed from the world by hand. It comes after the others. */
export const handCause = 'removed';
