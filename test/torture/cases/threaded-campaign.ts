import { fileURLToPath } from 'node:url';
import type { Call, Campaign, Row } from '../campaign.ts';
import type { Random } from '../random.ts';
import { type Block, type Tally, TargetStore } from './perform-block.ts';
import { newTally } from './shared-tally.ts';
import type { CaseTarget } from './target.ts';
import { WatchedThread } from './watched-thread.ts';

/** Cases that a thread is given at a time. */
const blockSize = 500;

/** Cases of each target, in proportion to their weights: in all at least as many as asked for. */
export function shares(cases: number, targets: readonly CaseTarget[]): readonly (readonly [target: CaseTarget, cases: number])[] {
  const weights = targets.reduce((sum, { weight }) => sum + weight, 0);
  return targets.map((target) => [target, Math.ceil((cases * target.weight) / weights)]);
}

/**
 * A campaign whose cases threads perform under watch.
 * @param unitsPerCase how much of what `--size` counts a case is
 */
export function threadedCampaign(
  about: Pick<Campaign, 'name' | 'title' | 'unit' | 'usualSize'>,
  targets: readonly CaseTarget[],
  unitsPerCase = 1,
): Campaign {
  return {
    ...about,
    targets,
    async run(call) {
      const store = new TargetStore(targets);
      const inputOf = async (target: string, random: Random) => (await store.get(target)).make(random);
      // All is one file, which threads start on as well.
      const file = fileURLToPath(import.meta.url);
      const chosen = targets.filter(({ name }) => call.targets.includes(name));
      try {
        const rows: Row[] = [];
        for (const [target, cases] of shares(call.size / unitsPerCase, chosen)) {
          rows.push(await runTarget(call, target, cases, () => new WatchedThread(file, inputOf)));
        }
        return rows;
      } finally {
        store.remove();
      }
    },
  };
}

async function runTarget(
  call: Call,
  { name: target, extension }: CaseTarget,
  cases: number,
  start: () => WatchedThread,
): Promise<Row> {
  const { seed, from, failures } = call;
  const before = performance.now();
  const first = from ?? 0;
  const end = from === undefined ? cases : from + 1;
  const size = Math.min(blockSize, Math.ceil((end - first) / call.jobs));
  const sum = newTally();
  let next = first;
  const lane = async () => {
    const thread = start();
    while (next < end) {
      const block: Block = { target, seed, from: next, to: Math.min(end, next + size) };
      next = block.to;
      const tally = await thread.perform(block, ({ index, problem, input }) =>
        failures.add({ target, index, problem, input: { extension, bytes: input } }),
      );
      add(sum, tally);
    }
    await thread.end();
  };
  await Promise.all(Array.from({ length: Math.min(call.jobs, Math.ceil((end - first) / size)) }, lane));
  return rowOf(target, end - first, sum, (performance.now() - before) / 1000);
}

function add(sum: Tally, tally: Tally): void {
  sum.refused += tally.refused;
  sum.accepted += tally.accepted;
  sum.failures += tally.failures;
  if (tally.slowestMilliseconds <= sum.slowestMilliseconds) return;
  sum.slowestMilliseconds = tally.slowestMilliseconds;
  sum.slowestIndex = tally.slowestIndex;
}

export function rowOf(
  target: string,
  cases: number,
  { refused, accepted, failures, slowestIndex, slowestMilliseconds }: Tally,
  seconds: number,
): Row {
  const slowest = { index: slowestIndex, milliseconds: slowestMilliseconds };
  return { target, cases, refused, accepted, failures, seconds, slowest };
}
