/** The imbalance of a tree, by some index. @experimental */
export interface Imbalance {
  readonly tips: number;
  readonly value: number;
  /** Its expectation for the same number of tips when every line branches at the same rate (Yule 1925). */
  readonly expected: number;
  /** `(value - expected) / tips`: about 0 for such trees of any size, positive for more lopsided ones. */
  readonly normalised: number;
}
