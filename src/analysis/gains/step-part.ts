// The parts into which the displacement of a mean genome is split, and their names.

/**
 * A part of the displacement of a mean genome. Parts of the account `causes` sum to the change; those of `clades`, of `levels` and of `channels` each
 * sum to selection; `line` is the account of a line of descent, and parts of `own line` sum to its part of that name. `expressed` is what is added to the change of
 * genomes where marks pass on what was learned.
 * @experimental
 */
export interface StepPart {
  readonly account: 'change' | 'causes' | 'clades' | 'levels' | 'channels' | 'line' | 'own line' | 'expressed';
  readonly part: string;
  /** A number a locus; locus units. */
  readonly step: Float64Array;
}

/** Copies that come from organisms that are not of the subject. */
export const fromOutside = 'outside';

/** What changed along a line of descent itself: what all mechanisms wrote, and in diploids which of two haplotypes was passed on. */
export const ownLine = 'own line';

/** What organisms have acquired beyond their genes, and marks pass on in part. */
export const learning = 'learning';

/** Which of the haplotypes of diploid ancestors were passed on along a line. */
export const segregation = 'segregation';

/** Copies that channels added outside the subject: what they did to it is taken back. */
export const toOthers = 'to others';

/** Parts of selection by level, where there are two species or more: sorting of species, of clades of one species, and selection within these. */
export const selectionLevels = ['between species', 'clades of a species', 'within clades of a species'] as const;

/** What was written into copies by none of the writers: edits by hand. */
export const otherWrites = 'other';
