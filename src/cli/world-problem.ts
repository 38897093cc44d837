import { UserError } from './user-error.ts';

/**
 * What a world says itself about its parameters, as a line for the person: those of a landscape may not fit each other, or
 * lead to where it cannot measure. Anything else stays what it is.
 */
export function worldProblem(error: unknown, where: string): unknown {
  // The engine's own messages end with what to do, those of a runtime do not.
  if (!(error instanceof RangeError && error.message.includes('; '))) return error;
  return new UserError(`${where}${error.message}`);
}
