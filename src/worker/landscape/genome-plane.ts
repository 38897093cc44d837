import { dot } from '../../analysis/lab/direction.ts';
import { planeSide } from '../../habitat/landscape/plane-side.ts';

export { planeSide } from '../../habitat/landscape/plane-side.ts';

/** Distance from the middle, as a share of half a side, beyond which more is shown. */
const edge = 0.86;
/** Room beyond what has come near the edge, as a share of its distance from the opposite edge. */
const room = 0.25;

/**
 * A plane through genome space and the part of it that is shown: coordinates along two orthogonal unit vectors from an origin.
 * Places in the view run from 0 to `planeSide`, to the right and down.
 */
export class GenomePlane {
  /** Middle of what is shown, and its side, locus units. */
  private middle: readonly [number, number] = [0, 0];
  private side = 1;
  /** Increases when another part is shown. */
  version = 0;

  /** @param across all 0 if there is only one dimension */
  constructor(
    readonly origin: Float64Array,
    readonly along: Float64Array,
    readonly across: Float64Array,
  ) {}

  /** Shows a square in which all these genomes lie, with room around them. @param least side at least, locus units */
  show(genomes: readonly ArrayLike<number>[], least: number): void {
    const places = genomes.map((genome) => this.coordinates(genome));
    const ends = ([0, 1] as const).map((axis) => {
      const values = places.map((place) => place[axis]);
      return [Math.min(...values), Math.max(...values)] as const;
    });
    this.middle = [(ends[0][0] + ends[0][1]) / 2, (ends[1][0] + ends[1][1]) / 2];
    this.side = Math.max(least, 1.5 * Math.max(ends[0][1] - ends[0][0], ends[1][1] - ends[1][0]));
    this.version += 1;
  }

  /**
   * Shows more when a place is near the edge of what is shown: as far as the place, with room beyond it.
   * @param place coordinates along the two axes
   */
  keepInSight(place: readonly [number, number]): void {
    const { middle, side } = this;
    const isFar = (value: number, axis: number) => Math.abs(value - middle[axis]) > (edge * side) / 2;
    if (!place.some(isFar) || !place.every((value) => Math.abs(value) < 1e12)) return;
    const ends = place.map((value, axis) => {
      const [low, high] = [middle[axis] - side / 2, middle[axis] + side / 2];
      if (!isFar(value, axis)) return [low, high];
      return value < middle[axis]
        ? [Math.min(low, value - room * (high - value)), high]
        : [low, Math.max(high, value + room * (value - low))];
    });
    this.middle = [(ends[0][0] + ends[0][1]) / 2, (ends[1][0] + ends[1][1]) / 2];
    this.side = Math.max(ends[0][1] - ends[0][0], ends[1][1] - ends[1][0]);
    this.version += 1;
  }

  /** Coordinates of a genome's projection, locus units from the origin. */
  coordinates(genome: ArrayLike<number>, at = 0): [number, number] {
    const { origin, along, across } = this;
    // Of a genome longer than the plane's vectors only the first loci count.
    let x = 0;
    let y = 0;
    for (let i = 0; i < origin.length; i++) {
      const away = genome[at + i] - origin[i];
      x += away * along[i];
      y += away * across[i];
    }
    return [x, y];
  }

  /** Place in the view of a genome's projection. */
  place(genome: ArrayLike<number>, at = 0): [number, number] {
    const [x, y] = this.coordinates(genome, at);
    const { perUnit, left, top } = this;
    return [(x - left) * perUnit, (top - y) * perUnit];
  }

  /** The vector's part in the plane, to the right and up, locus units. */
  project(vector: ArrayLike<number>): [number, number] {
    return [dot(vector, this.along), dot(vector, this.across)];
  }

  /** Writes the genome at a place of the view, on the plane's parallel through `through`. */
  genomeAt(x: number, y: number, through: ArrayLike<number>, out: Float64Array): void {
    const { along, across, perUnit, left, top } = this;
    const [u, v] = this.coordinates(through);
    const du = left + x / perUnit - u;
    const dv = top - y / perUnit - v;
    for (let i = 0; i < out.length; i++) out[i] = through[i] + du * along[i] + dv * across[i];
  }

  /** Whether there is only one dimension to show. */
  get isLine(): boolean {
    return this.across.every((value) => value === 0);
  }

  /** View's lengths per locus unit. */
  get perUnit(): number {
    return planeSide / this.side;
  }

  /** Coordinate along the plane's first vector at the left edge of what is shown. */
  get left(): number {
    return this.middle[0] - this.side / 2;
  }

  /** Coordinate along its second vector at the upper edge. */
  get top(): number {
    return this.middle[1] + this.side / 2;
  }
}
