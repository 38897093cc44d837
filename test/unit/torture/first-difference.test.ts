import { expect, it } from 'vitest';
import { engineJobs } from '../../torture/engines/cases.ts';
import type { Engine } from '../../torture/engines/engine.ts';
import { describeDifference, firstDifference } from '../../torture/engines/first-difference.ts';
import { runJob } from '../../torture/engines/hash-job.ts';
import type { Job, JobResult, SceneJob } from '../../torture/engines/job.ts';

const [job] = engineJobs('.', 'difference', 4);

const marksOf = (labels: readonly string[], odd: readonly string[]) =>
  labels.map((label) => [label, odd.includes(label) ? 'odd' : 'even'] as const);

/** An engine that runs nothing: ticks have marks of their own, and columns where they are asked for. */
const engine = (odd: readonly string[]): Engine => ({
  id: 'this',
  title: 'This',
  architecture: 'any',
  version: async () => '1',
  run: async (jobs: readonly Job[]) =>
    jobs.map((one) => {
      const columns = one.kind === 'scene' && one.columnsAt === 3;
      const labels = columns
        ? ['foragers.x', 'foragers.energy', 'foragers.body']
        : ['tick 0', 'tick 1', 'tick 2', 'tick 3', 'tick 4'];
      return { name: one.name, marks: marksOf(labels, odd), problems: [], facts: {} };
    }),
});

it('names scene, tick and column of the first difference, and is silent where there is none', async () => {
  const even = engine([]);
  const odd = engine(['tick 3', 'tick 4', 'foragers.energy', 'foragers.body']);
  const [[expected], [same], [found]] = await Promise.all([even, even, odd].map((one) => one.run([job], 1)));
  expect(firstDifference(expected, same)).toBe(-1);
  const at = firstDifference(expected, found);
  expect(await describeDifference(job, at, expected, [even, odd], 1)).toBe('meadow, haploid: tick 3, foragers.energy');
});

it('gives a digest of every column where columns are asked for', () => {
  const { marks, problems } = runJob({ ...(job as SceneJob), columnsAt: 2 });
  expect(problems).toEqual([]);
  const names = marks.map(([label]) => label);
  for (const name of ['ground', 'foragers.id', 'foragers.x', 'foragers.energy', 'foragers.weights'])
    expect(names).toContain(name);
  expect(new Set(marks.map(([, digest]) => digest)).size).toBeGreaterThan(10);
});

it('takes marks that are missing or come in addition for a difference', () => {
  const result = (labels: readonly string[]): JobResult => ({
    name: 'one',
    marks: labels.map((label) => [label, '0'] as const),
    problems: [],
    facts: {},
  });
  expect(firstDifference(result(['a', 'b']), result(['a']))).toBe(1);
  expect(firstDifference(result(['a']), result(['a', 'b']))).toBe(1);
});

it('makes the same jobs of the same seed, others of another, and switches everything on that there is room for', () => {
  const jobs = engineJobs('.', 'difference', 4);
  expect(JSON.stringify(jobs)).toBe(JSON.stringify(engineJobs('.', 'difference', 4)));
  expect(JSON.stringify(jobs)).not.toBe(JSON.stringify(engineJobs('.', 'another', 4)));
  const scenes = jobs.flatMap((one) => (one.kind === 'scene' ? [one] : []));
  expect(scenes.length).toBe(8);
  for (const { name, scene } of scenes) {
    const { populations, habitat, changes } = scene as {
      populations: Record<string, { mechanisms: Record<string, { on: boolean }> }>;
      habitat: { kind: string };
      changes: unknown[];
    };
    expect(changes.length, name).toBeGreaterThan(2);
    for (const { mechanisms } of Object.values(populations)) {
      const on = Object.values(mechanisms).filter((mechanism) => mechanism.on).length;
      expect(on, name).toBeGreaterThanOrEqual(habitat.kind === 'plane' ? 16 : 10);
    }
  }
});
