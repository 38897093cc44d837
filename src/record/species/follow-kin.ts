import type { Descent } from '../types.ts';

/** Component of organisms outside all components that count. */
export const none = -1;

/** Sampled descendants by component: `counts[c + 1]`, so that the first number counts those in none. */
export interface KinProfile {
  readonly counts: Int32Array;
  /** Component of most of them, of equal ones the lowest. */
  readonly most: number;
}

/**
 * Finds the sampled relatives of any organism by descent along first parents. The nearest relatives of an organism are the sampled
 * descendants of its nearest ancestor (including itself) that has any. The search ends where the species changes: beyond
 * that are the relatives of another species. Each row is visited once, whatever the number of organisms asked for.
 */
export class Kin {
  /** Rows on lines of descent of the sampled: 1 + their profile. Rows in between: the same, or -1 where the search ended. */
  private marks = new Int32Array(1024);
  private readonly profiles: KinProfile[] = [];

  /**
   * @param rows rows of the record of the sampled organisms
   * @param components of each of them, or `none`
   * @param found number of components
   */
  constructor(
    private readonly descent: Descent,
    rows: ArrayLike<number>,
    components: ArrayLike<number>,
    found: number,
  ) {
    // One path a sampled organism, up to where it meets an earlier one.
    const paths: Int32Array[] = [];
    const meets: number[] = [];
    for (let i = 0; i < rows.length; i++) {
      const path: number[] = [];
      let row = rows[i];
      while (row >= 0 && this.mark(row) === 0) {
        this.setMark(row, 1);
        path.push(row);
        row = descent.firstParentOf(row);
      }
      paths.push(Int32Array.from(path));
      meets.push(row);
    }
    // Backwards, so that what later paths bring to a row is there when the path through it is walked.
    const brought = new Map<number, Int32Array>();
    for (let i = paths.length - 1; i >= 0; i--) {
      let counts = new Int32Array(found + 1);
      let profile = 0;
      const add = (more: Int32Array) => {
        counts = counts.map((count, c) => count + more[c]);
        this.profiles.push({ counts, most: mostOf(counts) });
        profile = this.profiles.length;
      };
      const own = new Int32Array(found + 1);
      own[components[i] + 1] = 1;
      // If an organism is on the path of one of its descendants, only the count goes up.
      if (paths[i].length === 0) bring(brought, meets[i], own);
      else {
        add(own);
        for (const row of paths[i]) {
          const more = brought.get(row);
          if (more) add(more);
          this.marks[row] = profile;
        }
        if (meets[i] >= 0) bring(brought, meets[i], counts);
      }
    }
  }

  /** Nearest sampled relatives of the organism in a row of the record, or `undefined` if there are none of its species. */
  nearest(row: number): KinProfile | undefined {
    const { descent } = this;
    const species = descent.speciesOf(row);
    let at = row;
    let mark = -1;
    while (at >= 0 && descent.speciesOf(at) === species) {
      mark = this.mark(at);
      if (mark !== 0) break;
      mark = -1;
      at = descent.firstParentOf(at);
    }
    for (let walked = row; walked !== at; walked = descent.firstParentOf(walked)) this.setMark(walked, mark);
    return mark > 0 ? this.profiles[mark - 1] : undefined;
  }

  private mark(row: number): number {
    return row < this.marks.length ? this.marks[row] : 0;
  }

  private setMark(row: number, mark: number): void {
    if (row >= this.marks.length) {
      const larger = new Int32Array(Math.max(row + 1, 2 * this.marks.length));
      larger.set(this.marks);
      this.marks = larger;
    }
    this.marks[row] = mark;
  }
}

function bring(brought: Map<number, Int32Array>, row: number, counts: Int32Array): void {
  const there = brought.get(row);
  brought.set(row, there ? there.map((count, c) => count + counts[c]) : counts);
}

function mostOf(counts: Int32Array): number {
  let most = 0;
  for (let c = 1; c < counts.length; c++) {
    // A component that counts takes precedence over none.
    if (counts[c] > counts[most] || (most === 0 && counts[c] === counts[0] && counts[c] > 0)) most = c;
  }
  return most - 1;
}
