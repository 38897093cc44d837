import { z } from 'zod';

/**
 * Holds a value from outside against a schema, whatever it is: zod itself stops at objects whose `toString` is not a function where it looks at the
 * length of what should have been a text.
 */
export function safeParse<S extends z.ZodType>(schema: S, value: unknown): z.ZodSafeParseResult<z.output<S>> {
  try {
    return schema.safeParse(value, { reportInput: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const issue = {
      code: 'custom',
      path: [],
      message: 'holds an object where a text or a list belongs',
      input: undefined,
    } as const;
    return { success: false, error: new z.ZodError([issue]) as z.ZodError<z.output<S>> };
  }
}
