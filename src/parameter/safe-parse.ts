import { z } from 'zod';

/**
 * Checks any value from outside against a schema. zod itself throws on objects whose `toString` is not a function where it looks at the
 * length of what should have been a text.
 */
export function safeParse<S extends z.ZodType>(schema: S, value: unknown): z.ZodSafeParseResult<z.output<S>> {
  try {
    return schema.safeParse(value, { reportInput: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const message = 'holds an object where a text or a list belongs';
    const problem = new z.ZodError([{ code: 'custom', path: [], message, input: undefined }]);
    return { success: false, error: problem as z.ZodError<z.output<S>> };
  }
}
