import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeParameters } from '../../src/scene/describe-parameters.ts';
import { SceneError } from '../../src/scene/error.ts';
import { parseScene, readSceneText } from '../../src/scene/parse.ts';
import { applyChange } from '../../src/scene/set-path.ts';
import { decodeShare, encodeShare } from '../../src/scene/share.ts';
import { smallScene } from '../unit/scene/small-scene.ts';

const runs = { numRuns: 300 };
const valid = smallScene({
  populations: { prey: { senses: ['grass', 'energy'] }, predators: { bite: { targets: ['prey'] } } },
  changes: [{ at: 10, path: 'habitat.grass.regrowth', value: 0.01 }],
});
const text = JSON.stringify(valid);
const scene = parseScene(valid, 'valid.json');
const parameters = describeParameters(scene);

/** Runs what may refuse its input: it returns, or throws a SceneError whose lines are single lines; nothing else. */
function mayRefuse(act: () => unknown): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof SceneError)) throw error;
    expect(error.message).toMatch(/^[^\n\r\u2028\u2029]{1,900}$/u);
    expect(error.problems.length).toBeGreaterThan(0);
    expect(error.problems.length).toBeLessThanOrEqual(5);
    expect(error.total).toBeGreaterThanOrEqual(error.problems.length);
  }
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
}

const hostileKeys = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'length',
  '',
  '0',
  'a.b',
  '\u0000',
  '\u2028',
];
const hostileValues = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.constantFrom(null, Number.NaN, Number.POSITIVE_INFINITY, -0, 1e308, 2 ** 53, '', 'x'.repeat(5000), [], {}, true),
  fc.constantFrom(() => 1, Symbol('s'), 10n, new Date(0), new Map(), /x/),
  fc.dictionary(fc.constantFrom(...hostileKeys), fc.constantFrom(1, {}, { polluted: 1 })),
);

/** Every place of a JSON value, as a list of keys. */
function places(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (value === null || typeof value !== 'object') return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, child]) => places(child, [...path, Array.isArray(value) ? Number(key) : key])),
  ];
}

/** A copy with another value at a place. */
function replaceAt(value: unknown, path: readonly (string | number)[], other: unknown): unknown {
  if (path.length === 0) return other;
  const [key, ...rest] = path;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string | number, unknown>;
  copy[key] = replaceAt(copy[key], rest, other);
  return copy;
}

describe('whatever comes as a scene', () => {
  it('any text is read or refused in one line', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.json(),
          fc.string().map((s) => `{${s}`),
        ),
        (input) => {
          mayRefuse(() => readSceneText(input, 'any.json'));
        },
      ),
      runs,
    );
  });

  it('every truncation of a scene is refused', () => {
    for (let length = 0; length < text.length; length++) {
      expect(() => readSceneText(text.slice(0, length), 'cut.json')).toThrow(SceneError);
    }
  });

  it('any changed character is read or refused in one line', () => {
    fc.assert(
      fc.property(fc.nat({ max: text.length - 1 }), fc.string({ unit: 'binary', minLength: 0, maxLength: 3 }), (at, inserted) => {
        mayRefuse(() => readSceneText(text.slice(0, at) + inserted + text.slice(at + 1), 'garbled.json'));
      }),
      runs,
    );
  });

  it('any value in any place is read or refused in one line', () => {
    const filled = structuredClone({ ...valid, populations: scene.populations, habitat: scene.habitat });
    fc.assert(
      fc.property(fc.constantFrom(...places(filled)), hostileValues, (place, value) => {
        mayRefuse(() => parseScene(replaceAt(filled, place, value), 'wrong.json'));
      }),
      runs,
    );
  });

  it('any further key in any object is refused', () => {
    const objects = places(valid).filter((place) => {
      const target = place.reduce<unknown>((value, key) => (value as Record<string | number, unknown>)[key], valid);
      return target !== null && typeof target === 'object' && !Array.isArray(target) && place.join('.') !== 'populations';
    });
    fc.assert(
      fc.property(fc.constantFrom(...objects), fc.constantFrom(...hostileKeys, 'zzz'), (place, key) => {
        // JSON.parse makes `__proto__` an own key, which an object literal does not.
        const target = JSON.parse(text);
        const owner = place.reduce((value, step) => value[step], target);
        Object.defineProperty(owner, key, { value: { polluted: 1 }, enumerable: true, configurable: true });
        expect(() => parseScene(target, 'further.json')).toThrow(SceneError);
        mayRefuse(() => parseScene(target, 'further.json'));
      }),
      runs,
    );
  });

  it('huge ones are refused quickly', () => {
    const start = process.hrtime.bigint();
    const wide = JSON.stringify({ ...valid, lookFor: Array.from({ length: 200_000 }, () => '') });
    const nested = '{"a":'.repeat(160_000);
    const keys = `{${Array.from({ length: 60_000 }, (_, i) => `"k${i}":1`).join(',')}}`;
    const barriers = Array.from({ length: 256 }, (_, i) => ({ x: i / 4.1, y: i / 4.3, width: 64, height: 64 }));
    const changes = Array.from({ length: 1000 }, (_, i) => ({ at: i, path: 'habitat.barriers', value: barriers.slice(i % 7) }));
    for (const huge of [wide, nested, '['.repeat(900_000), keys, JSON.stringify({ ...valid, changes })]) {
      expect(() => readSceneText(huge, 'huge.json')).toThrow(SceneError);
    }
    expect(Number(process.hrtime.bigint() - start) / 1e9).toBeLessThan(10);
  });
});

