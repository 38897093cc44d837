import islands from '../../scenes/islands.json' with { type: 'json' };
import meadow from '../../scenes/meadow.json' with { type: 'json' };
import mutationsInFlight from '../../scenes/mutations-in-flight.json' with { type: 'json' };
import peacocks from '../../scenes/peacocks.json' with { type: 'json' };
import selfishGenes from '../../scenes/selfish-genes.json' with { type: 'json' };
import { priceAgreement } from '../theory/price-runs.ts';
import type { Verification } from './verification.ts';

const scenes: readonly { readonly json: { readonly name: string }; readonly founders?: number; readonly everything?: false }[] = [
  { json: meadow },
  { json: islands },
  { json: peacocks },
  { json: selfishGenes },
  // All organisms are replaced in a tick: 10,000 ticks of a whole population would be more births than fit into memory.
  { json: mutationsInFlight, founders: 200 },
  // With everything on, hosts soon die out; with the scene's own mechanisms they last.
  { json: selfishGenes, everything: false },
];
const [ticks, every] = [10_000, 100];
const bound = 1e-9;

/** Price's equation over windows of 100 to 10,000 ticks, a scene a seed; each with everything on, one with its own mechanisms too. */
export const price: Verification = {
  name: 'price',
  title: `Price’s equation in real runs with every mechanism on that has room: windows of ${every} to ${ticks} ticks, from living censuses and from Parquet files`,
  scenes: [...new Set(scenes.map(({ json }) => json.name))],
  mostSeeds: scenes.length,
  async measure(seed) {
    const { json, founders, everything = true } = scenes[(seed - 1) % scenes.length];
    const run = { ticks, every, everything, seed: String(seed), ...(founders === undefined ? {} : { founders }) };
    const { loci, ...organisms } = await priceAgreement(json, json.name, run);
    const { live, exported, apart, windows, channels } = loci;
    return { ...organisms, lociLive: live, lociExported: exported, lociApart: Math.max(apart, channels), lociWindows: windows };
  },
  judge(results) {
    const lines = [
      'scene                     windows  longest (ticks)   residual, live  residual, files  apart    by loci: live  files    apart',
    ];
    let holds = true;
    for (const [k, result] of results.entries()) {
      const { windows, longest, live, exported, apart, lociLive, lociExported, lociApart, lociWindows } = result;
      const { json, everything } = scenes[k % scenes.length];
      const name = everything === false ? `${json.name}, its own` : json.name;
      holds &&=
        Math.max(live, exported, apart, lociLive, lociExported, lociApart) < bound && windows > 2 && lociWindows === windows;
      lines.push(
        `${name.padEnd(26)}${String(windows).padStart(7)}  ${String(longest).padStart(15)}  ${live.toExponential(1).padStart(14)}  ${exported.toExponential(1).padStart(15)}  ${apart.toExponential(1)}  ${lociLive.toExponential(1).padStart(13)}  ${lociExported.toExponential(1)}  ${lociApart.toExponential(1)}`,
      );
    }
    lines.push(`A longest window below ${ticks} ticks: the population died out before.`);
    return { lines, holds };
  },
};
