import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CladeTracker } from '../../../src/analysis/assay/clade-tracker.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import { createSimulation } from '../../../src/simulation/create.ts';
import { call, fakeProcesses, smallScene, type TestIo, testIo, Workplace } from './test-io.ts';

let place: Workplace;
let run: string;
beforeAll(async () => {
  place = new Workplace();
  run = place.at('run');
  const settings = ['--set', 'record.census.every=50', '--set', 'record.fossils.every=60'];
  const made = await call(['run', place.scene, '--seed', '1', '--ticks', '200', '--out', run, ...settings]);
  expect(made.status, made.err).toBe(0);
});
afterAll(() => place.remove());

async function rows(...names: string[]): Promise<Record<string, number | string>[]> {
  const bytes = place.read(...names);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  return (await parquetReadObjects({ file })) as Record<string, number | string>[];
}

describe('upslope price', () => {
  it('splits the change of every trait, and one trait in a sentence that its rows bear out', async () => {
    const all = await call(['price', run, '--out', place.at('price')]);
    expect(all).toMatchObject({ status: 0, err: '' });
    expect(all.out).toMatch(/^Price's equation of grazers, ticks 50 to 200: \d+ alive when it opened/);
    const residual = Number(/largest residual (\S+) of/.exec(all.out)?.[1]);
    expect(residual).toBeLessThan(1e-12);
    const terms = await rows('price', 'price.parquet');
    expect(all.out).toContain('Births of organisms, with shares of the whole genome, give the same');
    for (const [trait, account] of ['body.size', 'marker.1'].flatMap((one) => [
      [one, 'loci'],
      [one, 'organisms'],
    ])) {
      const of = (term: string) =>
        Number(terms.find((row) => row.trait === trait && row.account === account && row.term === term)?.value);
      if (account === 'loci') expect(of('selection')).toBeCloseTo(of('selection_births'), 12);
      expect(of('change')).toBeCloseTo(of('selection') + of('transmission'), 9);
      expect(of('selection')).toBeCloseTo(of('selection_between') + of('selection_within'), 9);
      expect(of('transmission')).toBeCloseTo(of('transmission_mutation'), 9);
    }
    const one = await call(['price', run, '--trait', 'body.size', '--from', '50', '--to', '150']);
    expect(one.out.trimEnd().split('\n').at(-1)).toMatch(
      /^grazers: mean body size (rose|fell) \S+: selection [+−]\S+ ± \S+[,;.]/,
    );
  });

  it.each([
    [['--from', '60'], '--from 60: no census at that tick; the nearest censuses are at 50 and 100'],
    [['--from', '100', '--to', '50'], '--from must be before --to (got 100 and 50)'],
    [['--trait', 'body.sise'], "there is no trait 'body.sise' in "],
    [['--population', 'nobody'], "there is no population 'nobody' in "],
  ])('%s: one line, exit 2', async (flags, words) => {
    const { status, err } = await call(['price', run, ...flags]);
    expect(status).toBe(2);
    expect(err).toContain(words);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('upslope analyse', () => {
  it('writes a page that needs no other file, and every term of every window', async () => {
    const out = place.at('report');
    const { status, out: said, err } = await call(['analyse', run, '--out', out]);
    expect(status, err).toBe(0);
    expect(said).toMatch(/^grazers: mean .+ standard deviations\): selection /);
    expect(said).toMatch(/4 windows, largest residual \d\.\de-1\d of the trait's scale/);
    const page = place.read('report', 'report.html').toString();
    expect(page).not.toMatch(/(src|href)=/);
    expect(page.match(/<svg/g)?.length).toBe(14);
    const terms = await rows('report', 'price.parquet');
    const sum = (term: string, whole: boolean) =>
      terms
        .filter((row) => row.trait === 'body.size' && row.term === term && (Number(row.to) - Number(row.from) === 200) === whole)
        .reduce((total, row) => total + Number(row.value), 0);
    expect(sum('change', false)).toBeCloseTo(sum('change', true), 9);
    expect((await call(['analyse', run, '--out', out])).err).toContain('is not empty');
  });

  it('projects selection, means and a line of descent onto the observed gradient, and tells what Fisher would say', async () => {
    const out = place.at('climb');
    const { status, out: said, err } = await call(['analyse', run, '--out', out]);
    expect(status, err).toBe(0);
    expect(said).toMatch(/grazers: .*; selection on one half of the clades had a mean cosine of -?\d\.\d\d to the gradient/);
    const climb = await rows('climb', 'climb.parquet');
    const kinds = new Set(climb.map(({ lineage }) => String(lineage).replace(/:.*/, '')));
    expect([...kinds].sort()).toEqual(['line', 'population', 'selection', 'species']);
    const known = climb.filter(({ cosine }) => cosine !== null);
    expect(known.length).toBeGreaterThan(0);
    for (const { along, across, cosine, null_low: low, null_high: high } of known) {
      expect(Number(along) / Math.hypot(Number(along), Number(across))).toBeCloseTo(Number(cosine), 1);
      expect(Number(low)).toBeLessThan(Number(high));
    }
    const fisher = await rows('climb', 'fisher.parquet');
    expect(fisher).toHaveLength(4);
    for (const { change, additive_variance: gain, deterioration } of fisher.filter((row) => row.deterioration !== null)) {
      expect(Number(gain) + Number(deterioration)).toBeCloseTo(Number(change), 12);
    }
    expect(fisher[3].change).toBeNull();
    const wrong = await call(['analyse', run, '--out', place.at('wrong'), '--line', '99999999']);
    expect(wrong).toMatchObject({ status: 2, out: '' });
    expect(wrong.err).toContain('--line 99999999: not in the last census of');
    expect(existsSync(place.at('wrong'))).toBe(false);
  });
});

describe('upslope noise', () => {
  const flags = ['--seed', '1', '--horizon', '20', '--forks', '3', '--perturbed', '2', '--jobs', '1'];

  it('measures at several ticks, writes its tables and figure, and continues with the forks that are there', async () => {
    const out = place.at('noise');
    const first = await call(['noise', place.scene, ...flags, '--ticks', '40,60,80', '--out', out]);
    expect(first.status, first.err).toBe(0);
    expect(first.out).toMatch(/^noise of the steps of grazers over 20 ticks: 3 forks of the world as it is, 2 perturbed/);
    for (const name of ['tick 40', 'tick 60', 'tick 80', 'sgd', 'wright-fisher'])
      expect(first.out).toMatch(new RegExp(`^ *${name} `, 'm'));
    const noise = await rows('noise', 'world_noise.parquet');
    expect(noise.map(({ tick }) => Number(tick))).toEqual([40, 60, 80]);
    const loci = await rows('noise', 'world_noise_by_locus.parquet');
    expect(loci).toHaveLength(3 * Number(noise[0].loci));
    for (const { noise: own, over_drift: ratio } of noise) expect(Number(own) * Number(ratio)).toBeGreaterThan(0);
    const sum = loci.filter(({ tick }) => Number(tick) === 60).reduce((total, row) => total + Number(row.noise), 0);
    expect(Math.sqrt(sum)).toBeCloseTo(Number(noise[1].noise), 9);
    expect(place.read('noise', 'world_noise.svg').toString()).toContain('Drift, G/Ne');
    const checked = await call(['validate', out]);
    expect(checked).toMatchObject({ status: 0, err: '' });
    expect(checked.out).toContain('valid provenance of noise, grazers at tick 40, 60, 80, seed 1');
    const again = await call(['noise', place.scene, ...flags, '--ticks', '40,60,80', '--out', out]);
    expect(again.out).toBe(first.out);
    // The same world at a tick, whether or not another came before.
    const alone = await call(['noise', place.scene, ...flags, '--ticks', '60']);
    const line = (text: string) =>
      text
        .split('\n')
        .find((one) => one.trim().startsWith('tick 60'))
        ?.trim()
        .split(/ +/);
    expect(line(alone.out)).toEqual(line(first.out));
  });

  it.each([
    [['--ticks', '60,40'], 'give ascending ticks; 40 comes after 60'],
    [['--ticks', '60,x'], "give a whole number from 1 to 100000000, not 'x'"],
    [['--forks', '2'], 'give a whole number from 3'],
    [['--population', 'nobody', '--ticks', '40'], "there is no population 'nobody'"],
  ])('%s: one line, exit 2', async (wrong, words) => {
    const { status, err } = await call(['noise', place.scene, '--seed', '1', ...wrong]);
    expect(status).toBe(2);
    expect(err).toContain(words);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('upslope assay', () => {
  const flags = ['--seed', '1', '--tick', '80', '--age', '40', '--horizon', '30', '--forks', '4', '--jobs', '1'];

  it('measures, writes its tables, and continues with the forks that are there', async () => {
    const out = place.at('assay');
    const first = await call(['assay', place.scene, ...flags, '--replays', '2', '--out', out]);
    expect(first.status, first.err).toBe(0);
    expect(first.out).toMatch(
      /^assay of grazers at tick 80: 4 perturbed forks, 2 reshuffled, 2 realised, of \d+ organisms over 30 ticks/,
    );
    // Three loci never speak for the rest: every segment has its line.
    for (const segment of ['everything', 'policy', 'policy: to hidden units', 'policy: to eat', 'traits', 'body.size']) {
      expect(first.out).toMatch(new RegExp(`^${segment} `, 'm'));
    }
    const alignment = await rows('assay', 'alignment.parquet');
    const segments = await rows('assay', 'segments.parquet');
    // Of a policy and its layers in two metrics, of everything else in one; memory shows in no action of the same tick.
    const named = (rows: readonly Record<string, unknown>[]) => new Set(rows.map(({ segment }) => String(segment)));
    const acting = [...named(segments)].filter(
      (name) => name.startsWith('policy') && !name.includes('memory') && !name.includes('spread'),
    );
    expect(named(alignment.filter(({ metric }) => metric === 'effects'))).toEqual(new Set(acting));
    expect(alignment.length).toBe((segments.length + acting.length) * 9);
    expect(new Set(alignment.map(({ metric, bodies, part }) => `${metric} ${bodies} ${part}`)).size).toBe(18);
    for (const { corrected } of alignment) expect(corrected === null || Math.abs(Number(corrected)) <= 1).toBe(true);
    expect(first.out).toMatch(/^policy +effects +reshuffled +whole /m);
    // Gains do not depend on the metric.
    const gainOf = (wanted: string) =>
      alignment.find(
        ({ segment, metric, bodies, part }) =>
          segment === 'policy' && metric === wanted && bodies === 'reshuffled' && part === 'whole',
      );
    expect(Number(gainOf('effects')?.gain)).toBeCloseTo(Number(gainOf('loci')?.gain), 9);
    expect((await rows('assay', 'assay.parquet')).length).toBeGreaterThan(20);
    expect(existsSync(place.at('assay', 'forks'))).toBe(true);
    const again = await call(['assay', place.scene, ...flags, '--replays', '2', '--out', out]);
    expect(again.out).toBe(first.out);
    // Without a folder the numbers are the same.
    expect((await call(['assay', place.scene, ...flags, '--replays', '2'])).out).toBe(first.out);
    const shared = ['assay', place.scene, ...flags, '--replays', '2', '--out', place.at('shared assay')];
    for (const shard of ['1/2', '2/2']) {
      const share = await call([...shared, '--shard', shard]);
      expect(share.out, share.err).toMatch(/^share \d of 2: all of its 4 forks are there, of 8; /);
    }
    expect((await call(shared)).out).toBe(first.out);
  });

  it('takes the folder of a run, and says nothing of what is rounding', async () => {
    const run = place.at('run of assay');
    await call(['run', place.scene, '--seed', '1', '--ticks', '80', '--out', run]);
    const [, , ...more] = flags;
    const ofRun = await call(['assay', run, ...more, '--replays', '2']);
    const ofScene = await call(['assay', place.scene, '--seed', '1', ...more, '--replays', '2']);
    expect(ofRun.status, ofRun.err).toBe(0);
    expect(ofRun.out).toBe(ofScene.out);
    expect((await call(['assay', run, '--tick', '90'])).err).toContain('ends at tick 80; give 80 or less');
    expect((await call(['assay', run, '--set', 'record.census.every=10'])).err).toContain('--set is for scenes');
    // Clades of age 0 are single organisms: nothing varies within them.
    const single = ['--tick', '80', '--age', '0', '--horizon', '10', '--forks', '4', '--jobs', '1'];
    const alone = await call(['assay', place.scene, '--seed', '1', ...single]);
    expect(alone.out).toContain('Nothing varies within clades');
  });

  it.each([
    [['--tick', '10'], '--tick 10 is less than --age 2000'],
    [['--tick', '80', '--age', '0', '--population', 'x'], "there is no population 'x'"],
    [['--forks', '3'], '--forks'],
    [['--policy-size', '0'], 'give a number above 0'],
    [['--size', '-1'], 'give a number above 0'],
  ])('%s: one line, exit 2', async (wrong, words) => {
    const { status, err } = await call(['assay', place.scene, '--seed', '1', ...wrong]);
    expect(status).toBe(2);
    expect(err).toContain(words);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('upslope climb', () => {
  const flags = ['--seed', '1', '--to', '90', '--every', '30', '--horizon', '20', '--forks', '4', '--jobs', '1'];

  it('says gains first, writes its tables, figures and reports, and continues with the forks that are there', async () => {
    const out = place.at('climb');
    const words = ['climb', place.scene, ...flags, '--line', 'eldest', '--out', out];
    const first = await call(words);
    expect(first.status, first.err).toBe(0);
    expect(first.err).toMatch(/about \d+ MB beside the worlds\n/);
    expect(first.out).toMatch(
      /^grazers, ticks 0 to 90 \([\d.]+ generations\): selection gained [+-][\d.]+ ± [\d.]+ log fitness a generation; by segment /,
    );
    expect(first.out).toMatch(/^the line of descent of organism \d+, ticks 0 to 90, moved by /m);
    for (const interval of ['0 to 30', '30 to 60', '60 to 90']) expect(first.out).toMatch(new RegExp(`^${interval} `, 'm'));
    const gains = await rows('climb', 'gains.parquet');
    const of = (account: string) =>
      gains.filter((row) => row.segment === 'everything' && row.subject === 'population' && row.account === account);
    const sum = (some: readonly Record<string, unknown>[]) => some.reduce((total, row) => total + Number(row.gain), 0);
    expect(Math.abs(sum(of('causes')) - sum(of('change')))).toBeLessThan(1e-9);
    expect(of('clades').length).toBe(4);
    expect(new Set(gains.map(({ subject }) => subject))).toEqual(new Set(['population', 'line']));
    const segments = gains.filter(
      ({ subject, part, from }) => subject === 'population' && part === 'selection' && Number(from) === 0,
    );
    const gainOf = (name: string) => Number(segments.find(({ segment }) => segment === name)?.gain);
    expect(Math.abs(gainOf('policy') + gainOf('traits') - gainOf('everything'))).toBeLessThan(1e-9);
    const steps = await rows('climb', 'steps.parquet');
    const assays = await rows('climb', 'assays.parquet');
    expect(assays.length).toBe(3 * segments.length);
    expect(new Set(steps.map(({ locus }) => locus)).size).toBe(Number(assays[0].loci));
    for (const name of ['climbed.svg', 'gains.svg', 'report.md', 'report.html']) {
      expect(place.read('climb', name).toString()).not.toMatch(/NaN|undefined/);
    }
    const checked = await call(['validate', out]);
    expect(checked.status, checked.out).toBe(0);
    expect(checked.out).toContain('valid provenance of a climb, grazers, ticks 0 to 90, seed 1');
    expect((await call(words)).out).toBe(first.out);
  });

  it('stops where it is asked to while the world steps, and continues', async () => {
    const out = place.at('stopped climb');
    const words = ['climb', place.scene, ...flags, '--out', out];
    // The last breath is taken when the world has come to the end of the last interval, and no forks are in progress.
    let breaths = 0;
    const counting = testIo({ breathe: async () => void breaths++ });
    const whole = await call(['climb', place.scene, ...flags], counting);
    let left = breaths;
    const stopping: TestIo = testIo({
      breathe: async () => {
        if (--left === 0) stopping.stop('SIGTERM');
      },
    });
    const stopped = await call(words, stopping);
    expect(stopped.status, stopped.err).toBe(143);
    expect(stopped.err).toContain('stopped after 3 of 3 intervals; the same command continues\n');
    expect(existsSync(place.at('stopped climb', 'gains.parquet'))).toBe(false);
    const again = await call(words);
    expect(again.status, again.err).toBe(0);
    expect(again.out).toBe(whole.out);
  });

  it('is the same in shares, which leave forks alone, and by two processes at once', { timeout: 60_000 }, async () => {
    const whole = await call(['climb', place.scene, ...flags, '--out', place.at('whole climb')]);
    const out = place.at('shared climb');
    const words = ['climb', place.scene, ...flags, '--out', out];
    const files = (name: string) => [...place.names(name)].filter((one) => one !== 'forks').map((one) => place.read(name, one));
    const forks = () => (readdirSync(out, { recursive: true }) as string[]).filter((name) => name.endsWith('.fork')).sort();
    for (const [shard, count] of [
      ['1/5', 3],
      ['4/5', 2],
    ] as const) {
      const share = await call([...words, '--shard', shard]);
      expect(share.status, share.err).toBe(0);
      expect(share.out).toBe(
        `share ${shard[0]} of 5: all of its ${count} forks are there, of 12; when all shares are, the same command without --shard gathers them\n`,
      );
    }
    expect(forks()).toHaveLength(5);
    expect(place.names('shared climb')).toEqual(['forks']);
    // What the other shares would have made is made by whoever gathers: here by two, which also write the same results.
    const process = (id: number) =>
      testIo({
        processes: fakeProcesses('alive', id),
        now: () => performance.now(),
        sleep: (ms) => new Promise((r) => setTimeout(r, ms)),
      });
    const both = await Promise.all([call(words, process(1)), call(words, process(2))]);
    for (const { status, out: said, err } of both) {
      expect(status, err).toBe(0);
      expect(said).toBe(whole.out);
    }
    expect(forks()).toHaveLength(12);
    expect(files('shared climb')).toEqual(files('whole climb'));
    // A damaged fork is made again.
    const [one] = forks();
    const before = readFileSync(place.at('shared climb', one));
    writeFileSync(place.at('shared climb', one), before.subarray(0, 100));
    expect((await call(words)).out).toBe(whole.out);
    expect(readFileSync(place.at('shared climb', one))).toEqual(before);
  });

  it('is handed over to Slurm as a script whose shares any scheduler can run', async () => {
    const out = place.at('array climb');
    const words = [
      'climb',
      place.scene,
      ...flags,
      '--set',
      'record.species.every=20',
      '--segments',
      'policy,traits',
      '--out',
      out,
    ];
    const written = await call([...words, '--slurm', '--dry-run', '--tasks', '3', '--partition', 'short']);
    expect(written).toMatchObject({ status: 0, out: `${place.at('array climb', 'slurm', 'array.sh')}\n` });
    expect(written.err).toMatch(/^climb: 12 forks, about .* on 3 threads, 3 tasks\n$/);
    const script = place.read('array climb', 'slurm', 'array.sh').toString();
    expect(script).toContain('#SBATCH --array=1-3\n');
    expect(script).toContain('#SBATCH --partition=short\n');
    expect(script).toContain(
      ` climb ${place.scene} --seed 1 --to 90 --every 30 --horizon 20 --forks 4 --set record.species.every=20 --segments policy,traits --out '${out}' --shard "$share/3" \\\n  --jobs "\${SLURM_CPUS_PER_TASK:-1}"\n`,
    );
    expect((await call([...words, '--dry-run'])).out).toMatch(/^climb: 12 forks, about \S+ s on 1 thread\n$/);
  });

  it('of a run is that of its scene and seed', async () => {
    const without = await call([
      'climb',
      place.scene,
      '--seed',
      '1',
      '--to',
      '20',
      '--every',
      '20',
      '--horizon',
      '5',
      '--forks',
      '4',
      '--jobs',
      '1',
      '--line',
      '99999',
    ]);
    expect(without).toMatchObject({
      status: 0,
      out: expect.stringContaining('organism 99999 of grazers does not live at the end: no line is followed'),
    });
    const run = place.at('run of climb');
    await call(['run', place.scene, '--seed', '1', '--ticks', '60', '--out', run]);
    const [, , , , ...more] = flags;
    const ofRun = await call(['climb', run, ...more]);
    const ofScene = await call(['climb', place.scene, '--seed', '1', '--to', '60', ...more]);
    expect(ofRun.status, ofRun.err).toBe(0);
    expect(ofRun.out).toBe(ofScene.out);
    const part = await call(['climb', run, '--from', '30', '--segments', 'policy', ...more]);
    expect(part.out).toMatch(/^grazers, ticks 30 to 60 /);
    expect(part.out).not.toContain('traits');
    expect((await call(['climb', run, '--to', '70'])).err).toContain('ends at tick 60; give 60 or less');
  });

  it('of a run that kept snapshots begins at one of them, with its record, and says the same', { timeout: 60_000 }, async () => {
    const [plain, kept] = [place.at('plain run'), place.at('kept run')];
    // Species are found often, and their numbers are those of the whole run.
    const made = ['run', place.scene, '--seed', '1', '--ticks', '100', '--set', 'record.species.every=10', '--out'];
    await call([...made, plain]);
    const run = await call([...made, kept, '--snapshots', '30']);
    expect(run.status, run.err).toBe(0);
    expect(place.names('kept run/snapshots')).toEqual(
      ['30', '60', '90'].flatMap((tick) => [`${tick}.record`, `${tick}.upslope`]),
    );
    expect(place.json('kept run', 'provenance.json')).toMatchObject({ record: { snapshots: 30 } });
    const valid = await call(['validate', kept]);
    expect(valid.status, valid.out).toBe(0);
    expect(valid.out).toMatch(/60\.upslope: valid snapshot, tick 60, \d+ living\n/);
    expect(valid.out).toContain('60.record: valid record of lives, tick 60\n');
    const more = ['--every', '20', '--horizon', '10', '--forks', '4', '--jobs', '1', '--line', 'eldest'];
    const outs = [];
    for (const [name, from] of [
      ['plain', plain],
      ['kept', kept],
    ]) {
      const climb = await call(['climb', from, '--from', '70', ...more, '--out', place.at(`climb of ${name}`)]);
      const assay = await call(['assay', from, '--tick', '65', '--age', '5', '--horizon', '10', '--forks', '4', '--jobs', '1']);
      expect([climb.status, assay.status], climb.err + assay.err).toEqual([0, 0]);
      const begun = [climb, assay].map(({ err }) => /^begins at tick (\d+), from .*\1\.upslope\n/.exec(err)?.[1]);
      expect(begun).toEqual(name === 'kept' ? ['60', '60'] : [undefined, undefined]);
      const tables = ['gains', 'assays', 'steps'].map((table) => place.read(`climb of ${name}`, `${table}.parquet`));
      outs.push([climb.out, assay.out, tables]);
    }
    expect(outs[1]).toEqual(outs[0]);
    // An unfinished run begins at its checkpoint.
    let slices = 0;
    const stopping: TestIo = testIo({
      breathe: async () => {
        if (++slices === 6) stopping.stop('SIGINT');
      },
    });
    expect((await call([...made, place.at('cut run'), '--every', '20'], stopping)).status).toBe(130);
    const ofCut = await call(['climb', place.at('cut run'), '--from', '70', ...more]);
    expect(ofCut.err).toMatch(/^begins at tick (40|60), from .*checkpoint\.upslope\n/);
    expect(ofCut.out).toBe(outs[0][0]);
    // What is damaged is found before it is read.
    const path = place.at('kept run', 'snapshots', '60.upslope');
    const bytes = readFileSync(path);
    writeFileSync(
      path,
      bytes.map((byte, i) => (i === 200 ? byte ^ 1 : byte)),
    );
    const damaged = await call(['climb', kept, '--from', '70', ...more]);
    expect(damaged).toMatchObject({ status: 2, err: expect.stringMatching(/^upslope: \S.*60\.upslope: altered: /) });
    expect((await call(['validate', kept])).status).toBe(2);
  });

  it.each([
    [['--to', '0'], 'give a whole number from 1'],
    [['--from', '50', '--to', '50'], '--to 50 is not after tick 50'],
    [['--to', '50', '--population', 'x'], "there is no population 'x'"],
    [['--to', '50', '--segments', 'polcy'], "there is no segment 'polcy' in genomes of grazers"],
    [['--to', '50', '--shard', '1/2'], '--shard needs --out; give the directory that all shares write into'],
    [['--to', '50', '--slurm', '--shard', '1/2'], '--shard and --slurm exclude each other'],
    [['--to', '50', '--tasks', '2'], '--tasks is for the cluster; also give --slurm'],
    [['--to', '50', '--line', 'x'], "give a whole number from 0 to 999999999999, not 'x'"],
  ])('%s: one line, exit 2', async (wrong, words) => {
    const { status, err, out } = await call(['climb', place.scene, '--seed', '1', ...wrong]);
    expect(status).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(words);
    expect(
      err
        .trimEnd()
        .split('\n')
        .filter((line) => line.startsWith('upslope:')),
    ).toHaveLength(1);
  });
});

describe('upslope why', () => {
  const quick = ['--age', '40', '--least', '3', '--forks', '4', '--horizon', '20', '--contest-ticks', '20', '--jobs', '1'];
  const flags = ['--seed', '1', '--from', '60', '--to', '140', ...quick];

  it('says what both did, what that is worth and what is not known, writes its files, and continues with the forks that are there', async () => {
    const out = place.at('why');
    const words = ['why', place.scene, ...flags, '--pairs', '5', '--out', out];
    const first = await call(words);
    expect(first.status, first.err).toBe(0);
    expect(first.out).toMatch(
      /^grazers, ticks 60 to 140 \([\d.]+ generations\): clade \d+ went from \d+ organisms to \d+, clade \d+ from \d+ to \d+; the log of their ratio rose by /,
    );
    for (const words of [
      'per 1,000 organism-ticks the winner grew by ',
      'on the gradient of tick 60 ',
      'in fresh worlds, half and half, ',
    ])
      expect(first.out).toMatch(new RegExp(`^${words}`, 'm'));
    expect(first.out).toMatch(/^What we cannot tell: /m);
    expect(first.out).not.toMatch(/NaN|undefined/);
    const rates = await rows('why', 'rates.parquet');
    const of = (measure: string, column: string) => Number(rates.find((row) => row.measure === measure)?.[column]);
    for (const side of ['winner_value', 'loser_value', 'difference'])
      expect(of('growth', side)).toBeCloseTo(of('births', side) - of('deaths', side), 12);
    expect(of('food', 'winner_value')).toBeGreaterThan(0);
    expect(of('births', 'winner_value')).toBeGreaterThan(0);
    const worth = (await rows('why', 'worth.parquet')).filter(({ tick }) => Number(tick) === 60);
    const worthOf = (name: string) => Number(worth.find(({ segment }) => segment === name)?.worth);
    expect(Math.abs(worthOf('policy') + worthOf('traits') - worthOf('everything'))).toBeLessThan(1e-9);
    // Worth is difference times gradient, locus by locus.
    const loci = (await rows('why', 'rival_loci.parquet')).filter(({ tick, what }) => Number(tick) === 60 && what === 'locus');
    const sum = loci.reduce((total, row) => total + Number(row.difference) * Number(row.gradient), 0);
    expect(sum).toBeCloseTo(worthOf('everything'), 5);
    const contests = await rows('why', 'rival_contests.parquet');
    expect(contests.filter(({ genomes }) => genomes === 'whole').length).toBe(1);
    for (const name of ['rates.svg', 'worth.svg', 'report.md', 'report.html'])
      expect(place.read('why', name).toString()).not.toMatch(/NaN|undefined/);
    const checked = await call(['validate', out]);
    expect(checked.status, checked.out).toBe(0);
    expect(checked.out).toMatch(
      /valid provenance of a comparison of rivals, grazers, clade \d+ against \d+, ticks 60 to 140, seed 1/,
    );
    expect((await call(words)).out).toBe(first.out);
  });

  it('compares the clades of given organisms, species, and what a run or a snapshot holds', async () => {
    const asked = await call(['why', place.scene, ...flags, '--pairs', '0']);
    expect(asked.out).toContain('what a contest says: none was held');
    const simulation = createSimulation(parseScene(smallScene, 'small'), '1');
    simulation.step(20);
    const snapshot = place.at('why.upslope');
    writeFileSync(snapshot, new Uint8Array(simulation.snapshot()));
    const [population] = simulation.populations;
    const tracker = new CladeTracker(simulation, population);
    simulation.observe(tracker);
    simulation.step(40);
    const ids = population.table.f64('id').slice(0, population.count).sort();
    simulation.dispose();
    const clades = tracker.clades();
    const large = [...new Set(clades)].filter((clade) => clades.filter((one) => one === clade).length >= 3);
    const [one, two] = [large.at(-1), large[0]].map((clade) => ids[clades.lastIndexOf(clade as number)]);
    const given = await call(['why', place.scene, ...flags, '--pairs', '0', '--winner', String(one), '--loser', String(two)]);
    expect(given.status, given.err).toBe(0);
    expect(given.out).toMatch(new RegExp(`: clade ${large.at(-1)} went from \\d+ organisms to \\d+, clade ${large[0]} from`));
    expect(given.out).not.toContain('chosen in the same way');
    const same = await call(['why', place.scene, ...flags, '--winner', String(one), '--loser', String(one)]);
    expect(same.err).toContain('are of one clade');
    const ofSnapshot = await call(['why', snapshot, '--seed', '1', '--to', '140', ...quick, '--pairs', '0']);
    expect(ofSnapshot.status, ofSnapshot.err).toBe(0);
    expect(ofSnapshot.out).toBe(asked.out);
    const whole = place.at('run of why');
    await call(['run', place.scene, '--seed', '1', '--ticks', '140', '--out', whole]);
    const ofRun = await call(['why', whole, ...flags.slice(2), '--pairs', '0']);
    expect(ofRun.status, ofRun.err).toBe(0);
    expect(ofRun.out).toBe(asked.out);
    expect((await call(['why', whole, '--to', '150', '--from', '60', ...quick])).err).toContain(
      'ends at tick 140; give 140 or less',
    );
    const species = await call(['why', place.scene, ...flags, '--species', '0,1']);
    expect(species.status).toBe(2);
    expect(species.err).toMatch(/species \d has (no organism|\d+ organisms)/);
  });

  it('stops where it is asked to, and continues', async () => {
    const out = place.at('stopped why');
    const words = ['why', place.scene, ...flags, '--pairs', '0', '--out', out];
    let left = 3;
    const stopping: TestIo = testIo({
      breathe: async () => {
        if (--left === 0) stopping.stop('SIGTERM');
      },
    });
    const stopped = await call(words, stopping);
    expect(stopped.status, stopped.err).toBe(143);
    expect(stopped.err).toMatch(/stopped after \d of 4 forks; the same command continues\n$/);
    expect(existsSync(place.at('stopped why', 'rates.parquet'))).toBe(false);
    const again = await call(words);
    expect(again.status, again.err).toBe(0);
    expect(again.out).toBe((await call(['why', place.scene, ...flags, '--pairs', '0'])).out);
  });

  it.each([
    [['--from', '30'], '--from 30 is less than --age 40; give a later tick or a smaller age'],
    [['--from', '60', '--to', '60'], '--to 60 is not after tick 60'],
    [['--from', '60', '--to', '70', '--least', '59'], 'have 59 organisms or more at tick 60, and two are needed'],
    [['--from', '60', '--to', '70', '--winner', '999999'], '--winner 999999: no organism of grazers has this id'],
    [['--from', '60', '--to', '70', '--species', '1'], 'give two species, the winner first'],
    [['--from', '60', '--to', '70', '--species', '1,2', '--loser', '3'], 'leave out one of them'],
    [['--from', '60', '--to', '70', '--population', 'x'], "there is no population 'x'"],
  ])('%s: one line, exit 2', async (wrong, words) => {
    const { status, err, out } = await call(['why', place.scene, '--seed', '1', '--age', '40', ...wrong]);
    expect([status, out]).toEqual([2, '']);
    expect(err).toContain(words);
    expect(
      err
        .trimEnd()
        .split('\n')
        .filter((line) => line.startsWith('upslope:')),
    ).toHaveLength(1);
  });
});

describe('upslope tournament', () => {
  it('rates fossils, and says how much goes in circles', async () => {
    const flags = ['--players', '4', '--ticks', '30', '--replicates', '2', '--jobs', '1', '--out', place.at('tournament')];
    const { status, out, err } = await call(['tournament', run, ...flags]);
    expect(status, err).toBe(0);
    expect(out).toMatch(/^tournament of 4 fossils of grazers/);
    expect(out).toMatch(/cyclic share \d+\.\d %: the part that no rating explains/);
    const matches = await rows('tournament', 'tournament.parquet');
    expect(matches).toHaveLength(12);
    for (const { fossil, other, margin } of matches) {
      const back = matches.find((row) => row.fossil === other && row.other === fossil);
      expect(Number(back?.margin)).toBeCloseTo(-Number(margin), 12);
    }
  });

  it('of a run without fossils is refused in one line', async () => {
    const bare = place.at('bare');
    await call(['run', place.scene, '--seed', '1', '--ticks', '50', '--out', bare, '--set', 'record.fossils.sample=0']);
    const { status, err } = await call(['tournament', bare]);
    expect(status).toBe(2);
    expect(err).toContain('keeps 0 fossils of grazers; a tournament needs three');
  });
});

describe('upslope transplant', () => {
  const few = ['--ticks', '30', '--replicates', '2', '--pairs', '2'];

  it('prints what segments add, and writes every contest', async () => {
    const out = place.at('transplant');
    const one = await call(['transplant', run, ...few, '--jobs', '1', '--out', out]);
    expect(one.status, one.err).toBe(0);
    expect(one.out).toMatch(/^transplant of grazers: 2 fossils of ticks? .* in pairs, 2 worlds of 30 ticks each\n/);
    expect(one.out).toMatch(/^policy +\d+ .*\ntraits +\d+ /m);
    expect(one.out).toContain('too few pairs for intervals: give 5 or more');
    const contests = await rows('transplant', 'transplant_contests.parquet');
    expect(contests).toHaveLength(2 * 2 * 5);
    for (const { earlier_tick: before, later_tick: after } of contests) expect(Number(before)).toBeLessThan(Number(after));
    const effects = await rows('transplant', 'transplant.parquet');
    const whole = contests.filter(({ segment }) => segment === '').map(({ margin }) => Number(margin));
    for (const { margin, generations, margin_per_generation: each } of effects)
      expect(Number(each)).toBeCloseTo(Number(margin) / Number(generations), 12);
    expect(Number(effects.find(({ effect }) => effect === 'whole')?.margin)).toBeCloseTo(
      whole.reduce((sum, margin) => sum + margin / whole.length, 0),
      12,
    );
    const validated = await call(['validate', out]);
    expect(validated.status, validated.err).toBe(0);
  });

  it.each([
    [['--segments', 'polcy'], "there is no segment 'polcy' in genomes of grazers; did you mean 'policy'?"],
    [['--from', '90', '--to', '60'], '--from 90 is not before --to 60; give an earlier and a later tick'],
    [['--pairs', '900'], 'too few for 900 pairs'],
    [['--population', 'graters'], "there is no population 'graters'"],
  ])('refuses %j in one line', async (flags, line) => {
    const { status, err } = await call(['transplant', run, ...flags]);
    expect(status).toBe(2);
    expect(err).toContain(line);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('upslope invasion', () => {
  it('prints singular points and writes pairwise invasibility', async () => {
    const { status, out, err } = await call([
      'invasion',
      'competition',
      '--set',
      'competition=0.5',
      '--points',
      '21',
      '--out',
      place.at('inv'),
    ]);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out).toContain('At 0.0000: branching point');
    const cells = await rows('inv', 'invasion.parquet');
    expect(cells).toHaveLength(21 * 21);
    for (const { resident, mutant, fitness } of cells) if (resident === mutant) expect(fitness).toBe(0);
    // Second derivatives of the source's formula at 0: (1 - e^-r)(1/a^2 - 1/K^2) and -(1 - e^-r)/K^2 with widths 0.5 and 1, r = 1.
    const [point] = await rows('inv', 'singular.parquet');
    const share = 1 - Math.exp(-1);
    expect(Number(point.mutant_curvature)).toBeCloseTo(share * 3, 5);
    expect(Number(point.gradient_slope)).toBeCloseTo(-share, 5);
    expect(place.read('inv', 'invasion.svg').toString()).toContain('Trait of a rare mutant (locus units)');
  });

  it.each([
    [['iris'], "landscape 'iris': 1 dimensions; with these parameters it has 35"],
    [['competition', '--set', 'width=1'], 'unrecognized key: "width"; it has capacity, competition, growth'],
    [['competition', '--from', '3'], '--from must be below --to (got 3 and 2)'],
    [['competition', '--to', 'far'], "give a number, not 'far'"],
    [[], 'the landscape is missing; give one of linear'],
  ])('%s: one line, exit 2', async (flags, words) => {
    const { status, err } = await call(['invasion', ...flags]);
    expect(status).toBe(2);
    expect(err).toContain(words);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('upslope validate of what analyses wrote', () => {
  it('knows every table by its name, and says what is wrong with one', async () => {
    const out = place.at('all');
    for (const words of [
      ['price', run, '--out', `${out}/price`],
      ['analyse', run, '--out', `${out}/analysis`],
      ['invasion', 'bowl', '--points', '5', '--out', `${out}/invasion`],
      [
        'assay',
        place.scene,
        '--seed',
        '1',
        '--tick',
        '60',
        '--age',
        '40',
        '--horizon',
        '10',
        '--forks',
        '4',
        '--jobs',
        '1',
        '--out',
        `${out}/assay`,
      ],
    ]) {
      const made = await call(words);
      expect(made.status, made.err).toBe(0);
    }
    const { status, out: said } = await call([
      'validate',
      ...['price', 'analysis', 'invasion', 'assay'].map((name) => `${out}/${name}`),
    ]);
    expect(status, said).toBe(0);
    const files = [...said.matchAll(/([\w.]+): valid ([\w ]+), /g)].map(([, name, format]) => `${name} ${format}`);
    expect(files.sort()).toEqual([
      'alignment.parquet Parquet',
      'assay.parquet Parquet',
      'climb.parquet Parquet',
      'fisher.parquet Parquet',
      'invasion.parquet Parquet',
      'price.parquet Parquet',
      'price.parquet Parquet',
      'provenance.json provenance of an assay',
      'segments.parquet Parquet',
      'singular.parquet Parquet',
    ]);
    writeFileSync(`${out}/invasion/invasion.parquet`, readFileSync(`${out}/invasion/singular.parquet`));
    const altered = await call(['validate', `${out}/invasion`]);
    expect([altered.status, altered.out]).toEqual([2, expect.stringMatching(/^\S+invasion\.parquet: altered: /)]);
    rmSync(`${out}/invasion/manifest.json`);
    const wrong = await call(['validate', `${out}/invasion`]);
    expect(wrong.status).toBe(1);
    expect(wrong.out).toMatch(/invasion\.parquet.*(not valid Parquet)/);
  });
});
