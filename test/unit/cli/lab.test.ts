import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parquetReadObjects } from 'hyparquet';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formsOf } from '../../../src/analysis/lab/questions/asked.ts';
import { labQuestions } from '../../../src/analysis/lab/questions/index.ts';
import { labCommand } from '../../../src/cli/lab/lab.ts';
import { collectSweep } from '../../../src/cli/lab/lab-flags.ts';
import { labMeasures } from '../../../src/cli/lab/lab-task.ts';
import { labModels } from '../../../src/cli/lab/lab-variables.ts';
import { landscapeForms } from '../../../src/habitat/landscape/forms.ts';
import { call, testIo, Workplace } from './test-io.ts';

let place: Workplace;
beforeEach(() => {
  place = new Workplace();
});
afterEach(() => place.remove());

/** A call whose runs are made in this thread. */
const lab = (...args: readonly string[]) => call(['lab', ...args, '--jobs', '1']);
const small = ['--replicates', '2', '--ticks', '6', '--size', '10', '--dimensions', '3', '--seed', 'a'];

async function rowsAt(...names: string[]): Promise<Record<string, unknown>[]> {
  const bytes = readFileSync(place.at(...names));
  return await parquetReadObjects({ file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer });
}

describe('upslope lab', () => {
  it('says which runs diverged', async () => {
    const outcome = await lab(
      'bowl',
      '--model',
      'sgd',
      '--sweep',
      'rate=0.1,5',
      '--replicates',
      '2',
      '--ticks',
      '2000',
      '--seed',
      'a',
    );
    expect(outcome.out.trimEnd().split('\n').slice(4)).toEqual([
      '2 of 2 diverged at rate 5: their steps are too long for this landscape',
    ]);
  });

  it('sweeps, prints a line a combination and writes a row a run and measure', async () => {
    const out = place.at('out');
    const sweep = ['--sweep', 'sigma=0.1,0.03,h=0,0.5'];
    const outcome = await lab('bowl', '--model', 'wright-fisher', ...sweep, ...small, '--out', out);
    expect(outcome).toMatchObject({ status: 0, err: 'lab: 8 runs, seed a, 1 at a time\n' });
    const lines = outcome.out.trimEnd().split('\n');
    expect(lines).toHaveLength(2 + 4);
    expect(lines[0]).toBe('bowl, wright-fisher: 2 replicates, 6 steps after 1; mean and standard error');
    expect(
      lines[1]
        .split(/ {2,}/)
        .map((title) => title.trim())
        .filter(Boolean),
    ).toEqual('sigma,h,along,across,cosine,to G grad f,rank,speed,together,final f'.split(','));
    expect(lines.slice(2).map((line) => line.trim().split(/ +/).slice(0, 2).join(' '))).toEqual([
      '0.1 0',
      '0.1 0.5',
      '0.03 0',
      '0.03 0.5',
    ]);

    expect(place.names('out')).toEqual(['lab.parquet', 'manifest.json', 'provenance.json']);
    const checked = await call(['validate', out]);
    expect(checked).toMatchObject({ status: 0, err: '' });
    expect(checked.out).toMatch(/lab\.parquet: valid Parquet, 120 rows\n.*valid provenance of the lab, 2 replicates, 2 swept\n$/);
    const rows = await rowsAt('out', 'lab.parquet');
    expect(rows).toHaveLength(8 * labMeasures.length);
    expect(new Set(rows.map(({ run }) => run)).size).toBe(8);
    expect(Object.keys(rows[0])).toEqual(['run', 'seed', 'landscape', 'model', 'sigma', 'h', 'measure', 'unit', 'value']);
    const cosines = rows.filter(({ measure, sigma, h }) => measure === 'cosine' && sigma === 0.1 && h === 0.5);
    expect(cosines.map(({ seed }) => seed)).toEqual(['a/1', 'a/2']);
    const mean = cosines.reduce((sum, { value }) => sum + (value as number) / 2, 0);
    const printed = Number(lines[3].trim().split(/ {2,}/)[4].split(' ')[0]);
    expect(printed).toBeCloseTo(mean, 1);
    expect(place.json('out', 'provenance.json')).toMatchObject({
      command: 'lab',
      landscape: 'bowl',
      model: 'wright-fisher',
      sweep: { sigma: [0.1, 0.03], h: [0, 0.5] },
      fixed: { size: 10, dimensions: 3, start: 1 },
      replicates: 2,
      ticks: 6,
      burn_in: 1,
      seed: 'a',
      seed_generated: false,
    });
  });

  it('gives the same for the same seed, and another for another', async () => {
    const of = async (seed: string) =>
      (await lab('peaks', '--model', 'moran', ...small.slice(0, -1), seed, '--sweep', 'h=0.3')).out;
    expect(await of('a')).toBe(await of('a'));
    expect(await of('a')).not.toBe(await of('b'));
  });

  it.each(labModels)('follows %s', async (model) => {
    const args = small.filter((word, i) => word !== '--size' && small[i - 1] !== '--size');
    const out = place.at('out');
    const { status, err, out: text } = await lab('valley', '--model', model, ...args, '--out', out);
    expect([status, err]).toEqual([0, 'lab: 2 runs, seed a, 1 at a time\n']);
    expect(text).toContain(`valley, ${model}`);
    const rows = await rowsAt('out', 'lab.parquet');
    const known = rows.filter(({ value }) => value !== null).map(({ measure }) => measure);
    for (const measure of ['along', 'across', 'slope', 'speed', 'final_fitness']) expect(known).toContain(measure);
    expect(known.includes('rank')).toBe(['wright-fisher', 'moran', 'population-based-training'].includes(model));
  });

  it('follows every landscape, with the loci that it asks for', async () => {
    for (const { id } of landscapeForms()) {
      for (const model of ['wright-fisher', 'adam']) {
        const { status, err } = await lab(id, '--model', model, '--replicates', '1', '--ticks', '2', '--seed', 'a');
        expect([id, status, err]).toEqual([id, 0, 'lab: 1 run, seed a, 1 at a time\n']);
      }
    }
  });

  it('climbs by gradient ascent without noise exactly along the gradient', async () => {
    const { out } = await lab('bowl', '--model', 'sgd', ...small.filter((_, i) => i < 4 || i > 5), '--sweep', 'rate=0.1,width=2');
    const cells = out.trimEnd().split('\n')[2].trim().split(/ {2,}/);
    expect(cells.slice(0, 2)).toEqual(['0.1', '2']);
    // Replicates are equal, so that there is no error to show digits of.
    expect(cells[4].split(' ')[0]).toBe('1.0000');
  });

  it('starts elsewhere than at rest, and says so', async () => {
    const game = [
      'rock-paper-scissors',
      '--model',
      'population-based-training',
      '--ticks',
      '40',
      '--replicates',
      '2',
      '--seed',
      'a',
    ];
    const { out } = await lab(...game, '--out', place.at('out'));
    expect(out.trimEnd().split('\n').at(-1)).toBe(
      'the runs start with locus 1 at 2 and the others at 1: with all loci alike rock-paper-scissors is at rest; --sweep tilt= starts them elsewhere',
    );
    for (const { measure, value } of await rowsAt('out', 'lab.parquet')) {
      if (measure === 'along' || measure === 'slope') expect(value).toBeGreaterThan(1e-6);
    }
    expect(place.json('out', 'provenance.json')).toMatchObject({ fixed: { start: 1, tilt: 1 } });
    const resting = await lab(...game, '--sweep', 'tilt=0');
    expect(resting.out.trimEnd().split('\n').at(-1)).toContain(
      'the runs start at rest: the gradient is 0 where every locus is 1',
    );
    // Of a population of organisms too.
    const living = await lab(
      'rock-paper-scissors',
      '--model',
      'wright-fisher',
      ...small.slice(0, 6),
      '--seed',
      'a',
      '--out',
      place.at('wf'),
    );
    expect(living.out).toContain('locus 1 at 2');
    const slopes = (await rowsAt('wf', 'lab.parquet')).filter(({ measure }) => measure === 'slope');
    for (const { value } of slopes) expect(value).toBeGreaterThan(0.02);
  });

  it('sweeps a parameter whose name the table has already', async () => {
    const args = ['--replicates', '1', '--ticks', '2', '--size', '10', '--seed', 'a'];
    await lab('hawk-dove', '--model', 'wright-fisher', ...args, '--sweep', 'value=1,1.5', '--out', place.at('out'));
    expect((await rowsAt('out', 'lab.parquet'))[0]).toMatchObject({ swept_value: 1, measure: 'along' });
  });

  it('lists landscapes and variables', async () => {
    const { status, out } = await call(['lab', '--list']);
    expect(status).toBe(0);
    for (const { id, title } of landscapeForms()) {
      expect(out).toContain(`  ${id} `);
      expect(out).toContain(title);
    }
    for (const name of ['sigma', 'h', 'size', 'dimensions', 'rate', 'noise']) expect(out).toContain(`\n  ${name} `);
  });

  it('makes a seed where none is given, and says it', async () => {
    const { err } = await lab('bowl', '--model', 'sgd', '--replicates', '1', '--ticks', '2', '--out', place.at('out'));
    const seed = /seed (\S+),/.exec(err)?.[1];
    expect(place.json('out', 'provenance.json')).toMatchObject({ seed, seed_generated: true });
  });

  it('stops when asked to, and writes nothing', async () => {
    const io = testIo({ breathe: async () => io.stop('SIGINT') });
    const outcome = await call(['lab', 'bowl', '--model', 'sgd', '--seed', 'a', '--jobs', '1', '--out', place.at('out')], io);
    expect(outcome.status).toBe(130);
    expect(outcome.err).toContain('stopped; nothing was written');
    expect(existsSync(place.at('out'))).toBe(false);
  });
});

