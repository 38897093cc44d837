/** Where the state of a run that is served comes from. */
export type StateSource = 'checkpoint' | 'branch' | 'provenance';

/** What `upslope serve` says first of the run that it serves. */
export interface ServedIndex {
  /** The folder as it was given. */
  readonly name: string;
  /** `provenance`: no state is kept, and the run has to be made again. */
  readonly from: StateSource;
}

/** Status of the answer where there is a run that cannot be opened: its text is one line that says why. */
export const unopenable = 409;
