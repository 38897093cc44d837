import { z } from 'zod';

/** Schema of changes of live parameters at stated ticks; a scene and a plan of many runs have such lists. */
export function scheduledChanges(description: string) {
  return z
    .array(
      z.strictObject({
        at: z.int().min(0).max(100_000_000).meta({ description: 'tick' }),
        path: z.string().max(300).meta({ description: 'parameter' }),
        value: z.unknown().meta({ description: 'new value' }),
      }),
    )
    .max(1000)
    .default([])
    .meta({ description });
}
