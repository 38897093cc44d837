import type { z } from 'zod';

/**
 * The text about a parameter. It is written once, at the field; controls, help, schema and reference come from it.
 * @public
 */
export interface ParameterText {
  readonly title: string;
  readonly description: string;
  /** Unit of the value, or '' for a pure number. */
  readonly unit: string;
  /** True when the value may change while the world runs; a fixed one shapes the world when it is made. */
  readonly live: boolean;
  /** Step of a slider, where a slider is useful. */
  readonly step?: number;
}

/** Attaches its text to a zod field; read back with `field.meta()` and in the generated JSON Schema. @public */
export function parameter<T extends z.ZodType>(schema: T, text: ParameterText): T {
  return schema.meta({ ...text });
}
