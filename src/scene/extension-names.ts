import { z } from 'zod';

/** Schema of an extension's name. */
export const extensionName = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'lower-case letters, digits and hyphens, at most 40');

/** Schema of an extension's version. */
export const extensionVersion = z.string().regex(/^[\w.+-]{1,40}$/, 'letters, digits and . + - _, at most 40');

/** Schema of the extensions that a snapshot or a provenance names. */
export const extensionNames = z
  .array(z.strictObject({ name: extensionName, version: extensionVersion }))
  .min(1)
  .max(32);
