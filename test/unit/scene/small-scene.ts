/** A scene file with one population and nothing else said; tests change what they need. */
export function smallScene(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    version: 1,
    name: 'small',
    title: 'Small',
    habitat: { kind: 'plane', width: 64, height: 64 },
    populations: { foragers: {} },
    ...changes,
  };
}

/** The same with fields of its one population. */
export const withForagers = (fields: Record<string, unknown>): Record<string, unknown> =>
  smallScene({ populations: { foragers: fields } });

/** The same with fields of its habitat. */
export const withHabitat = (fields: Record<string, unknown>): Record<string, unknown> =>
  smallScene({ habitat: { kind: 'plane', width: 64, height: 64, ...fields } });
