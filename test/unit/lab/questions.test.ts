import { describe, expect, it } from 'vitest';
import { formsOf, formVariables, valuesOf } from '../../../src/analysis/lab/questions/asked.ts';
import { findQuestion, labQuestions } from '../../../src/analysis/lab/questions/index.ts';
import type { LabQuestion } from '../../../src/analysis/lab/questions/question.ts';
import { answerMeans, answerTable, type LabAnswer } from '../../../src/experiment/lab-answer.ts';
import { drawAnswer } from '../../../src/experiment/lab-figure.ts';
import { simulateFixation } from '../../../src/habitat/landscape/simulate-fixation.ts';
import { mean, standardError } from '../../../src/math/statistics.ts';
import { namedStream } from '../../../src/math/streams.ts';

/** Values with which every question is answered at once. */
const quick: Readonly<Record<string, number>> = {
  size: 12,
  generations: 5,
  draws: 40,
  forks: 6,
  burnIn: 4,
  steps: 3,
  populations: 3,
};

function ask(
  id: string,
  form: string,
  given: Record<string, number>,
  runs = 1,
  parameters: Record<string, number> = {},
): LabAnswer {
  const question = findQuestion(id) as LabQuestion;
  const own = { ...question.landscapeDefaults, ...parameters };
  const values = valuesOf(question, form, own, given);
  return {
    question,
    form,
    swept: [],
    cells: [
      {
        values: [],
        runs: Array.from({ length: runs }, (_, r) => {
          const seed = `questions/${r + 1}`;
          return { id: seed, seed, rows: question.measure({ form, parameters: own, values, seed }) };
        }),
      },
    ],
  };
}

/** A measure where the keys are these: its mean over the runs and standard error. */
function read(answer: LabAnswer, keys: readonly (string | number)[], measure: string) {
  const m = answer.question.measures.findIndex(({ name }) => name === measure);
  const row = answerMeans(answer).find((one) => keys.every((key, i) => one.keys[i] === key));
  if (!row || m < 0) throw new Error(`no ${measure} at ${keys.join(', ')}`);
  return { value: row.means[m], error: row.errors[m] };
}

function expectWithin({ value, error }: { value: number; error: number }, expected: number): void {
  expect(error).toBeGreaterThan(0);
  expect(Math.abs(value - expected) / error).toBeLessThan(4);
}

describe('questions of the lab', () => {
  it('have ids, columns and parameters of their own', () => {
    expect(new Set(labQuestions.map(({ id }) => id)).size).toBe(labQuestions.length);
    for (const question of labQuestions) {
      expect(question.id).toMatch(/^[a-z][a-z-]*$/);
      const columns = answerTable(question, ['size']).columns.map(({ name }) => name);
      expect(new Set(columns).size).toBe(columns.length);
      const names = question.parameters.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      for (const { least, most, fallback = least } of question.parameters) {
        expect(fallback).toBeGreaterThanOrEqual(least);
        expect(fallback).toBeLessThanOrEqual(most);
      }
      // A name says one thing: of the question, or of the landscape.
      for (const form of formsOf(question)) {
        expect(
          formVariables(form).filter((name) => names.includes(name)),
          `${question.id} on ${form}`,
        ).toEqual([]);
      }
      const { figure } = question;
      for (const { measure } of figure.lines) expect(question.measures.map(({ name }) => name)).toContain(measure);
    }
  });

  it.each(labQuestions.map((question) => [question.id, question] as const))(
    '%s gives the same for the same seed',
    (id, question) => {
      const forms = formsOf(question);
      const form = forms.find((one) => ['regression', 'bowl', 'moving', 'linear', 'iris'].includes(one)) ?? forms[0] ?? '';
      const given = Object.fromEntries(
        Object.entries(quick).filter(([name]) => question.parameters.some((one) => one.name === name)),
      );
      const [first, second] = [ask(id, form, given), ask(id, form, given)];
      expect(first.cells[0].runs[0].rows).toEqual(second.cells[0].runs[0].rows);
      for (const { keys, measures } of first.cells[0].runs[0].rows) {
        expect([keys.length, measures.length]).toEqual([question.keys.length, question.measures.length]);
        expect(measures.some(Number.isFinite)).toBe(true);
      }
      const svg = drawAnswer(first, { width: 400, height: 300, ink: '#000', faint: '#888' });
      expect(svg).toContain(question.title);
      expect(svg).not.toContain('NaN');
      expect(svg).toMatch(/<circle|<path d="M[^"]*L/);
    },
  );
});

