import { markdownTable } from './markers.ts';
import { summarise, summaryTable } from './summary.ts';

type Results = readonly Record<string, number>[];

/** What climbs, by segment: the table of docs/findings.md. */
export function climbTable(results: Results): string[] {
  return summaryTable(
    [
      { key: 'within', title: 'all loci, perturbed forks: cosine', digits: 3 },
      { key: 'withinBeats', title: 'random directions that all loci beat (%)', digits: 1 },
      { key: 'traits', title: 'traits, bodies shuffled: cosine', digits: 3 },
      { key: 'policy', title: 'policy weights, bodies shuffled: cosine', digits: 3 },
      { key: 'policyError', title: 'its standard error over forks', digits: 3 },
      { key: 'policyNull', title: '97.5 % of random directions of the policy lie below', digits: 3 },
      { key: 'policyShare', title: "policy's share of the square of the gradient", digits: 2 },
      { key: 'policyTrust', title: "reliability of the policy's gradient", digits: 2 },
      { key: 'traitsGain', title: 'gain in relative fitness by traits, bodies shuffled', digits: 5 },
      { key: 'policyGain', title: 'gain by the policy, bodies shuffled', digits: 5 },
      { key: 'policyGainError', title: 'its standard error over forks', digits: 5 },
      { key: 'policyRealised', title: 'gain by the policy, bodies as they are', digits: 5 },
      { key: 'additiveVariance', title: 'b G b, additive variance in relative fitness', digits: 3 },
      { key: 'organisms', title: 'living', digits: 0 },
      { key: 'clades', title: 'clades', digits: 0 },
      { key: 'loci', title: 'loci', digits: 0 },
    ],
    results,
  );
}

/** The same with mechanisms, one in a column. */
export function climbWithTable(names: readonly string[], results: Results): string[] {
  const { both } = summarise(results);
  const row = (title: string, key: string, digits: number) => [title, ...names.map((name) => both(`${name}${key}`, digits))];
  return markdownTable(
    ['mean over seeds (standard error)', ...names],
    [
      row('cosine within clades', 'W', 3),
      row('random directions that it beats (%)', 'P', 1),
      row('cosine between clades', 'B', 3),
    ],
  );
}

/** What the scene *meadow* says of the climb. */
export function foundByClimb(results: Results): string {
  const { seeds, both, count } = summarise(results);
  return (
    `${seeds}, tick 8,000: selection within clades has a cosine of ${both('within', 2)} to the assayed gradient over all loci (standard error in brackets), ` +
    `${both('traits', 2)} over the traits of bodies and ${both('policy', 2)} over the weights of policies; the last is above 97.5 % of random directions in ` +
    `${count((r) => r.policy > r.policyNull)} seeds. Not shown: how far the cosine of policies is lowered by the noise of its gradient, whose reliability is ${both('policyTrust', 2)}.`
  );
}
