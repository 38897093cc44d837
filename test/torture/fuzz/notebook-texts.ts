import { type Packable, pack, unpack } from '../../../src/record/pack.ts';
import { readText } from '../../../src/worker/notebook/entry-text.ts';
import { readFrozen } from '../../../src/worker/notebook/frozen-entry.ts';
import { readNotebookFile, writeNotebookFile } from '../../../src/worker/notebook/notebook-file.ts';
import type { CaseTarget } from '../cases/target.ts';
import { orRefused } from '../cases/verdict.ts';
import { mutateState } from './mutate-state.ts';
import { joined } from './packs.ts';

/** An organism of the freezer. */
export const frozen = [
  {
    id: 'x',
    name: 'a friend',
    savedAt: 1,
    organism: {
      organism: 7,
      population: 'Foragers',
      scene: 'Meadow',
      seed: '1',
      tick: 3,
      traits: [{ id: 'body.size', title: 'Size', unit: '', value: 1 }],
      genome: { ploidy: 1 as const, names: ['a', 'b'], values: [0.5, -1] },
    },
  },
];

/** What the store says of an entry. */
const text = {
  ...{ kind: 'moment', id: 'one', name: 'a moment', title: 'Tiny', seed: 'seed' },
  ...{ tick: 40, living: 0, playing: false, savedAt: 1_700_000_000_000, bytes: 10 },
};

/** A file of the notebook that holds nothing. */
const empty = unpack(joined(writeNotebookFile({ entries: [], frozen: [] }))) as Record<string, Packable>;

const noBigints = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);

/** The texts as they come from the store of a browser, where each is read by itself and left out where it is damaged. */
export const notebookTexts: CaseTarget = {
  name: 'notebook-texts',
  title: 'what the notebook says of its entries and of organisms of the freezer',
  extension: 'pack',
  weight: 20,
  prepare: () => ({
    make: (random) => joined(pack([mutateState(random, text), mutateState(random, frozen as unknown as Packable)])),
    give: (input) =>
      orRefused([Error], () => {
        const [entry, organisms] = unpack(input) as readonly [Packable, Packable];
        readText(entry);
        readFrozen((organisms as readonly Packable[] | undefined)?.[0]);
        const { refused } = readNotebookFile(joined(pack({ ...empty, frozen: JSON.stringify(organisms, noBigints) })));
        if (refused.length > 0) throw new Error(refused[0]);
      }),
  }),
};