describe('times', () => {
  it('are those of simulated drift', () => {
    const [size, strength, generations] = [20, 4, 10];
    const answer = ask('times', '', { size, strength, generations });
    for (const process of ['wright-fisher', 'moran'] as const) {
      const stream = namedStream('questions', `times ${process}`);
      const outcomes = Array.from({ length: 6000 }, () => simulateFixation(process, size, strength / size, stream));
      const perGeneration = process === 'moran' ? size : 1;
      for (const [end, measure] of [
        [true, 'fixed'],
        [false, 'lost'],
      ] as const) {
        const own = outcomes
          .filter(({ fixed }) => fixed === end)
          .map(({ time }) => (time <= generations * perGeneration ? 1 : 0) as number);
        const { value } = read(answer, [process, generations], measure);
        expect(Math.abs(mean(own) - value) / standardError(own)).toBeLessThan(4);
      }
      const times = outcomes.filter(({ fixed }) => fixed).map(({ time }) => time / perGeneration);
      const { value } = read(answer, [process, 0], 'mean_fixed');
      expect(Math.abs(mean(times) - value) / standardError(times)).toBeLessThan(4);
    }
  });
});

describe('bits', () => {
  it('rise from 0 to all there are', () => {
    const answer = ask('bits', '', { size: 50, strength: 5, generations: 2000 });
    const share = answerMeans(answer)
      .filter(({ keys }) => keys[0] === 'wright-fisher')
      .map(({ means }) => means[1]);
    expect(share[0]).toBe(0);
    expect(share[2000]).toBeCloseTo(1, 9);
    for (let t = 1; t <= 2000; t++) expect(share[t]).toBeGreaterThanOrEqual(share[t - 1] - 1e-12);
  });
});

describe('flow', () => {
  it('parts clouds as far as the formula says where competition is narrow, and joins them where it is wide', () => {
    const parameters = { capacity: 1, competition: 0.5 };
    const given = { dimensions: 1, generations: 1500, scatter: 0, size: 1 };
    // 2 a q / (A^2 (1 + q)) = a / K^2, with q = e^(-2 a^2 / A^2): see mixture-flow.test.ts.
    const rest = 0.5 * Math.sqrt(Math.log(2 / 0.25 - 1) / 2);
    const apart = ask('flow', 'competition', given, 1, parameters);
    expect(read(apart, [1500], 'width').value).toBeCloseTo(rest, 9);
    expect(read(apart, [1500], 'mean_fitness').value).toBeCloseTo(0, 9);
    expect(read(apart, [1500], 'mixture_fitness').value).toBeGreaterThan(0.2);
    const together = ask('flow', 'competition', given, 1, { capacity: 1, competition: 2 });
    expect(read(together, [1500], 'width').value).toBeLessThan(1e-6);
  });
});

describe('noise', () => {
  it('is what theory says of each model', () => {
    const sigma = 0.01;
    const answer = ask('noise', 'regression', { dimensions: 5, size: 40, sigma, draws: 400, h: 0.5 }, 12);
    // Annealing: half of the mutants, sigma^2/2 at each locus, wherever the gain is small.
    expectWithin(square(answer, ['annealing', 0.25]), (5 * sigma * sigma) / 2);
    for (const model of ['sgd', 'wright-fisher']) {
      const differences = answer.cells[0].runs.map(({ rows }) => {
        const { measures } = rows.find(({ keys }) => keys[0] === model && keys[1] === 0.25) as (typeof rows)[number];
        return measures[1] ** 2 - measures[7] ** 2;
      });
      expect(Math.abs(mean(differences)) / standardError(differences)).toBeLessThan(4);
    }
  });
});

/** Mean of the squared noise. */
function square(answer: LabAnswer, keys: readonly (string | number)[]) {
  const values = answer.cells[0].runs.map(({ rows }) => {
    const row = rows.find((one) => keys.every((key, i) => one.keys[i] === key));
    return (row?.measures[1] ?? Number.NaN) ** 2;
  });
  return { value: mean(values), error: standardError(values) };
}

describe('minibatch', () => {
  it('noise falls as its formula says', () => {
    const answer = ask('minibatch', 'iris', { draws: 400 }, 8, { hidden: 2 });
    for (const { keys } of answer.cells[0].runs[0].rows) {
      const differences = answer.cells[0].runs.map(({ rows }) => {
        const { measures } = rows.find((one) => one.keys[0] === keys[0]) as (typeof rows)[number];
        return measures[0] ** 2 - measures[1] ** 2;
      });
      expect(Math.abs(mean(differences)) / standardError(differences)).toBeLessThan(4);
    }
  });
});

