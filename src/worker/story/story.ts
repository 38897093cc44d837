import type { LivingRelative } from '../../record/living-relatives.ts';
import type { SpeciesBody } from '../species-bodies.ts';

/** Ways in which a trait changes along a line: by genes received within life, by which copies came from the parents, and by what was written at birth. */
export const storyCauses = ['transfer', 'parents', 'birth'] as const;
export type StoryCause = (typeof storyCauses)[number];

/** How much of a change of a trait each cause made, in units of the trait; causes that made none are missing. */
export type StoryParts = Readonly<Partial<Record<StoryCause, number>>>;

/** The change of a trait from one organism of a story to the next. */
export interface StoryChange {
  /** Place in the traits of the story. */
  readonly trait: number;
  readonly from: number;
  readonly to: number;
  readonly parts: StoryParts;
}

/** How far a part of the policy moved from one organism of a story to the next. */
export interface PolicyChange {
  /** Name of its weights: to hidden units, or to one action. */
  readonly segment: string;
  /** Weights of it that differ among the living. */
  readonly weights: number;
  /** Root mean square over these weights, each in standard deviations of the living. */
  readonly size: number;
  /** The same for what each cause made alone; causes that made nothing are missing. They do not add up, as sizes have no sign. */
  readonly parts: StoryParts;
}

/** What led from the organism before to this one. */
export interface StoryWay {
  readonly births: number;
  /** Whether the record has joined ancestors between. */
  readonly joined: boolean;
  /** Births among them after the parent's death. */
  readonly revived: number;
  /** Traits that changed: the largest change, in standard deviations of the living, first. */
  readonly changes: readonly StoryChange[];
  /** Parts of the policy that changed, the largest first; none where organisms have no policy. */
  readonly policy: readonly PolicyChange[];
  /** Ids of second parents and of donors of genes. */
  readonly seconds: readonly number[];
  readonly donors: readonly number[];
  /** Titles of the mechanisms that were on meanwhile: those that may have written at birth, and those that transfer genes. */
  readonly writers: readonly string[];
  readonly transfers: readonly string[];
  /** False if a second parent's genome is not kept: what was written at birth in the loci that came from it counts as from the parents. */
  readonly exact: boolean;
}

/** An organism in a story. */
export interface StoryStep {
  readonly id: number;
  readonly birthTick: number;
  /** Ticks from the death of its first parent to its birth: 0 unless it was revived. */
  readonly sinceDeath: number;
  /** Age at death or now, ticks. */
  readonly age: number;
  /** How it died; undefined if it lives. */
  readonly cause: string | undefined;
  readonly generation: number;
  readonly species: number;
  readonly offspring: number;
  /** As born; of the organism that the story is about as it is now. */
  readonly traits: Float64Array;
  /** Its body, where organisms have one; relative size. */
  readonly body: SpeciesBody | undefined;
  readonly size: number;
  /** Undefined for the first, unless that is the organism itself and has received genes since its birth. */
  readonly way: StoryWay | undefined;
}

/** A living relative, and how many births away it is along first parents alone; NaN if they share none of these. */
export interface StoryRelative extends LivingRelative {
  readonly alongFirst: number;
}

/** The kept organisms of a line, the earliest first: ids, ticks of birth, and ticks at which the lines that they represent began. */
export interface StoryLine {
  readonly id: Float64Array;
  readonly birthTick: Float64Array;
  readonly lineTick: Float64Array;
}

/** How an organism came to be as it is. */
export interface Story {
  readonly tick: number;
  readonly population: string;
  readonly traits: readonly { readonly id: string; readonly title: string; readonly unit: string }[];
  /** The earliest ancestor first, the organism itself last. */
  readonly steps: readonly StoryStep[];
  readonly line: StoryLine;
  /** Organisms of the line in the record, and births along it. */
  readonly kept: number;
  readonly births: number;
  /** What the earliest ancestor is: a founder, introduced later, or only the first that the record has. */
  readonly beginning: 'founder' | 'introduced' | 'record';
  /** Before this tick the record has joined ancestors; -1 if it has joined none. */
  readonly joinedBefore: number;
  readonly ploidy: 1 | 2;
  /** Values of a whole genome. */
  readonly loci: number;
  /** Titles of the mechanisms that were on along the line and choose what gametes get. */
  readonly gametes: readonly string[];
  /** Whether learning was passed on by marks, of which the record keeps nothing. */
  readonly marks: boolean;
  /** Changes of each trait by mechanism since the founders, over all ancestors, by their shares; none of a dead organism. */
  readonly totals: readonly {
    readonly trait: number;
    readonly parts: readonly { readonly title: string; readonly amount: number }[];
  }[];
  readonly relatives: {
    /** The nearest ones. */
    readonly nearest: readonly StoryRelative[];
    /** Living organisms with a known common ancestor; those of them as near as the nearest; those of its species. */
    readonly known: number;
    readonly closest: number;
    readonly sameSpecies: number;
    readonly living: number;
  };
}
