const prefix = 'acts.';

/** Path of the change that does something by hand, as `acts.food`. */
export const actPath = (act: string): string => `${prefix}${act}`;

/** Whether a path is that of something done by hand, known or not. */
export const isAct = (path: string): boolean => typeof path === 'string' && path.startsWith(prefix);

/** The act of such a path. */
export const actOf = (path: string): string => path.slice(prefix.length);
