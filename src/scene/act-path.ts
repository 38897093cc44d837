const prefix = 'acts.';

/** Path of a change that edits the world by hand, as `acts.food`. */
export const actPath = (act: string): string => `${prefix}${act}`;

/** Whether a path is that of an edit by hand, known or not. */
export const isAct = (path: string): boolean => typeof path === 'string' && path.startsWith(prefix);

/** The act of such a path. */
export const actOf = (path: string): string => path.slice(prefix.length);
