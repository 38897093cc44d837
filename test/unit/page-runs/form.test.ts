import { describe, expect, test } from 'vitest';
import { cellStyle } from '../../../src/app/instruments/runs/cell-style.ts';
import { chooseEvery } from '../../../src/app/instruments/runs/choose-every.ts';
import { describeCell } from '../../../src/app/instruments/runs/describe-cell.ts';
import { GatheredRuns } from '../../../src/app/instruments/runs/gathered-runs.ts';
import { pageLimit } from '../../../src/app/instruments/runs/page-limit.ts';
import { placeProblem, readForm } from '../../../src/app/instruments/runs/read-form.ts';
import { meansCsv, valuesCsv } from '../../../src/app/instruments/runs/runs-csv.ts';
import { varyChoices } from '../../../src/app/instruments/runs/vary-choices.ts';
import type { NamedWorld } from '../../../src/app/ui/group-controls.ts';
import { expandPlan } from '../../../src/experiment/expand-plan.ts';
import { readPlan } from '../../../src/experiment/plan.ts';
import { describeParameters } from '../../../src/scene/describe-parameters.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import type { CheckedPlan } from '../../../src/worker/runs-protocol.ts';
import { tinyScene } from '../experiment/small-plan.ts';

const scene = parseScene(tinyScene, 'tiny');
const controls = describeParameters(scene);
const world: NamedWorld = {
  settings: { title: 'Ground and climate', rest: 'Ground' },
  populations: [{ name: 'grazers', title: 'Grazers' }],
  mechanisms: [{ id: 'mutation', title: 'Mutation' }],
};
const controlOf = (path: string) => controls.find((control) => control.path === path);
const mutation = 'populations.grazers.mechanisms.mutation.on';
const regrowth = 'habitat.grass.regrowth';
const address = {
  scene: tinyScene,
  changes: [
    { at: 10, path: regrowth, value: 0.05 },
    { at: 20, path: mutation, value: false },
    { at: 30, path: regrowth, value: 0.07 },
  ],
};
const form = { seeds: '4', ticks: '200', every: '10', values: '' };

describe('what may vary', () => {
  const groups = varyChoices(controls, world);
  const all = groups.flatMap(({ choices }) => choices);

  test('is every switch of a mechanism, and every parameter that is a number, a switch or a word', () => {
    const switches = controls.filter(({ path }) => /^populations\.[^.]+\.mechanisms\.[^.]+\.on$/.test(path));
    expect(switches.length).toBeGreaterThan(3);
    expect(groups[0].choices.map(({ control }) => control.path)).toEqual(switches.map(({ path }) => path));
    const open = controls.filter(
      ({ path, kind }) => /^(populations|habitat)\./.test(path) && ['number', 'boolean', 'enum'].includes(kind),
    );
    expect(all.map(({ control }) => control.path).sort()).toEqual(open.map(({ path }) => path).sort());
    expect(all.find(({ control }) => control.path === regrowth)?.name).toBe('Grass: regrowth');
    expect(groups[0].choices.find(({ control }) => control.path === mutation)?.name).toBe('Mutation on and off');
  });

  test('comes with values that make a plan', () => {
    for (const { control, suggestion } of all) {
      const read = readForm({ ...form, values: suggestion }, 'tiny', { scene: tinyScene, changes: [] }, control);
      if ('text' in read) throw new Error(`${control.path}: ${read.text}`);
      const values = (read.plan.vary as Record<string, unknown[]>)[control.path];
      expect(new Set(values).size).toBe(values.length);
      expect(values.length, `${control.path}: ${suggestion}`).toBeGreaterThan(0);
      if (control.kind === 'number' && control.value !== 0) expect(values).toContain(control.value);
      const { minimum = -Infinity, maximum = Infinity } = control;
      if (control.kind === 'number')
        for (const value of values) expect(value).toSatisfy((one: number) => one >= minimum && one <= maximum);
    }
  });
});

