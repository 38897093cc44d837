/** Settings that all contests of fossils have. */
export interface ContestSettings {
  /** Name of the population; '' for the first. */
  population: string;
  /** Ticks of each contest. */
  ticks: number;
  replicates: number;
}

/** What contests came to, for the page. */
export interface ContestResult {
  /** Description of the figure, for screen readers. */
  readonly label: string;
  /** The figure for the page. @param width CSS pixels */
  draw(width: number): string;
  readonly sentences: readonly string[];
  /** The figure for a file. */
  figure(): string;
  csv(): string;
}
