import type { Population } from '../../population/population.ts';
import { rowsById } from '../../population/rows-by-id.ts';
import type { Observer, Simulation } from '../../simulation/types.ts';
import type { WaitingTime } from './first-offspring.ts';

/**
 * What happened in an interval to the descendants of each organism that lived when it opened, along first parents: a subclade each. Columns
 * have a number a subclade, in the order of `ids`. What came from outside, and its descendants, belongs to none.
 * @experimental
 */
export interface SubcladeAccount {
  /** Ticks at which the interval opened and closed. */
  readonly from: number;
  readonly to: number;
  /** Ids of the organisms at the opening, ascending. */
  readonly ids: Float64Array;
  /** By how much the mean generation of the living rose. */
  readonly generations: number;
  /** Ticks lived by organisms: the living at the start of each tick, summed. */
  readonly exposure: Float64Array;
  /** Offspring, by their first parent. */
  readonly births: Float64Array;
  /** Share of the offspring of all that had a second parent; NaN without offspring. */
  readonly mated: number;
  readonly causes: readonly string[];
  /** Deaths, by cause in the order of `causes`. */
  readonly deaths: readonly Float64Array[];
  /** Energy taken in, by organisms that survived the tick; undefined where organisms do not live on energy. */
  readonly food: Float64Array | undefined;
  /** Living at the close. */
  readonly after: Float64Array;
  /** Of each organism at the close, in the order of ids, the place of its subclade; -1 for none. */
  readonly members: Int32Array;
  /** How long organisms waited for their first offspring: all that had none when they came under observation. */
  readonly waiting: readonly WaitingTime[];
}

interface Life {
  readonly subclade: number;
  readonly birthTick: number;
  /** Age at which it came under observation. */
  readonly enter: number;
  childless: boolean;
}

/** Watches the subclades of a population from now on. It changes no state. Keeps an entry for each of the living, and of the dead in the bank. @experimental */
export class SubcladeWatch implements Observer {
  private readonly from: number;
  private readonly ids: Float64Array;
  private readonly generation: number;
  private readonly lives = new Map<number, Life>();
  /** Subclades of the dead that may be revived. */
  private readonly banked = new Map<number, number>();
  private readonly exposure: Float64Array;
  private readonly births: Float64Array;
  private mated = 0;
  private readonly deaths: readonly Float64Array[];
  private readonly food: Float64Array | undefined;
  private readonly living: Float64Array;
  private readonly waiting: WaitingTime[] = [];

  constructor(
    { tick }: Simulation,
    private readonly population: Population,
  ) {
    const { table, deathCauses } = population;
    const rows = rowsById(population);
    const [id, birthTick, offspring] = [table.f64('id'), table.i32('birthTick'), table.u32('offspring')];
    this.from = tick;
    this.ids = Float64Array.from(rows, (row) => id[row]);
    this.generation = meanGeneration(population);
    const column = () => new Float64Array(rows.length);
    this.exposure = column();
    this.births = column();
    this.deaths = deathCauses.map(column);
    this.food = population.has('energy') ? column() : undefined;
    this.living = column().fill(1);
    for (const [subclade, row] of rows.entries()) {
      const life = { subclade, birthTick: birthTick[row], enter: tick - birthTick[row], childless: offspring[row] === 0 };
      this.lives.set(id[row], life);
    }
  }

  afterTick(simulation: Simulation): void {
    const { exposure, living } = this;
    for (let k = 0; k < living.length; k++) exposure[k] += living[k];
    this.count(simulation);
    this.weighFood();
  }

  /** Organisms that are put into the world by hand belong to no subclade; those that are removed die. */
  afterAct(simulation: Simulation): void {
    this.count(simulation);
  }

  /** What happened until now. */
  close({ tick }: Simulation): SubcladeAccount {
    const { from, ids, exposure, births, deaths, food, living, lives, population, waiting } = this;
    const id = population.table.f64('id');
    const unborn = [...lives.values()].filter(({ childless }) => childless);
    return {
      ...{ from, to: tick, ids, exposure, births, deaths, food },
      generations: meanGeneration(population) - this.generation,
      mated: this.mated / births.reduce((sum, one) => sum + one, 0),
      causes: population.deathCauses,
      after: living.slice(),
      members: Int32Array.from(rowsById(population), (row) => lives.get(id[row])?.subclade ?? -1),
      waiting: [...waiting, ...unborn.map((life) => this.waitOf(life, tick, false))],
    };
  }

  private count(simulation: Simulation): void {
    const { population, lives, living, births, deaths, waiting } = this;
    const { tick } = simulation;
    const born = simulation.births(population);
    for (let k = 0; k < born.count; k++) {
      const parent = lives.get(born.parent[k]);
      const subclade = parent?.subclade ?? this.banked.get(born.parent[k]);
      if (subclade === undefined) continue;
      if (parent?.childless) waiting.push(this.waitOf(parent, tick, true));
      if (parent) parent.childless = false;
      births[subclade]++;
      if (born.mate[k] >= 0) this.mated++;
      living[subclade]++;
      lives.set(born.id[k], { subclade, birthTick: tick, enter: 0, childless: true });
    }
    for (const id of this.banked.keys()) if (!population.bank?.holds(id)) this.banked.delete(id);
    const died = simulation.deaths(population);
    for (let k = 0; k < died.count; k++) {
      const life = lives.get(died.id[k]);
      if (!life) continue;
      if (life.childless) waiting.push(this.waitOf(life, tick, false));
      deaths[died.cause[k]][life.subclade]++;
      living[life.subclade]--;
      lives.delete(died.id[k]);
      if (population.bank?.holds(died.id[k])) this.banked.set(died.id[k], life.subclade);
    }
  }

  private weighFood(): void {
    const { food, lives, population } = this;
    if (!food || !population.has('energy')) return;
    const { table } = population;
    const [id, intake] = [table.f64('id'), table.f32('intake')];
    for (let row = 0; row < table.count; row++) {
      const life = intake[row] !== 0 ? lives.get(id[row]) : undefined;
      if (life) food[life.subclade] += intake[row];
    }
  }

  private waitOf({ subclade, birthTick, enter }: Life, tick: number, ended: boolean): WaitingTime {
    return { subclade, enter, leave: tick - birthTick, ended };
  }
}

function meanGeneration({ table, count }: Population): number {
  const generation = table.u32('generation');
  let sum = 0;
  for (let row = 0; row < count; row++) sum += generation[row];
  return sum / count;
}
