import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { engineTable, otherFacts, runEngines } from './run-engines.ts';

/** What the campaign is given by the command: seed, ticks of each scene, ids of engines, one job or all. */
interface EngineCall {
  readonly seed: string;
  readonly size: number;
  readonly targets: readonly string[];
  readonly from: number | undefined;
  readonly failures: { add(failure: { target: string; index: number; problem: string }): void };
  print(line: string): void;
}

const targets = [
  { name: 'node-20', title: 'Node 20, from npm' },
  { name: 'node-22', title: 'Node 22, from npm' },
  { name: 'node-24', title: 'Node 24, from npm' },
  { name: 'node-baseline', title: 'this Node, compiled without optimising' },
  { name: 'node-optimised', title: 'this Node, compiled by the optimising compiler alone' },
  { name: 'node-sse', title: 'this Node, without AVX and FMA' },
  { name: 'chromium', title: 'Chromium' },
  { name: 'firefox', title: 'Firefox' },
  { name: 'webkit', title: 'WebKitGTK on a display of its own' },
  { name: 'node-20-arm64', title: 'Node 20 for arm64, in qemu' },
  { name: 'node-22-arm64', title: 'Node 22 for arm64, in qemu' },
  { name: 'node-24-arm64', title: 'Node 24 for arm64, in qemu' },
];

/** Eight scenes with every mechanism on, in every engine that is here or can be installed, against the Node that runs this. */
export const engines = {
  name: 'engines',
  title: 'the same runs in other engines, compared after every tick',
  unit: 'ticks of each scene',
  usualSize: 40,
  targets,
  async run({ seed, size, targets: only, from, failures, print }: EngineCall) {
    const root = process.cwd();
    const { ensureEngines } = (await import(/* @vite-ignore */ pathToFileURL(join(root, 'scripts/engines.mjs')).href)) as {
      ensureEngines(only: readonly string[]): Promise<void>;
    };
    await ensureEngines(only);
    const ticks = Math.max(4, size);
    const { rows } = await runEngines({ root, seed, ticks, only, ...(from === undefined ? {} : { from }) }, print);
    for (const line of [...engineTable(rows), ...otherFacts(rows)]) print(line);
    return rows.map(({ id, equal, of, unequal, difference, seconds, version, architecture }) => {
      const [index] = unequal;
      if (difference) failures.add({ target: id, index: from ?? index ?? 0, problem: difference });
      return {
        target: id,
        cases: of,
        refused: undefined,
        accepted: equal,
        failures: unequal.length,
        seconds,
        slowest: { index: 0, milliseconds: (1000 * seconds) / of },
        note: `${version}, ${architecture}`,
      };
    });
  },
};