describe('a form', () => {
  test('is the plan of the world as it is set now', () => {
    const read = readForm(form, 'tiny', address, undefined);
    if ('text' in read) throw new Error(read.text);
    const sweep = expandPlan(readPlan(read.plan, 'plan'), () => scene, 'plan');
    expect(sweep.seeds).toEqual(['1', '2', '3', '4']);
    expect(sweep.every).toBe(10);
    expect(sweep.cells).toHaveLength(1);
    expect(sweep.cells[0].ticks).toBe(200);
    const [made] = sweep.cells;
    expect(made.scene.habitat).toMatchObject({ grass: { regrowth: 0.07 } });
    expect(made.scene.populations.grazers.mechanisms.mutation.on).toBe(false);
  });

  test('varies what was changed before, too', () => {
    const read = readForm({ ...form, values: ' on,off ' }, 'tiny', address, controlOf(mutation));
    expect(read).toMatchObject({ plan: { vary: { [mutation]: [true, false] }, set: { [regrowth]: 0.07 } } });
    const numbers = readForm({ ...form, values: '0.01, 2e-2,.5' }, 'tiny', address, controlOf(regrowth));
    expect(numbers).toMatchObject({ plan: { vary: { [regrowth]: [0.01, 0.02, 0.5] }, set: { [mutation]: false } } });
  });

  test.each([
    ['seeds', { seeds: '' }, 'seeds: nothing is not allowed; give a whole number from 1 on'],
    ['seeds', { seeds: '0' }, "seeds: '0' is not allowed; give a whole number from 1 on"],
    ['seeds', { seeds: 'many' }, "seeds: 'many' is not allowed; give a whole number from 1 on"],
    ['ticks', { ticks: '2.5' }, "ticks: '2.5' is not allowed; give a whole number from 1 on"],
    ['every', { every: '-1' }, "every: '-1' is not allowed; give a whole number from 1 on"],
    ['values', { values: '' }, 'values: nothing is not allowed; give numbers, separated by commas'],
    ['values', { values: '0.1, much' }, "values: 'much' is not allowed; give numbers, separated by commas"],
    ['values', { values: '0.1;0.2' }, "values: '0.1;0.2' is not allowed; give numbers, separated by commas"],
  ])('with bad %s gives one line at that field', (field, bad, text) => {
    expect(readForm({ ...form, values: '0.1', ...bad }, 'tiny', address, controlOf(regrowth))).toEqual({ field, text });
  });

  test('shows what the check of the plan says at the field that it concerns', () => {
    expect(placeProblem('plan: seeds: these are many')).toEqual({ field: 'seeds', text: 'seeds: these are many' });
    expect(placeProblem('plan: every: 0 is too small').field).toBe('every');
    expect(placeProblem('plan: vary: habitat.x: 7 is too large').field).toBe('values');
    expect(placeProblem('plan: set: habitat.x: is fixed')).toEqual({ field: undefined, text: 'set: habitat.x: is fixed' });
  });

  test('may ask for more than the page holds', () => {
    expect(pageLimit(2, 16, 41)).toBeUndefined();
    expect(pageLimit(29, 29, 2)).toMatchObject({ field: 'values', text: expect.stringContaining('at most 28') });
    expect(pageLimit(2, 1002, 2)).toMatchObject({ field: 'seeds', text: expect.stringContaining('at most 1,000 runs') });
    expect(pageLimit(2, 200, 2001)).toMatchObject({ field: 'seeds', text: expect.stringContaining('upslope sweep') });
  });

  test.each([
    [1, 1],
    [79, 1],
    [80, 2],
    [200, 5],
    [400, 10],
    [2000, 50],
    [20_000, 500],
    [100_000, 2000],
  ])('samples %i ticks every %i unless told otherwise', (ticks, every) => {
    expect(chooseEvery(ticks)).toBe(every);
  });
});

test('no two of 28 combinations look alike, neighbours differ in colour and dash, and all stand out from the paper', () => {
  const paper = { light: [250, 249, 246], dark: [17, 20, 25] };
  const luminance = (rgb: readonly number[]) =>
    rgb
      .map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
      .reduce((sum, value, i) => sum + [0.2126, 0.7152, 0.0722][i] * value, 0);
  for (const theme of ['light', 'dark'] as const) {
    const styles = Array.from({ length: 28 }, (_, cell) => cellStyle(cell, theme));
    expect(new Set(styles.map(({ colour, dash }) => `${colour} ${dash}`)).size).toBe(28);
    styles.slice(1).forEach(({ colour, dash }, i) => {
      expect(colour).not.toBe(styles[i].colour);
      expect(dash).not.toBe(styles[i].dash);
    });
    for (const { colour } of styles) {
      const rgb = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
      const [low, high] = [luminance(rgb), luminance(paper[theme])].sort((a, b) => a - b);
      expect((high + 0.05) / (low + 0.05), `${colour} in ${theme}`).toBeGreaterThanOrEqual(3);
    }
  }
});

test('tables have a row a point and a row a value, and nothing where nothing was measured', () => {
  const plan = {
    paths: ['a.on'],
    cells: [[true], [false]],
    ticks: [0, 5],
    runs: [
      { cell: 0, task: { id: 'x', seed: '1' } },
      { cell: 1, task: { id: 'y', seed: 'one, two' } },
    ],
  } as unknown as CheckedPlan;
  const measure = { probe: 'census', name: 'grazers.age', title: 'Mean age', unit: 'ticks' };
  const gathered = new GatheredRuns(plan, 'census grazers.age');
  const measures = [{ ...measure, name: 'grazers.energy' }, measure];
  gathered.began(0, measures);
  gathered.rows(0, 5, Float64Array.of(1, 10, 2, Number.NaN));
  gathered.began(1, measures);
  gathered.rows(1, 0, Float64Array.of(3, 30));
  gathered.ended(0, { hash: 'abc', ticks: 5, living: {} });
  const point = { count: 2, runs: 2, mean: 0.1, low: -1, high: 1, deviation: Number.NaN, p: Number.NaN };
  expect(
    meansCsv(plan, measure, [
      [point, undefined],
      [undefined, { ...point, low: Number.NaN }],
    ]),
  ).toBe(
    'a.on,tick,probe,measure,unit,runs,mean,low,high,deviation\n' +
      'true,0,census,grazers.age,ticks,2,0.1,-1,1,\n' +
      'false,5,census,grazers.age,ticks,2,0.1,,1,\n',
  );
  expect(valuesCsv(gathered)).toBe(
    'run,seed,a.on,tick,probe,measure,unit,value,hash\n' +
      'x,1,true,0,census,grazers.age,ticks,10,abc\n' +
      'x,1,true,5,census,grazers.age,ticks,,abc\n' +
      'y,"one, two",false,0,census,grazers.age,ticks,30,\n',
  );
  expect(describeCell([])).toBe('all runs');
  expect(describeCell([true])).toBe('on');
  expect(describeCell([0.02])).toBe('0.02');
});
