import { deathCauses } from '../population/death-causes.ts';
import type { Run } from './live-run.ts';

/** Events of which a person may want to be notified. */
export const notableEventKinds = ['split', 'loss', 'predator', 'sweep', 'few'] as const;
export type NotableEventKind = (typeof notableEventKinds)[number];

/** The name and meaning of each. */
export const momentTexts: Readonly<Record<NotableEventKind, { readonly title: string; readonly meaning: string }>> = {
  split: { title: 'Species split', meaning: 'Part of it can no longer mate with the rest.' },
  loss: { title: 'Species extinction', meaning: 'Its last member has died.' },
  predator: { title: 'First predator', meaning: 'For the first time an organism has died of a bite.' },
  sweep: { title: 'Sweep', meaning: 'All the living of a population descend from one founder.' },
  few: { title: 'Decline', meaning: 'A population has fallen under a tenth of what it once was.' },
};

/** An event. */
export interface NotableEvent {
  readonly kind: NotableEventKind;
  readonly tick: number;
  readonly text: string;
}

/** Ticks between checks of common descent. */
const sweepEvery = 50;
/** A population that was never larger than this cannot fall. */
const leastHighest = 50;

/** Checks after every tick for events worth keeping. It reads only. */
export class EventWatch {
  private events: number;
  private readonly highest: number[];
  private readonly fewReported: boolean[];
  private readonly swept: boolean[];
  private bitten = false;

  /** Conditions that hold at the start are not reported. */
  constructor(private readonly run: Run) {
    this.events = run.recorded.speciesEvents;
    const { populations } = run.world;
    this.highest = populations.map(({ count }) => count);
    this.fewReported = populations.map(() => false);
    this.swept = populations.map((_, p) => this.isSwept(p));
    this.bitten = run.world.tick > 0;
  }

  /** The events of the last tick. */
  look(): NotableEvent[] {
    const { world, record } = this.run;
    const { tick } = world;
    const found: NotableEvent[] = [];
    const add = (kind: NotableEventKind, text: string) => void found.push({ kind, tick, text });
    const { events } = record.species;
    for (; this.events < events.length; this.events++) {
      const { kind, species, other } = events[this.events];
      if (kind === 'split') add('split', `species ${species} splits off species ${other}`);
      if (kind === 'extinction') add('loss', `species ${species} dies out`);
    }
    for (const [p, population] of world.populations.entries()) {
      const { count, name, parameters } = population;
      const title = parameters.title || name;
      this.highest[p] = Math.max(this.highest[p], count);
      const isFew = count > 0 && count < this.highest[p] / 10 && this.highest[p] > leastHighest;
      if (isFew && !this.fewReported[p]) add('few', `${count} of ${title} are left (highest: ${this.highest[p]})`);
      // Reported again only after numbers have recovered.
      if (isFew || count > this.highest[p] / 4) this.fewReported[p] = isFew;
      if (!this.bitten) {
        const deaths = world.deaths(population);
        for (let k = 0; k < deaths.count; k++) this.bitten ||= deathCauses[deaths.cause[k]] === 'predation';
        if (this.bitten) add('predator', `the first of ${title} dies of a bite`);
      }
      if (tick % sweepEvery === 0 && !this.swept[p] && this.isSwept(p)) {
        this.swept[p] = true;
        add('sweep', `all ${title} descend from one founder`);
      }
    }
    return found;
  }

  private isSwept(p: number): boolean {
    const { table, count } = this.run.world.populations[p];
    const founder = table.f64('founder');
    for (let row = 1; row < count; row++) if (founder[row] !== founder[0]) return false;
    return count > 1;
  }
}
