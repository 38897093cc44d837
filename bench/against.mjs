// npm run bench -- --against REF: is the working tree slower than another state of the repository, and by how much?
//
// Both libraries are built. A pair is two fresh processes, one a build, which do the same work in turn, block by block: what the machine
// does meanwhile slows both alike, and what differs from process to process (where memory lies, how code was compiled) is drawn anew in
// every pair. A pair's ratio is the median over its blocks; the interval is Student's over the logarithms of the pairs' ratios.
import { execFileSync, fork } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, run } from '../scripts/setup.mjs';

const names = ['meadow', 'landscape', 'transfer', 'record', 'snapshot'];
const usage = `give --against REF [--pairs N] [--limit RATIO] [${names.join(' ')}]`;
const blocks = 40;
/** Pairs go on beyond the number that was asked for until the interval is this narrow, or there are so many times more. */
const halfWidthWanted = 0.01;
const mostFactor = 5;

/** Two-sided 95 % quantile of Student's t; within 0.3 % from 4 degrees of freedom on (Cornish and Fisher's expansion). */
function student(degrees) {
  const z = 1.959963985;
  const g1 = (z ** 3 + z) / 4;
  const g2 = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const g3 = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + g1 / degrees + g2 / degrees ** 2 + g3 / degrees ** 3;
}

const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();

/** The library of another state of the repository, built once and kept below dist/. Returns its path. */
async function libraryOf(commit) {
  const kept = join(root, 'dist/against', commit);
  // Its name in versions whose library was one file.
  const entryOf = (folder) => ['index.js', 'upslope.js'].map((name) => join(folder, name)).find((file) => existsSync(file));
  const before = entryOf(kept);
  if (before) return before;
  const folder = mkdtempSync(join(tmpdir(), 'upslope-against-'));
  const tree = join(folder, 'tree');
  try {
    git('worktree', 'add', '--detach', '--quiet', tree, commit);
    const lock = (at) => readFileSync(join(at, 'package-lock.json'), 'utf8');
    if (lock(tree) === lock(root)) symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'), 'junction');
    const status = await run(process.execPath, [join(tree, 'scripts/build.mjs'), 'lib'], { cwd: tree });
    const built = entryOf(join(tree, 'dist/lib'));
    if (!built) throw new Error(`bench: the library of ${commit.slice(0, 10)} was not built (status ${status})`);
    mkdirSync(join(root, 'dist/against'), { recursive: true });
    cpSync(join(tree, 'dist/lib'), `${kept}.new`, { recursive: true });
    renameSync(`${kept}.new`, kept);
    return entryOf(kept);
  } finally {
    try {
      git('worktree', 'remove', '--force', tree);
    } catch {
      // Never made.
    }
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Starts a process on a library; `ask` sends it a message and waits for the answer. */
async function start(library, workload) {
  const child = fork(join(root, 'bench/against-work.mjs'), [library, workload, String(blocks)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  let waiting = { resolve() {}, reject() {} };
  child.on('message', (message) => waiting.resolve(message));
  child.on('exit', (status) => waiting.reject(new Error(`bench: a process ended with status ${status}`)));
  const answer = () => new Promise((resolve, reject) => (waiting = { resolve, reject }));
  await answer();
  return {
    ask(message) {
      const next = answer();
      child.send(message);
      return next;
    },
  };
}

const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};

/**
 * Two libraries over the same blocks in turn: the median over blocks of the logarithm of the ratio of their processor times (a block in
 * which the machine was busy with something else is one of many), and whether they came to the same hash.
 */
async function pair(libraries, workload, first) {
  const processes = [await start(libraries[0], workload), await start(libraries[1], workload)];
  const logs = [];
  for (let block = 0; block < blocks; block++) {
    const seconds = [0, 0];
    for (const turn of [0, 1]) {
      const which = (turn + block + first) % 2;
      seconds[which] = (await processes[which].ask('block')).seconds;
    }
    logs.push(Math.log(seconds[0] / seconds[1]));
  }
  const hashes = [(await processes[0].ask('end')).hash, (await processes[1].ask('end')).hash];
  return { log: median(logs), same: hashes[0] === hashes[1] };
}

function interval(logs) {
  const mean = logs.reduce((sum, x) => sum + x, 0) / logs.length;
  const variance = logs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (logs.length - 1);
  return { mean, half: student(logs.length - 1) * Math.sqrt(variance / logs.length) };
}

/** Compares and prints a line a workload. Returns the exit status: 1 where a limit was given and does not hold. */
export async function against(words) {
  let reference;
  let pairs = 20;
  let limit;
  const chosen = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (word === '--against') reference = words[++i];
    else if (word === '--pairs') pairs = Number(words[++i]);
    else if (word === '--limit') limit = Number(words[++i]);
    else chosen.push(word);
  }
  const unknown = chosen.find((name) => !names.includes(name));
  const bad =
    unknown !== undefined
      ? `there is no '${unknown}' to compare`
      : reference === undefined
        ? '--against needs a commit, branch or tag'
        : !(Number.isInteger(pairs) && pairs >= 5)
          ? '--pairs must be a whole number of 5 or more'
          : limit !== undefined && !(limit > 0)
            ? '--limit must be a number above 0'
            : undefined;
  if (bad) {
    console.error(`bench: ${bad}; ${usage}`);
    return 2;
  }
  let commit;
  try {
    commit = git('rev-parse', '--verify', '--quiet', `${reference}^{commit}`);
  } catch {
    console.error(`bench: '${reference}' is not a commit, branch or tag of this repository; git log shows what there is`);
    return 2;
  }
  const { bundle } = await import('../scripts/bundle.mjs');
  const libraries = [await libraryOf(commit), (await bundle('lib')).file];
  console.log(
    `Processor time of ${commit.slice(0, 10)} over that of the working tree: above 1 the working tree is faster. 95 % intervals.`,
  );
  let status = 0;
  for (const workload of chosen.length > 0 ? chosen : names) {
    const logs = [];
    let same = true;
    let estimate = { mean: 0, half: Number.POSITIVE_INFINITY };
    while (logs.length < pairs || (estimate.half > halfWidthWanted && logs.length < mostFactor * pairs)) {
      const result = await pair(libraries, workload, logs.length % 2);
      same &&= result.same;
      logs.push(result.log);
      if (logs.length >= 2) estimate = interval(logs);
    }
    const { mean, half } = estimate;
    const [low, ratio, high] = [mean - half, mean, mean + half].map((x) => Math.exp(x).toFixed(4));
    const narrow = half <= halfWidthWanted;
    const verdict =
      limit === undefined
        ? narrow
          ? ''
          : '  (wider than 1 %)'
        : !narrow
          ? `  limit ${limit}: not decided, half-width ${(100 * half).toFixed(1)} %`
          : `  limit ${limit}: ${Number(high) >= limit ? 'holds' : 'does not hold'}`;
    if (limit !== undefined && !(narrow && Number(high) >= limit)) status = 1;
    const work = same ? 'same hash' : 'ANOTHER HASH: not the same work';
    console.log(`${workload.padEnd(10)} ratio ${ratio} (${low} to ${high}), ${logs.length} pairs, ${work}${verdict}`);
  }
  return status;
}
