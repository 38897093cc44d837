import type { LifeRecord } from '../record/life-record.ts';
import { frameStride } from './frame-layout.ts';
import type { Run } from './live-run.ts';

/** Organisms that are highlighted while all others are drawn faintly: members of some species, the living descendants of one organism, or some organisms. */
export type Highlight =
  | { readonly kind: 'species'; readonly species: readonly number[] }
  | { readonly kind: 'descendants'; readonly of: number }
  | { readonly kind: 'organisms'; readonly ids: readonly number[] };

/** Column of a frame with the highlight. */
const litColumn = 6;

/** Finds highlighted organisms. Descendants are searched once a tick, species by each organism's row in the record. */
export class Highlighter {
  private tick = -1;
  private of = -1;
  private record: LifeRecord | undefined;
  private descendants: ReadonlySet<number> = new Set();

  /** Writes 1 for every highlighted organism into a frame and 0 for all others; 1 for all without a highlight. */
  write(run: Run, highlight: Highlight | undefined, floats: Float32Array): void {
    const isLit = this.test(run, highlight);
    let i = litColumn;
    for (const { table } of run.world.populations) {
      const ids = table.f64('id');
      for (let row = 0; row < table.count; row++, i += frameStride) floats[i] = !isLit || isLit(ids[row]) ? 1 : 0;
    }
  }

  /** Whether an organism is highlighted, by its id; undefined without a highlight. */
  test(run: Run, highlight: Highlight | undefined): ((id: number) => boolean) | undefined {
    if (!highlight) return undefined;
    if (highlight.kind === 'organisms') {
      const chosen = new Set(highlight.ids);
      return (id) => chosen.has(id);
    }
    const { world: simulation, record } = run;
    if (highlight.kind === 'species') {
      const chosen = new Set(highlight.species);
      const { individuals } = record;
      return (id) => chosen.has(individuals.speciesOf(individuals.rowOf(id)));
    }
    if (this.tick !== simulation.tick || this.of !== highlight.of || this.record !== record) {
      this.descendants = new Set([highlight.of, ...record.livingDescendants(highlight.of)]);
      this.tick = simulation.tick;
      this.of = highlight.of;
      this.record = record;
    }
    return (id) => this.descendants.has(id);
  }
}
