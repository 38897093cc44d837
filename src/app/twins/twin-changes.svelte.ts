import type { SharedChange, SharedTwin } from '../../scene/share.ts';
import type { SimulationWorker } from '../../worker/connect.ts';
import type { Control, Log } from '../../worker/topics/parameters.ts';
import { idsOfTwin } from './ids-of-twin.ts';
import { type Parting, type Side, signOf, type Target, type TwinChange, wordsOf } from './twin-change.ts';

/** Where parameters are read and changed. */
export interface ParameterDesk {
  set(path: string, value: unknown): Promise<void>;
  controls(): Promise<readonly Control[]>;
  log(): Promise<Log>;
}

type Topics = Pick<SimulationWorker, 'twins' | 'parameters' | 'run'>;

/** What changes need of the twins that get them. */
export interface ChangedTwins {
  readonly world: { readonly worker: Topics; refresh(): Promise<void> };
  readonly worker: Topics;
  /** Whether the twin is there no longer. */
  readonly ended: boolean;
  /** Resolves when the twin is there no longer. */
  readonly gone: Promise<undefined>;
  /** Id in the twin of an organism of the world; undefined if it does not live there. */
  twinOf(population: string, id: number): Promise<number | undefined>;
  /** The changes are others now. */
  changed(): void;
}

/** Changes that a person makes in a world, in its twin or in both. */
export class TwinChanges implements ParameterDesk {
  /** Where the next change goes. */
  target = $state<Target>('there');
  parting = $state.raw<Parting>();
  /** Changes since the parting, or since the twin was opened as long as the two are alike. */
  made = $state.raw<readonly TwinChange[]>([]);
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly twins: ChangedTwins) {}

  choose(target: Target): void {
    if (this.target === target) return;
    this.target = target;
    void this.twins.world.refresh();
  }

  /** Makes a change where changes go, at one tick of both worlds. */
  set(path: string, value: unknown): Promise<void> {
    const done = this.turn.then(() => this.change(path, value));
    this.turn = done.catch(() => {});
    return done;
  }

  async controls(): Promise<readonly Control[]> {
    return this.desk.controls();
  }

  async log(): Promise<Log> {
    return this.desk.log();
  }

  private get desk(): Topics['parameters'] {
    const { world, worker } = this.twins;
    return this.target === 'there' ? worker.parameters : world.worker.parameters;
  }

  private async change(path: string, value: unknown): Promise<void> {
    const { target, twins } = this;
    const main = twins.world.worker;
    const at = await main.twins.halt();
    try {
      await Promise.race([twins.worker.twins.reached(at), twins.gone]);
      if (twins.ended) throw new Error('The twin is closed. Make the change again.');
      const before = this.parting
        ? undefined
        : { snapshot: await main.run.snapshot(), changes: (await main.parameters.log()).changes.length };
      const note = (side: Target) => {
        const change = { path, value, at, target: side };
        if (side !== 'both' && before) {
          this.parting = { tick: at, ...before };
          // The state of the parting has what both got before: replicates do not repeat it.
          this.made = [change];
        } else this.made = [...this.made, change];
        twins.changed();
      };
      if (target !== 'there') await main.parameters.set(path, value);
      if (target === 'here') note('here');
      else {
        try {
          await twins.worker.parameters.set(path, await idsOfTwin(twins, path, value));
          note(target);
        } catch (error) {
          // The world has it already: from here on they differ.
          if (target === 'both') note('here');
          throw error;
        }
      }
    } finally {
      await main.twins.resume();
    }
  }

  /** Continues with what a link says of the two. */
  takeUp(parting: Parting, here: readonly SharedChange[], there: readonly SharedChange[]): void {
    const isSame = (one: SharedChange, other: SharedChange) =>
      one.at === other.at && one.path === other.path && JSON.stringify(one.value) === JSON.stringify(other.value);
    const own = here.map((one): TwinChange => ({ ...one, target: there.some((other) => isSame(one, other)) ? 'both' : 'here' }));
    const others = there
      .filter((one) => !here.some((other) => isSame(one, other)))
      .map((one): TwinChange => ({ ...one, target: 'there' }));
    this.made = [...own, ...others].sort((a, b) => a.at - b.at);
    this.parting = parting;
    this.twins.changed();
  }

  /** What a link has to say of the twin. Before they part, the twin has all changes of its world. */
  async share(): Promise<SharedTwin> {
    await this.turn;
    const { parting, twins } = this;
    if (!parting) {
      const { tick, changes } = await twins.world.worker.run.address();
      return { parting: tick, shared: changes.length, changes: [] };
    }
    const { changes } = await twins.worker.parameters.log();
    return { parting: parting.tick, shared: parting.changes, changes: changes.slice(parting.changes) };
  }

  get sign(): 1 | -1 {
    return signOf(this.made);
  }

  /** What each side differs in, in a few words. */
  get difference(): Readonly<Record<Side, string>> {
    const shown = (side: Side) => {
      const texts = wordsOf(this.made, side);
      return texts.length > 2 ? `${texts.slice(-2).join(', ')} and more` : texts.join(', ');
    };
    return { here: shown('here'), there: shown('there') };
  }
}
