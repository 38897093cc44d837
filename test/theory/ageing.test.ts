import { describe, expect, it } from 'vitest';
import { deathCauses } from '../../src/population/death-causes.ts';
import { makeWorld, smallWorld } from '../unit/engine/worlds.ts';

const span = 200;
const founders = 12_000;

/** Nobody eats, pays, breeds or is bitten: age and accidents alone kill. */
const hermits = (accident: number) =>
  smallWorld({
    habitat: { width: 256, height: 256 },
    foragers: {
      founders,
      senses: ['energy'],
      policy: { hidden: 1 },
      energy: { founder: 1, storage: 100, living: 0, moving: 0, swiftness: 0, feeding: 0 },
      diet: { appetite: 0 },
      life: { maturity: 100_000, span, accident },
    },
  });

/** At risk and dead of age and of accident, by age in ticks. */
function lifeTable(accident: number) {
  const simulation = makeWorld(hermits(accident), 'ageing');
  const [population] = simulation.populations;
  const table = Array.from({ length: 4 * span }, () => ({ atRisk: 0, age: 0, accident: 0 }));
  for (let tick = 0; simulation.status === 'running'; tick++) {
    const born = population.table.i32('birthTick').subarray(0, population.count);
    for (const birth of born) table[tick - birth].atRisk++;
    simulation.step();
    const deaths = simulation.deaths(population);
    for (let k = 0; k < deaths.count; k++) {
      const cause = deathCauses[deaths.cause[k]];
      if (cause !== 'age' && cause !== 'accident') throw new Error(`somebody died of ${cause}`);
      table[tick - deaths.birthTick[k]][cause]++;
    }
  }
  simulation.dispose();
  return table;
}

describe('ageing: a Weibull law of shape 4 (Weibull 1951, J. Appl. Mech. 18: 293)', () => {
  const table = lifeTable(0);
  const hazard = (age: number) => Math.min(1, (4 / span) * (age / span) ** 3);

  it('the risk of death in a tick is 4/span (age/span)^3 at every age', () => {
    for (let from = 0; from < 2 * span; from += span / 10) {
      const bin = table.slice(from, from + span / 10);
      const died = bin.reduce((sum, { age }) => sum + age, 0);
      // A sum of Bernoulli trials given who is at risk: a martingale with this mean and variance.
      const expected = bin.reduce((sum, { atRisk }, i) => sum + atRisk * hazard(from + i), 0);
      const variance = bin.reduce((sum, { atRisk }, i) => sum + atRisk * hazard(from + i) * (1 - hazard(from + i)), 0);
      if (variance < 5) continue;
      expect(Math.abs(died - expected), `ages from ${from}`).toBeLessThan(4 * Math.sqrt(variance));
    }
    expect(table.reduce((sum, { age }) => sum + age, 0)).toBe(founders);
  });

  it('the survival curve is exp(-(age/span)^4)', () => {
    // Kaplan and Meier (1958): founders enter at the ages they have. Variance by Greenwood's formula.
    let [survival, greenwood] = [1, 0];
    let looked = 0;
    for (const [age, { atRisk, age: died }] of table.entries()) {
      if (age > 1.6 * span) break;
      if (atRisk > 0) {
        survival *= 1 - died / atRisk;
        if (died < atRisk) greenwood += died / (atRisk * (atRisk - died));
      }
      if (age < span / 2 || age % 10 !== 9) continue;
      // Survival to the end of this tick. A sum of hazards at whole ages stands for their integral up to half a tick further back.
      const law = Math.exp(-(((age + 0.5) / span) ** 4));
      const discretisation = 2 * law * (age / span) ** 6 * (8 / span) + 1e-4;
      expect(Math.abs(survival - law), `age ${age}`).toBeLessThan(4 * law * Math.sqrt(greenwood) + discretisation);
      looked++;
    }
    expect(looked).toBeGreaterThan(15);
  });

  it('the mean life of those who start at 0 is 0.906 span: the gamma function of 5/4', () => {
    let [survival, life] = [1, 0];
    for (let age = 0; age < 2 * span; age++) {
      life += survival;
      survival *= 1 - hazard(age);
    }
    // The sum over whole ticks is half a tick longer than the integral.
    expect(life - 0.5).toBeCloseTo(0.9064024771 * span, 0);
  });

  it('accidents strike at every age alike', () => {
    const accident = 0.01;
    const withAccidents = lifeTable(accident);
    for (const [from, to] of [
      [0, 40],
      [40, 80],
      [80, 200],
    ]) {
      const bin = withAccidents.slice(from, to);
      const atRisk = bin.reduce((sum, row) => sum + row.atRisk, 0);
      const died = bin.reduce((sum, row) => sum + row.accident, 0);
      expect(Math.abs(died - accident * atRisk), `ages ${from} to ${to}`).toBeLessThan(4 * Math.sqrt(atRisk * accident));
    }
  });
});
