import { CladeTracker } from '../../../analysis/assay/clade-tracker.ts';
import { ChanceWatch } from '../../../analysis/rivals/chance-displacement.ts';
import type { Rival } from '../../../analysis/rivals/choose-rivals.ts';
import { type SubcladeAccount, SubcladeWatch } from '../../../analysis/rivals/subclade-watch.ts';
import type { Population } from '../../../population/population.ts';
import { LifeRecord } from '../../../record/life-record.ts';
import type { Io } from '../../io.ts';
import { UserError } from '../../user-error.ts';
import type { GivenWorld } from '../open-assayed-world.ts';
import { type Opening, openingOf } from './opening.ts';
import type { Asked } from './question.ts';

/** An interval that has been stepped over: what lived at its opening, and what became of it. */
export interface WatchedInterval {
  readonly kind: Rival['kind'];
  readonly opening: Opening;
  readonly account: SubcladeAccount;
  /** What chance alone would do, for rivals that are chosen later. */
  readonly chances: ChanceWatch;
}

/** Steps a world to the opening of the interval and over it. @throws {UserError} if too few live at the opening */
export function watchInterval(
  io: Io,
  simulation: GivenWorld['simulation'],
  population: Population,
  { from, to, age, seed }: Asked,
  kind: Rival['kind'],
): WatchedInterval {
  const record = kind === 'species' ? new LifeRecord(simulation) : undefined;
  if (record) simulation.observe(record);
  simulation.step(from - age - simulation.tick);
  const tracker = new CladeTracker(simulation, population);
  const forget = simulation.observe(tracker);
  simulation.step(from - simulation.tick);
  forget();
  if (population.count < 2)
    throw new UserError(`${population.count} of ${population.name} live at tick ${simulation.tick}; choose another tick or seed`);
  const species = record && ((id: number) => record.individuals.speciesOf(record.individuals.rowOf(id)));
  const opening = openingOf(simulation.snapshot(), population, species ?? tracker);
  const watch = new SubcladeWatch(simulation, population);
  simulation.observe(watch);
  const chances = new ChanceWatch(simulation, population, seed);
  io.err(`why: ${population.name} from tick ${from} to ${to}, ${population.count} living, seed ${seed}\n`);
  simulation.step(to - simulation.tick);
  return { kind, opening, account: watch.close(simulation), chances };
}