describe('correlated', () => {
  const answer = ask('correlated', '', { draws: 400 }, 10);
  const few = 'judged by a minibatch';
  it('SGD moves along one line', () => {
    expect(read(answer, ['sgd', few], 'correlation').value).toBeCloseTo(1, 12);
    expect(read(answer, ['sgd', few], 'rank').value).toBeCloseTo(1, 12);
  });
  it.each([
    ['annealing', 'judged by all'],
    ['annealing', few],
    ['wright-fisher', 'judged by all'],
    ['wright-fisher', few],
  ])('%s, %s, as theory says', (model, judges) => {
    expectWithin(read(answer, [model, judges], 'correlation'), read(answer, [model, judges], 'expected').value);
  });
  it('a larger minibatch leaves more to drift', () => {
    const large = ask('correlated', '', { draws: 400, batch: 9 }, 10);
    expect(read(large, ['wright-fisher', few], 'expected').value).toBeCloseTo(0.1, 12);
    expectWithin(read(large, ['wright-fisher', few], 'correlation'), 0.1);
  });
});

describe('curvature', () => {
  it('a population’s noise falls with curvature as theory says, SGD’s rises in proportion', () => {
    const given = { dimensions: 3, size: 300, sigma: 0.02, burnin: 600, generations: 300, rate: 0.005 };
    const answer = ask('curvature', 'moving', given, 8, { condition: 25, speed: 0.001 });
    for (const locus of [1, 2, 3]) {
      expectWithin(read(answer, ['wright-fisher', locus], 'variance'), read(answer, ['wright-fisher', locus], 'expected').value);
    }
    const exponent = read(answer, ['wright-fisher', 1], 'exponent');
    expect(exponent.value + 4 * exponent.error).toBeLessThan(0);
    expectWithin(read(answer, ['sgd', 1], 'exponent'), 1);
  });
});

describe('sex', () => {
  it('and transfer give selection more bits in a generation than clones have', () => {
    const answer = ask('sex', 'linear', { dimensions: 20, size: 60, burnin: 120, generations: 60 }, 6);
    const clones = answer.cells[0].runs.map(({ rows }) => rows[0].measures[0]);
    for (const way of [1, 2, 3]) {
      const more = answer.cells[0].runs.map(({ rows }, r) => rows[way].measures[0] - clones[r]);
      expect(mean(more) / standardError(more)).toBeGreaterThan(4);
    }
    // On a slope nothing but selection moves the mean of log fitness.
    for (const { keys } of answerMeans(answer)) {
      const differences = answer.cells[0].runs.map(({ rows }) => {
        const { measures } = rows.find((row) => row.keys[0] === keys[0]) as (typeof rows)[number];
        return measures[2] - measures[3];
      });
      expect(Math.abs(mean(differences)) / standardError(differences)).toBeLessThan(4);
    }
  });
});

describe('covariance', () => {
  it.each([0, 0.3, 1])('without selection is what drift, transfer (h = %d) and mutation make of it', (h) => {
    const given = { dimensions: 8, size: 30, h, populations: 6 };
    const answer = ask('covariance', 'linear', given, 10, { slope: 0 });
    expectWithin(read(answer, [1], 'variance'), read(answer, [1], 'expected').value);
    const shares = answerMeans(answer).map(({ means }) => means[1]);
    for (let i = 1; i < shares.length; i++) expect(shares[i]).toBeLessThan(shares[i - 1]);
  });
});

describe('the rank of G', () => {
  it('is higher where every locus is transferred by itself than where all are linked', () => {
    const given = { dimensions: 8, size: 30, populations: 6 };
    const [linked, free] = [0, 1].map((h) => read(ask('covariance', 'linear', { ...given, h }, 10, { slope: 0 }), [1], 'rank'));
    expect((free.value - linked.value) / Math.hypot(free.error, linked.error)).toBeGreaterThan(4);
  });
});

describe('tangent', () => {
  const answer = ask('tangent', 'iris', { steps: 30, size: 40, dimensions: 19 }, 16, { hidden: 2 });
  it('is what a small step changes', () => {
    for (const { keys, means } of answerMeans(answer)) {
      const [, expected, measured] = means;
      expect(Math.abs(measured / expected - 1), keys.join(' by ')).toBeLessThan(1e-4);
    }
  });
  it('is on average the genetic covariance of populations that drift, over the variance of a locus', () => {
    for (const { keys } of answerMeans(answer)) {
      const differences = answer.cells[0].runs.map(({ rows }) => {
        const { measures } = rows.find((row) => row.keys.every((key, i) => key === keys[i])) as (typeof rows)[number];
        return measures[3] - measures[1];
      });
      expect(Math.abs(mean(differences)) / standardError(differences), keys.join(' by ')).toBeLessThan(4);
    }
  });
  it('is symmetric, and of all the mean over species', () => {
    for (const [x, y] of [
      ['setosa', 'virginica'],
      ['all', 'versicolor'],
    ]) {
      expect(read(answer, [x, y], 'tangent').value).toBeCloseTo(read(answer, [y, x], 'tangent').value, 12);
    }
    const species = ['setosa', 'versicolor', 'virginica'].map((name) => read(answer, [name, 'virginica'], 'tangent').value);
    expect(read(answer, ['all', 'virginica'], 'tangent').value).toBeCloseTo(mean(species), 10);
  });
});
