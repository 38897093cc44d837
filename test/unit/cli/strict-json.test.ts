import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { call, smallScene, Workplace } from './test-io.ts';

const place = new Workplace();
const twice = (json: string, key: string) => json.replace(`"${key}"`, `"${key}": 1, "${key}"`);
const write = (name: string, text: string) => {
  writeFileSync(place.at(name), text);
  return place.at(name);
};

beforeAll(async () => {
  const made = await call(['run', place.scene, '--seed', '1', '--ticks', '20', '--out', place.at('run')]);
  expect(made.status, made.err).toBe(0);
});
afterAll(() => place.remove());

it('a key that is listed twice is refused in every file and flag, with its place', async () => {
  const scene = write('scene.json', twice(JSON.stringify(smallScene), 'ticks'));
  const plan = write('plan.json', '{"version": 1, "scene": "meadow",\n "seeds": "1..2", "seeds": "1..3"}');
  const provenance = write('provenance.json', twice(readFileSync(place.at('run', 'provenance.json'), 'utf8'), 'seed'));
  const cases: [words: string[], problem: RegExp][] = [
    [['run', scene, '--out', 'x'], /scene\.json: line 1, column \d+: the key 'ticks' is listed twice; remove one$/],
    [['sweep', plan, '--out', 'x'], /plan\.json: line 2, column 19: the key 'seeds' is listed twice; remove one$/],
    [['replay', provenance], /provenance\.json: line \d+, column \d+: the key 'seed' is listed twice; remove one$/],
    [
      ['run', place.scene, '--set', 'a={"b": 1, "b": 2}', '--out', 'x'],
      /line 1, column 10: the key 'b' is listed twice; remove one; /,
    ],
    [
      ['run', place.scene, '--at', '5:a={"__proto__": 1}', '--out', 'x'],
      /line 1, column 2: the key '__proto__' is not allowed; remove it; /,
    ],
    [
      ['sweep', '--scene', 'meadow', '--seeds', '1', '--vary', 'a=[{"b": 1, "b": 2}]', '--out', 'x'],
      /the key 'b' is listed twice; remove one; /,
    ],
  ];
  for (const [words, problem] of cases) {
    const { status, err } = await call(words.map((word) => (word === 'x' ? place.at('x') : word)));
    expect([status, err.trimEnd()], words.join(' ')).toEqual([2, expect.stringMatching(problem)]);
    expect(err.trimEnd().split('\n').length).toBe(1);
  }
  expect(place.names('.')).not.toContain('x');
  const valid = await call(['validate', provenance]);
  expect([valid.status, valid.out]).toEqual([
    1,
    expect.stringMatching(/'seed' is listed twice; remove one \(not valid provenance\)\n$/),
  ]);
});

it('provenance that was damaged or edited is refused in one line of ours: file, place, what to do', async () => {
  const text = readFileSync(place.at('run', 'provenance.json'), 'utf8');
  const cases: [text: string, problem: RegExp][] = [
    [text.slice(0, 300), /ends in the middle of the provenance; the file is cut off; use another copy$/],
    [text.replace(':', ';'), /is not JSON at line 2, column \d+; give the provenance\.json of a run as it was written$/],
    [text.replace(/"hash": "\w+"/, '"hash": "x"'), /hash: 'x' is not allowed; give 16 hexadecimal digits$/],
    [
      text.replace('"founders": 60', '"founders": -1'),
      /provenance\.json: scene: populations\.grazers\.founders: -1 is too small; give /,
    ],
    [`${text.slice(0, 50)}\u0000${text.slice(50)}`, /is not JSON at line \d+, column \d+; /],
    ['[]', /provenance\.json: a list is not allowed here; give /],
  ];
  for (const [changed, problem] of cases) {
    const { status, err } = await call(['replay', write('provenance.json', changed)]);
    expect([status, err.trimEnd()]).toEqual([2, expect.stringMatching(problem)]);
    expect(err.trimEnd().split('\n').length).toBe(1);
  }
});
