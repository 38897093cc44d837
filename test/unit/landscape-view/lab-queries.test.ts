import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { labQuestions } from '../../../src/analysis/lab/questions/index.ts';
import { LabQueries } from '../../../src/worker/landscape/lab-queries.ts';

const scene = (name: string) => JSON.parse(readFileSync(new URL(`../../../scenes/${name}.json`, import.meta.url), 'utf8'));
const begin = (name: string, changes: readonly { at: number; path: string; value: unknown }[] = []) => {
  const desk = new LabQueries();
  return { desk, text: desk.begin({ scene: scene(name), file: name, seed: '1', changes }) };
};

describe('the lab beside a landscape', () => {
  it('offers what can be asked of it, as texts that cross to the page', () => {
    const { text } = begin('mutations-in-flight');
    const ids = text.questions.map(({ id }) => id);
    for (const id of ['bits', 'times', 'flow', 'noise', 'drift', 'sex', 'covariance']) expect(ids).toContain(id);
    for (const id of ['minibatch', 'tangent', 'curvature']) expect(ids).not.toContain(id);
    expect(structuredClone(text)).toEqual(text);
    for (const { id, fields } of text.questions) {
      const parameters = labQuestions.find((question) => question.id === id)?.parameters.map(({ name }) => name);
      expect(fields.map(({ name }) => name)).toEqual(parameters?.filter((name) => name !== 'dimensions'));
      for (const { value, least, most } of fields) {
        expect(value).toBeGreaterThanOrEqual(least);
        expect(value).toBeLessThanOrEqual(most);
      }
    }
  });

  it('answers on the landscape as it has been changed, the same for the same seed', () => {
    const quick = { size: 20, draws: 30, sigma: 0.02 };
    const { desk } = begin('mutations-in-flight');
    const rows = desk.run('noise', quick, '1/1');
    expect(desk.run('noise', quick, '1/1')).toEqual(rows);
    expect(desk.run('noise', quick, '1/2')).not.toEqual(rows);
    expect(rows.length).toBe(15);
    expect(() => desk.run('drift', { size: 3 }, '1')).toThrow('size must be at least twice the loci');
    expect(() => desk.run('bits', { copies: 100 }, '1')).toThrow('copies must be fewer than size 100');
  });

  it('is not there in the plane', () => {
    expect(() => begin('meadow')).toThrow('this world has no landscape');
  });
});
