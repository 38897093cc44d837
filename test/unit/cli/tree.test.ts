import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { budding } from '../../../src/analysis/tree/budding.ts';
import { coalescenceTimes } from '../../../src/analysis/tree/coalescence-times.ts';
import { describePhylogeny } from '../../../src/analysis/tree/describe-phylogeny.ts';
import { nodeFiles } from '../../../src/cli/files.ts';
import { writeManifest } from '../../../src/cli/manifest.ts';
import { organismTree } from '../../../src/export/trees/organism-tree.ts';
import { randomHistory } from '../formats/random-history.ts';
import { writeRun } from '../formats/write-run.ts';
import { call, Workplace } from './test-io.ts';

const place = new Workplace();
const history = randomHistory({ organisms: 800, sexual: 0.5, transfers: 0.5, speciation: 0.02 });

beforeAll(() => {
  mkdirSync(place.at('run'));
  const opened: number[] = [];
  writeRun(history, (file) => {
    const descriptor = openSync(place.at('run', file), 'w');
    opened.push(descriptor);
    return (chunk) => void writeSync(descriptor, chunk);
  });
  for (const descriptor of opened) closeSync(descriptor);
  writeManifest(nodeFiles, place.at('run'), { kind: 'run' }, place.names('run'));
});
afterAll(() => place.remove());

describe('figures of a phylogeny', () => {
  it('are those of each tree: tips that add up, ages that are the oldest coalescence', () => {
    const { organisms, endTick } = history;
    const { tree, tips } = organismTree(organisms, 'living');
    const figures = describePhylogeny(budding(tree, { present: endTick, tips: tips as Uint8Array }), endTick);
    const living = organisms.deathTick.filter((tick) => Number.isNaN(tick)).length;
    expect(figures.reduce((sum, one) => sum + one.tips, 0)).toBe(living);
    expect(figures.length).toBeGreaterThan(1);
    // The time at which lines of one tree meet last is the age of its most recent common ancestor.
    const sample = Array.from(tips as Uint8Array).flatMap((tip, node) => (tip === 1 ? [node] : []));
    const oldest = Math.max(...coalescenceTimes(tree, sample, endTick));
    expect(Math.max(...figures.map(({ age }) => age))).toBe(oldest);
    for (const { tips: n, age, branchLength, meanPairwiseDistance } of figures) {
      if (n < 2) continue;
      expect(branchLength).toBeGreaterThanOrEqual(2 * age);
      expect(branchLength).toBeLessThanOrEqual(n * age);
      expect(meanPairwiseDistance).toBeLessThanOrEqual(2 * age);
    }
  });
});

describe('upslope tree', () => {
  it('tells the species of each population and the genealogy of a sample', async () => {
    const { status, out, err } = await call(['tree', place.at('run'), '--sample', '30']);
    expect([status, err]).toEqual([0, '']);
    expect(out).toContain('phylogeny of the species of');
    expect(out).toMatch(/genealogy, by first parents, of 30 of the \d+ living/);
    expect(out).not.toContain('NaN');
  });

  it('prints JSON, in which undefined figures are null', async () => {
    const { status, out } = await call(['tree', place.at('run'), '--json']);
    expect(status).toBe(0);
    const described = JSON.parse(out);
    for (const { trees, lineages } of described) {
      expect(lineages.time.length).toBe(lineages.lines.length);
      for (const { tips } of trees) expect(tips).toBeGreaterThan(0);
    }
  });

  it.each([
    [['tree', 'nowhere'], 'does not hold a finished run'],
    [['tree', 'run', '--sample', '1'], 'sample'],
    [['tree'], "argument 'run'"],
  ])('%j is refused in one line', async (args, what) => {
    const { status, err } = await call(args.map((arg) => (arg === 'run' ? place.at('run') : arg)));
    expect(status).toBe(2);
    expect(err).toContain(what);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});