describe('whatever comes as a change', () => {
  const path = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(...parameters.map((parameter) => parameter.path)),
    fc
      .array(fc.constantFrom(...hostileKeys, 'populations', 'prey', 'habitat', 'life', 'traits', 'body', 'size'), {
        maxLength: 6,
      })
      .map((words) => words.join('.')),
  );

  it('is made or refused in one line, and leaves the scene as it was', () => {
    const before = structuredClone(scene);
    fc.assert(
      fc.property(path, hostileValues, fc.boolean(), (where, value, atStart) => {
        mayRefuse(() => applyChange(scene, where, value, { atStart }));
      }),
      { numRuns: 1000 },
    );
    expect(scene).toEqual(before);
  });

  it('within its range it is made, and a file that holds the result reads as the same scene', () => {
    const numbers = parameters.filter(({ kind, live, path }) => kind === 'number' && live && !path.endsWith('.capacity'));
    fc.assert(
      fc.property(fc.constantFrom(...numbers), fc.double({ min: 0, max: 1, noNaN: true }), (parameter, share) => {
        const { minimum = 0, maximum = 1, integer } = parameter;
        const exact = Math.min(maximum, minimum + share * (maximum - minimum));
        const value = integer ? Math.round(exact) : exact;
        const next = applyChange(scene, parameter.path, value);
        expect(describeParameters(next).find(({ path }) => path === parameter.path)?.value).toBe(value);
        expect(readSceneText(JSON.stringify(next), 'saved.json')).toEqual(next);
      }),
      runs,
    );
  });

  it('outside its range it is refused', () => {
    const numbers = parameters.filter(({ kind }) => kind === 'number');
    fc.assert(
      fc.property(
        fc.constantFrom(...numbers),
        fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
        fc.boolean(),
        (parameter, beyond, above) => {
          const { minimum = 0, maximum = 0, path } = parameter;
          const value = above ? maximum + beyond : minimum - beyond;
          expect(() => applyChange(scene, path, value, { atStart: true })).toThrow(SceneError);
        },
      ),
      runs,
    );
  });
});

describe('whatever comes as a link', () => {
  it('is read or refused in one line', () => {
    const parts = fc.record(
      { v: fc.oneof(fc.constant(1), hostileValues), s: hostileValues, r: hostileValues, t: hostileValues, c: hostileValues },
      { requiredKeys: [] },
    );
    const asText = parts.map((value) => {
      try {
        return JSON.stringify(value);
      } catch {
        return '{';
      }
    });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json(), asText), (input) => {
        mayRefuse(() => decodeShare(input));
      }),
      runs,
    );
  });

  it('what was shared comes back', () => {
    const changes = fc.array(
      fc.record({ at: fc.nat(), path: fc.string({ minLength: 1, maxLength: 300 }), value: fc.jsonValue({ maxDepth: 2 }) }),
      { maxLength: 20 },
    );
    const at = (change: { at: number }) => change.at <= 100_000_000;
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), fc.nat({ max: 100_000_000 }), changes, (seed, tick, made) => {
        const run = { scene: 'meadow', seed, tick, changes: made.filter(at) };
        const shared = encodeShare(run);
        let back: ReturnType<typeof decodeShare> | undefined;
        mayRefuse(() => {
          back = decodeShare(shared);
        });
        // A value may hold a key that no scene has; then the link is refused as a whole.
        if (back) expect(JSON.stringify({ ...back, parsed: undefined })).toBe(JSON.stringify(ordered(run)));
      }),
      runs,
    );
  });
});

/** The same run with its keys in the order in which a link gives them back. */
const ordered = ({
  scene,
  seed,
  changes,
  tick,
}: {
  scene: string;
  seed: string;
  tick: number;
  changes: readonly { at: number; path: string; value: unknown }[];
}) => ({
  scene,
  seed,
  changes: changes.map(({ at, path, value }) => ({ at, path, value })),
  tick,
});
