import { learnedInJuice, selectionApart, selectionInMeadow } from '../theory/tangent-runs.ts';
import { markdownTable } from './markers.ts';
import { overSeeds, type Verification } from './verification.ts';

const ticks = 60;
const sizes = [0.2, 0.02, 0.002] as const;
const inMeadow = { tick: 4000, window: 400, observers: 12 };

/** Chances that learning changed, as predicted and as measured: means over seeds. */
function learnedRows(results: readonly Record<string, number>[]) {
  const cases = [
    ['chance to drink 0.5 at first', 'half'],
    ['chance to drink 0.1 at first', 'tenth'],
  ] as const;
  return cases.map(([name, key]) => {
    const predicted = overSeeds(results.map((result) => result[`${key}Predicted`])).mean;
    const measured = overSeeds(results.map((result) => result[key])).mean;
    const error = Math.hypot(...results.map((result) => result[`${key}Error`])) / results.length;
    return { name, predicted, measured, error, z: (measured - predicted) / error };
  });
}

const apartOf = (results: readonly Record<string, number>[]) =>
  (['wide', 'middle', 'narrow'] as const).map((key) => overSeeds(results.map((result) => result[key])).mean);

function meadowSentence(results: readonly Record<string, number>[]): string {
  const cosine = overSeeds(results.map((result) => result.cosine));
  const slope = overSeeds(results.map((result) => result.slope));
  return `cosine of predicted and measured ${cosine.mean.toFixed(3)} (standard error ${cosine.standardError.toFixed(3)}), slope ${slope.mean.toFixed(3)} (${slope.standardError.toFixed(3)})`;
}

/** The neural tangent, and its twin from the genes, against what learning and selection do. */
export const tangent: Verification = {
  name: 'tangent',
  title: `The tangent against what happens: learning in juice over ${ticks} ticks, selection over ${inMeadow.window} ticks from tick ${inMeadow.tick} of meadow`,
  scenes: ['juice', 'meadow'],
  measure(seed) {
    const [half, tenth] = learnedInJuice(`tangent ${seed}`, ticks);
    return {
      half: half.measured,
      halfPredicted: half.predicted,
      halfError: half.error,
      tenth: tenth.measured,
      tenthPredicted: tenth.predicted,
      tenthError: tenth.error,
      wide: selectionApart(`tangent ${seed}`, sizes[0]),
      middle: selectionApart(`tangent ${seed}`, sizes[1]),
      narrow: selectionApart(`tangent ${seed}`, sizes[2]),
      ...selectionInMeadow(String(seed), inMeadow),
    };
  },
  judge(results) {
    const lines = ['learned in juice              predicted  measured  standard error      z'];
    let holds = true;
    for (const { name, predicted, measured, error, z } of learnedRows(results)) {
      // To first order: the next term is (1 - 2p) / 2 of the weight's move, at most 0.06 here, of the change itself.
      holds &&= Math.abs(measured - predicted) < 4 * error + 0.03 * predicted;
      lines.push(
        `${name.padEnd(30)}${predicted.toFixed(6)}  ${measured.toFixed(6)}  ${error.toFixed(6).padStart(14)}  ${z.toFixed(2).padStart(5)}`,
      );
    }
    lines.push('', 'selection: largest error of the prediction, of the largest change; mean over seeds');
    const apart = apartOf(results);
    for (const [k, size] of sizes.entries()) lines.push(`loci that differ by ${String(size).padEnd(8)}${apart[k].toFixed(4)}`);
    holds &&= apart[2] < 0.1 * apart[0] && apart[2] < 0.02;
    lines.push('', `genomes as meadow has them: ${meadowSentence(results)}; what is found, not a claim`);
    return { lines, holds };
  },
  tables: (results) => ({
    tangent: [
      ...markdownTable(
        ['learned in juice', 'predicted', 'measured', 'standard error', 'z'],
        learnedRows(results).map(({ name, predicted, measured, error, z }) => [
          name,
          predicted.toFixed(6),
          measured.toFixed(6),
          error.toFixed(6),
          z.toFixed(2),
        ]),
      ),
      '',
      `Selection, where loci differ by ${sizes.join(', ')} locus units: the largest error of the prediction, of the largest change, is ${apartOf(
        results,
      )
        .map((value) => value.toFixed(4))
        .join(', ')} (mean over seeds).`,
      `Genomes as *meadow* has them: ${meadowSentence(results)}.`,
    ],
  }),
};
