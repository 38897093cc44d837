import type { NamedStream } from '../../math/streams.ts';
import { type ComponentHistory, type ComponentSteps, countBy, lastingBirths } from './component-steps.ts';

/**
 * The neutral shadow of components (Bedau, Snyder & Packard 1998, Artificial Life VI: 228): the births and deaths of a history with random parents. Components
 * are dealt at random over the bodies that live at the start; a newborn is of the component of a random organism of those that live on, and its descendant;
 * a component begins in as many random organisms as it did, at the same tick, and joins where it did; those that begin at one tick share no founder.
 * So how long components last, and how many organisms they have, is drift.
 *
 * Throws RangeError where a body is born when none lives.
 * @experimental
 */
export function neutralComponents(
  { ticks, birth, death, start, changes }: ComponentHistory,
  stream: NamedStream,
): ComponentSteps {
  const bodies = birth.length;
  const [from, to] = [ticks[0], ticks[ticks.length - 1]];
  /** The living, in any order, and the place of each body among them. */
  const order = new Int32Array(bodies);
  const place = new Int32Array(bodies).fill(-1);
  const component = new Int32Array(bodies);
  /** The body that lived at the last step and that this one descends from. */
  const ancestor = new Int32Array(bodies);
  const parentOf = new Int32Array(bodies).fill(-1);
  let count = 0;
  const add = (body: number, of: number, line: number) => {
    place[body] = count;
    order[count++] = body;
    [component[body], ancestor[body]] = [of, line];
  };

  let born = 0;
  for (; born < bodies && birth[born] <= from; born++) if (!(death[born] <= from)) add(born, 0, born);
  if (count !== start.length)
    throw new RangeError(`neutralComponents: ${count} bodies live at tick ${from}, but ${start.length} components are given`);
  for (let i = 0; i < count; i++) {
    const j = i + stream.integer(count - i);
    [order[i], order[j]] = [order[j], order[i]];
    [place[order[i]], place[order[j]]] = [i, j];
    component[order[i]] = start[i];
  }
  // A body that is born and dies at one tick never lives.
  const dying = Int32Array.from({ length: bodies }, (_, body) => body)
    .filter((body) => death[body] > from && death[body] <= to && death[body] > birth[body])
    .sort((a, b) => death[a] - death[b] || a - b);

  const living: Map<number, number>[] = [];
  const persistent: Map<number, number>[] = [];
  let components = new Int32Array(0);
  const step = () => {
    if (living.length > 0) {
      const lines = new Set<number>();
      for (let i = 0; i < count; i++) lines.add(ancestor[order[i]]);
      persistent.push(countBy([...lines].filter((line) => line >= 0).map((line) => components[line])));
    }
    components = component.slice();
    for (let i = 0; i < count; i++) ancestor[order[i]] = order[i];
    living.push(countBy(order.subarray(0, count).map((body) => component[body])));
  };
  step();

  let [died, changed, next] = [0, 0, 1];
  while (next < ticks.length) {
    const at = (index: number, size: number, tick: number) => (index < size ? tick : Number.POSITIVE_INFINITY);
    const tick = Math.min(
      ticks[next],
      at(died, dying.length, death[dying[died]]),
      at(born, bodies, birth[born]),
      at(changed, changes.length, changes[changed]?.tick),
    );
    let deaths = died;
    while (deaths < dying.length && death[dying[deaths]] === tick) deaths++;
    // If none survives the tick, newborns draw from those that lived in it.
    const extinct = deaths - died === count ? order.slice(0, count) : undefined;
    for (; died < deaths; died++) {
      const gap = place[dying[died]];
      order[gap] = order[--count];
      place[order[gap]] = gap;
    }
    const parents = extinct ?? order;
    const choices = extinct?.length ?? count;
    for (; born < bodies && birth[born] === tick; born++) {
      if (death[born] <= tick) continue;
      if (choices === 0) throw new RangeError(`neutralComponents: a body is born at tick ${tick}, when none lives`);
      const parent = parents[stream.integer(choices)];
      parentOf[born] = parent;
      add(born, component[parent], ancestor[parent]);
    }
    // Founders of this tick are first in the order, so that the next component draws from the others.
    let founded = 0;
    for (; changed < changes.length && changes[changed].tick === tick; changed++) {
      const change = changes[changed];
      if ('joins' in change) {
        for (let i = 0; i < count; i++) if (component[order[i]] === change.joins) component[order[i]] = change.into;
        continue;
      }
      const end = Math.min(founded + change.founders, count);
      for (; founded < end; founded++) {
        const j = founded + stream.integer(count - founded);
        [order[founded], order[j]] = [order[j], order[founded]];
        [place[order[founded]], place[order[j]]] = [founded, j];
        component[order[founded]] = change.begins;
      }
    }
    if (tick === ticks[next]) {
      step();
      next++;
    }
  }
  const lasting = lastingBirths({ ticks, birth }, parentOf, order.subarray(0, count));
  return { ticks, living, persistent, lasting };
}