describe('upslope lab --ask', () => {
  /** Values with which a question is answered at once, where it has them. */
  const quick: Readonly<Record<string, number>> = {
    size: 12,
    generations: 5,
    draws: 20,
    forks: 6,
    steps: 3,
    populations: 3,
    burnin: 4,
  };

  it.each(labQuestions.map((question) => [question.id, question] as const))(
    '%s writes its table, figure and provenance',
    async (id, question) => {
      const forms = formsOf(question);
      const form = forms.find((one) => ['regression', 'bowl', 'moving', 'linear', 'iris'].includes(one)) ?? forms[0];
      const sweep = Object.entries(quick).filter(([name]) => question.parameters.some((one) => one.name === name));
      if (form && form !== 'iris') sweep.push(['dimensions', 3]);
      const given = sweep.map(([name, value]) => `${name}=${value}`).join(',');
      const runs = question.exact ? [] : ['--replicates', '2'];
      const out = place.at('out');
      const args = [
        ...(form ? [form] : []),
        '--ask',
        id,
        ...(given ? ['--sweep', given] : []),
        ...runs,
        '--seed',
        'a',
        '--out',
        out,
      ];
      const outcome = await lab(...args);
      expect(outcome.err).toBe(question.exact ? 'lab: 1 run, seed a, 1 at a time\n' : 'lab: 2 runs, seed a, 1 at a time\n');
      expect(outcome.status).toBe(0);
      expect(outcome.out.split('\n')[0]).toContain(question.title);
      expect(place.names('out')).toEqual(
        [`${id}.csv`, `${id}.json`, `${id}.parquet`, `${id}.svg`, 'manifest.json', 'provenance.json'].sort(),
      );
      const checked = await call(['validate', out]);
      expect(checked).toMatchObject({ status: 0, err: '' });
      const rows = await rowsAt('out', `${id}.parquet`);
      const { rows: means, columns } = place.json('out', `${id}.json`) as { rows: object[]; columns: { name: string }[] };
      expect(rows).toHaveLength(means.length * (question.exact ? 1 : 2));
      expect(place.read('out', `${id}.csv`).toString().trimEnd().split('\n')).toHaveLength(rows.length + 1);
      for (const { name } of columns) expect(Object.keys(rows[0])).toContain(name);
      const svg = place.read('out', `${id}.svg`).toString();
      expect(svg).toContain(question.figure.upLabel);
      expect(svg).not.toContain('NaN');
      expect(place.json('out', 'provenance.json')).toMatchObject({ command: 'lab', ask: id, landscape: form ?? '', seed: 'a' });
    },
  );

  it('sweeps as the steps of models do', async () => {
    const { out } = await lab('--ask', 'bits', '--sweep', 'strength=0,10,generations=2');
    const lines = out.trimEnd().split('\n');
    expect(lines[0]).toBe('Latent bits: exact');
    expect(lines).toHaveLength(2 + 2 * 2 * 3);
    expect(lines[1].trim().split(/ {2,}/)).toEqual(['strength', 'process', 'generation', 'bits', 'share']);
  });

  it('says why a run cannot be answered', async () => {
    const { status, err } = await lab(
      'needle',
      '--ask',
      'noise',
      '--replicates',
      '1',
      '--seed',
      'a',
      '--sweep',
      'size=5,draws=10',
    );
    expect([status, err.trimEnd().split('\n').at(-1)]).toEqual([
      2,
      'upslope: the run of seed a/1 failed: noise: the gradient is 0 at distance 0.25; give another start or distance',
    ]);
  });

  it('is listed with what each question takes', async () => {
    const { out } = await call(['lab', '--list']);
    for (const { id, summary } of labQuestions) expect(out).toContain(`  ${id}  ${summary}`);
  });
});

