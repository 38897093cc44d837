import { allMechanisms } from '../mechanisms/index.ts';
import { sceneSchema } from './schema.ts';

let schema: ReturnType<typeof sceneSchema> | undefined;
let mechanisms = -1;

/** The schema of scenes, built again only when a mechanism was registered since: mechanisms are never taken away. */
export function currentSchema(): ReturnType<typeof sceneSchema> {
  const count = allMechanisms().length;
  if (schema === undefined || count !== mechanisms) {
    schema = sceneSchema();
    mechanisms = count;
  }
  return schema;
}
