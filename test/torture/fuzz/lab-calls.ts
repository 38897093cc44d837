import { labModels, variableNames } from '../../../src/cli/lab/lab-variables.ts';
import { landscapeForms } from '../../../src/habitat/landscape/forms.ts';
import { bytesOf, type CaseTarget, textOf } from '../cases/target.ts';
import type { Random } from '../random.ts';
import { callUpslope } from './call-upslope.ts';

const values = [
  '0',
  '1',
  '-1',
  '0.5',
  '1e-6',
  '1e9',
  '1e308',
  '-1e308',
  '1e999',
  'NaN',
  '',
  'x',
  '0x10',
  '2',
  '3',
  '5',
  '20',
  '1e-300',
  '0.1,0.1',
  '0.1,0.3',
];

/** Words of a call of the lab: mostly what it has, now and then what it has not. */
function wordsOf(random: Random): string[] {
  const form = random.chance(0.95) ? random.pick(landscapeForms()).id : random.pick(['', 'bowls', '__proto__', '../bowl']);
  const model = random.pick(labModels);
  const known = landscapeForms().some(({ id }) => id === form) ? variableNames(model, form) : ['sigma'];
  const sweeps = Array.from({ length: random.below(3) }, () => {
    const name = random.chance(0.9) ? random.pick(known) : random.pick(['sigmas', '', 'toString', '__proto__', 'a=b']);
    const value = random.chance(0.6) ? random.pick(values) : String(2 * random.share());
    return ['--sweep', `${name}=${value}`];
  });
  const sizes = random.chance(0.4)
    ? ['--dimensions', random.pick(['1', '2', '3', '4', '12', '100', '1001', '0', '-1', '1.5'])]
    : [];
  const seed = ['--seed', random.pick(['1', '__proto__', '\u{1f9ec}'])];
  return ['lab', form, '--model', model, ...sweeps.flat(), ...sizes, ...seed];
}

export const labCalls: CaseTarget = {
  name: 'lab-calls',
  title: 'calls of the lab: landscapes, models and what is swept',
  extension: 'json',
  weight: 3,
  prepare: () => ({
    make: (random) => bytesOf(JSON.stringify(wordsOf(random))),
    give: (input) => {
      const words = JSON.parse(textOf(input)) as string[];
      const size = words.some((word) => word.startsWith('size=')) ? [] : ['--size', '6'];
      return callUpslope([...words, ...size, '--replicates', '2', '--ticks', '4', '--burn-in', '1', '--jobs', '1']);
    },
  }),
};