describe('upslope lab refuses', () => {
  it.each([
    [[], 'the landscape is missing; give one of linear, bowl'],
    [['bowll', '--model', 'sgd'], "there is no landscape 'bowll'; did you mean"],
    [['bowl'], '--model is missing; give one of annealing'],
    [['bowl', '--model', 'sgdd'], "argument 'sgdd' is invalid"],
    [
      ['bowl', '--model', 'sgd', '--sweep', 'sigma=1'],
      "'sigma' is not a variable of sgd on bowl; give one of dimensions, start, tilt, rate",
    ],
    [['bowl', '--model', 'sgd', '--size', '10'], "'size' is not a variable of sgd on bowl"],
    [['bowl', '--model', 'moran', '--sweep', 'h=2'], 'h must be a number from 0 to 1 (got 2)'],
    [['bowl', '--model', 'moran', '--sweep', 'size=10.5'], 'size must be a whole number from 2'],
    [['bowl', '--model', 'moran', '--size', '10', '--sweep', 'size=20'], '--size and --sweep size= set the same'],
    [['bowl', '--model', 'moran', '--sweep', '0.1,0.2'], 'give name=a,b,c, for example sigma=0.1,0.03'],
    [['bowl', '--model', 'moran', '--sweep', 'h=0,x'], "h: 'x' is not a number"],
    [['bowl', '--model', 'moran', '--sweep', 'h=0,0'], 'h: 0 is listed twice'],
    [['bowl', '--model', 'moran', '--sweep', 'h=0', '--sweep', 'h=1'], "'h' is already swept"],
    [['bowl', '--model', 'moran', '--ticks', '0'], 'give a whole number from 1'],
    [
      ['bowl', '--model', 'moran', '--replicates', '100000', '--sweep', 'h=0,1'],
      'the sweep has 200000 runs; give at most 100000',
    ],
    [['bowl', '--model', 'sgd', '--sweep', 'width=-1'], "landscape 'bowl': width is -1"],
    [['bowl', '--model', 'moran', '--sweep', 'width=-1'], 'lab: habitat.forms.bowl.width: -1'],
    [['iris', '--model', 'adam', '--dimensions', '7'], "landscape 'iris': 7 dimensions"],
    [['hawk-dove', '--model', 'moran', '--dimensions', '7'], 'lab: habitat.dimensions:'],
    [['--ask', 'bit'], "there is no question 'bit'; did you mean 'bits'"],
    [['bowl', '--ask', 'bits'], "bits needs no landscape; leave out 'bowl'"],
    [['--ask', 'noise'], 'the landscape is missing; give one of linear'],
    [['bowl', '--ask', 'minibatch'], "minibatch is not asked of the landscape 'bowl'; give one of "],
    [['bowl', '--ask', 'noise', '--model', 'sgd'], '--model is for --ask steps; noise has --sweep dimensions'],
    [['bowl', '--ask', 'noise', '--ticks', '5'], '--ticks is for --ask steps'],
    [['--ask', 'bits', '--replicates', '2'], 'bits is exact and needs one run; leave out --replicates'],
    [['--ask', 'bits', '--sweep', 'size=201'], 'size must be a whole number from 2 to 200 (got 201)'],
    [['--ask', 'bits', '--size', '5', '--sweep', 'size=6'], '--size and --sweep size= set the same'],
    [['--ask', 'bits', '--sweep', 'copies=100'], 'bits: copies must be fewer than size 100 (got 100)'],
    [
      ['bowl', '--ask', 'noise', '--sweep', 'strength=2'],
      "'strength' is not a parameter of noise on bowl; give one of dimensions",
    ],
    [['bowl', '--ask', 'noise', '--sweep', 'width=-1'], "landscape 'bowl': width is -1"],
  ])('%j', async (args, message) => {
    const out = place.at('out');
    const outcome = await call(['lab', ...args, '--out', out, '--jobs', '1']);
    expect(outcome.err).toContain(message);
    expect(outcome).toMatchObject({ status: 2, out: '' });
    expect(outcome.err.trimEnd().split('\n')).toHaveLength(1);
    expect(existsSync(out)).toBe(false);
  });

  it('to write where something is', async () => {
    mkdirSync(place.at('out'));
    writeFileSync(place.at('out', 'lab.parquet'), 'mine');
    const outcome = await lab('bowl', '--model', 'sgd', '--out', place.at('out'));
    expect(outcome).toMatchObject({ status: 2, out: '' });
    expect(outcome.err).toContain('is not empty; choose another directory with --out');
    expect(place.read('out', 'lab.parquet').toString()).toBe('mine');
  });

  it('to go on when a run fails, with the reason', async () => {
    const pool = { perform: async () => ({ kind: 'failed' as const, message: 'no number' }), close: async () => {} };
    const flags = { model: 'sgd', seed: 'a', out: place.at('out') } as const;
    await expect(labCommand(testIo(), 'bowl', flags, () => pool)).rejects.toThrow('the run of seed a/1 failed: no number');
    expect(existsSync(place.at('out'))).toBe(false);
  });
});

describe('--sweep', () => {
  it('reads names and numbers', () => {
    expect(collectSweep('sigma=0.1,1e-3,h=0')).toEqual([
      { name: 'sigma', values: [0.1, 0.001] },
      { name: 'h', values: [0] },
    ]);
    expect(collectSweep('h = 1 , 0', collectSweep('sigma=1')).map(({ name }) => name)).toEqual(['sigma', 'h']);
  });
});
