import type { ComponentChange, ComponentHistory, ComponentSteps } from '../../src/analysis/activity/component-steps.ts';
import { countBy, lastingBirths } from '../../src/analysis/activity/component-steps.ts';
import type { NamedStream } from '../../src/math/streams.ts';

export interface MoranPlan {
  readonly size: number;
  readonly ticks: readonly number[];
  readonly components: number;
  /** Chance at a tick that components begin, each with a single founder. */
  readonly begins: number;
  /** How many begin then; 1 by default. */
  readonly together?: number;
  /** Weight of organism of a component as a parent; 1 by default. */
  readonly weight?: (component: number) => number;
  /** Loci of an organism, each of which a birth changes with a chance; none by default. Organisms with a change at one of the first `vital` have no offspring. */
  readonly mutation?: { readonly loci: number; readonly chance: number; readonly vital: number };
}

/** One dies and one is born at each tick (Moran 1958); at some ticks random organisms are of new components. Counted tick by tick. */
export function moranComponents(
  stream: NamedStream,
  plan: MoranPlan,
): { real: ComponentSteps; history: ComponentHistory; changed: Float64Array } {
  const { size, ticks, components, begins, together = 1, weight = () => 1, mutation = { loci: 0, chance: 0, vital: 0 } } = plan;
  const [from, to] = [ticks[0], ticks[ticks.length - 1]];
  const bodies = Array.from({ length: size }, (_, i) => i);
  const of = bodies.map((i) => i % components);
  const start = [...of];
  const parent: number[] = bodies.map(() => -1);
  const birth = bodies.map(() => from);
  const death: number[] = bodies.map(() => Number.NaN);
  const changed = bodies.map(() => Number.NaN);
  const isSterile = bodies.map(() => false);
  const changes: ComponentChange[] = [];
  const living: Map<number, number>[] = [];
  const persistent: Map<number, number>[] = [];
  let [before, named, next] = [new Map<number, number>(), components, 0];
  for (let tick = from; tick <= to; tick++) {
    if (tick > from) {
      const place = stream.integer(size);
      death[bodies[place]] = tick;
      const choices = bodies.filter((_, i) => i !== place);
      const weights = choices.map((body) => (isSterile[body] ? 0 : weight(of[body])));
      let left = stream.uniform() * weights.reduce((sum, one) => sum + one, 0);
      let k = 0;
      while (k < choices.length - 1 && left >= weights[k]) left -= weights[k++];
      parent.push(choices[k]);
      of.push(of[choices[k]]);
      birth.push(tick);
      death.push(Number.NaN);
      bodies[place] = parent.length - 1;
      const hit = Array.from({ length: mutation.loci }, () => stream.uniform() < mutation.chance);
      changed.push(hit.filter(Boolean).length);
      isSterile.push(hit.slice(0, mutation.vital).some(Boolean));
      if (stream.uniform() < begins) {
        const order = [...bodies];
        for (let i = 0; i < together; i++) {
          const j = i + stream.integer(size - i);
          [order[i], order[j]] = [order[j], order[i]];
          of[order[i]] = named;
          changes.push({ tick, begins: named++, founders: 1 });
        }
      }
    }
    if (tick !== ticks[next]) continue;
    if (next > 0) {
      const lines = new Set<number>();
      for (let body of bodies) {
        while (!before.has(body)) body = parent[body];
        lines.add(body);
      }
      persistent.push(countBy([...lines].map((body) => before.get(body) as number)));
    }
    living.push(countBy(bodies.map((body) => of[body])));
    before = new Map(bodies.map((body) => [body, of[body]]));
    next++;
  }
  const lasting = lastingBirths({ ticks, birth }, Int32Array.from(parent), bodies);
  return {
    real: { ticks, living, persistent, lasting },
    history: { ticks, birth, death, start, changes },
    changed: Float64Array.from(changed),
  };
}
