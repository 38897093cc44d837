import type { NamedStream } from '../math/streams.ts';
import type { Population } from '../population/population.ts';
import type { Observer, Simulation } from '../simulation/types.ts';

/**
 * The neutral shadow of a run: its births and deaths with random parents. Labels are dealt at random over the living
 * bodies when the window opens; a newborn copies the label of a uniformly drawn living organism; a label dies with its
 * body. So both fertility and viability selection are removed and only drift remains: the share of a label is a
 * martingale. Observe the simulation with it; the world does not depend on it.
 * @public
 */
export class NeutralShadow implements Observer {
  /** Ids of the living and their labels, in the shadow's own order. */
  private readonly ids: number[] = [];
  private readonly labels: number[] = [];
  private readonly places = new Map<number, number>();
  private ones = 0;
  private readonly population: Population;
  private readonly stream: NamedStream;

  /**
   * @param shareOfOnes share of the living that get label 1, 0 to 1, rounded to whole organisms; or a label for each, in the order of
   *   rows, dealt at random over the bodies
   * @param stream the shadow's own random numbers
   */
  constructor(simulation: Simulation, population: Population, shareOfOnes: number | ArrayLike<number>, stream: NamedStream) {
    if (!simulation.populations.includes(population)) {
      throw new RangeError(
        `population '${population.name}' does not belong to this simulation; give one of simulation.populations`,
      );
    }
    this.population = population;
    this.stream = stream;
    const id = population.table.f64('id');
    const order = Array.from({ length: population.count }, (_, row) => id[row]);
    for (let i = order.length - 1; i > 0; i--) {
      const j = stream.integer(i + 1);
      [order[i], order[j]] = [order[j], order[i]];
    }
    const marked = typeof shareOfOnes === 'number' ? Math.round(shareOfOnes * order.length) : 0;
    for (const [i, organism] of order.entries()) {
      this.add(organism, typeof shareOfOnes === 'number' ? (i < marked ? 1 : 0) : shareOfOnes[i]);
    }
  }

  afterTick(simulation: Simulation): void {
    const deaths = simulation.deaths(this.population);
    const births = simulation.births(this.population);
    // If none survives the tick, newborns draw from the organisms that lived in it.
    const before = births.count > 0 && deaths.count >= this.ids.length ? [...this.labels] : undefined;
    for (let k = 0; k < deaths.count; k++) this.remove(deaths.id[k]);
    const living = before ?? this.labels;
    const count = living.length;
    for (let k = 0; k < births.count; k++) this.add(births.id[k], living[this.stream.integer(count)]);
  }

  /** An organism added by hand gets a random label too. */
  afterAct(simulation: Simulation): void {
    this.afterTick(simulation);
  }

  /** Number of living organisms with each label, for labels from 0 to `count - 1`. */
  bearers(count: number): Float64Array {
    const found = new Float64Array(count);
    for (const label of this.labels) found[label]++;
    return found;
  }

  /** Share of label 1 among the living, NaN after extinction. */
  share(): number {
    return this.ones / this.ids.length;
  }

  private add(id: number, label: number): void {
    this.places.set(id, this.ids.length);
    this.ids.push(id);
    this.labels.push(label);
    this.ones += label;
  }

  private remove(id: number): void {
    const place = this.places.get(id);
    if (place === undefined) return;
    const last = this.ids.length - 1;
    this.ones -= this.labels[place];
    this.ids[place] = this.ids[last];
    this.labels[place] = this.labels[last];
    this.places.set(this.ids[place], place);
    this.places.delete(id);
    this.ids.pop();
    this.labels.pop();
  }
}
