import { UserError } from './user-error.ts';

/**
 * A world's own error about its parameters, as a line for the person: parameters of a landscape may not fit each other, or lead
 * to where it cannot measure. Any other error is returned unchanged.
 */
export function worldProblem(error: unknown, where: string): unknown {
  // The engine's own messages end with what to do, those of a runtime do not.
  if (!(error instanceof RangeError && error.message.includes('; '))) return error;
  return new UserError(`${where}${error.message}`);
}
