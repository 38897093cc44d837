import { expressGenome } from '../../genome/express.ts';
import type { GenomeLayout } from '../../genome/layout.ts';
import type { LifeRecord } from '../../record/life-record.ts';
import type { Individual } from '../../record/types.ts';
import type { StoryCause } from './story.ts';

/** The line of first parents of an organism, the earliest first, with the traits that each expressed at birth and by what they differ from the one before. */
export interface TracedLine {
  readonly individuals: readonly Individual[];
  readonly expressed: readonly Float64Array[];
  /** By cause, a number a trait: together the difference of `expressed` from the organism before. */
  readonly parts: readonly Readonly<Record<StoryCause, Float64Array>>[];
  /** False where the second parent's genome is not kept. */
  readonly exact: readonly boolean[];
  /** Traits of the last one as it is now. */
  readonly now: Float64Array;
}

/** Reads the line of an organism of the record. */
export function traceLine(record: LifeRecord, layout: GenomeLayout, id: number): TracedLine {
  const individuals: Individual[] = [];
  const expressed: Float64Array[] = [];
  const parts: Record<StoryCause, Float64Array>[] = [];
  const exact: boolean[] = [];
  record.visitLine(id, (individual, { born, first, gametes, exact: known }) => {
    const own = expressGenome(layout, born);
    const before = expressed.at(-1);
    const passed = first ? expressGenome(layout, first) : own;
    const given = gametes && gametes !== first ? expressGenome(layout, gametes) : passed;
    parts.push({
      transfer: passed.map((value, t) => value - (before ?? passed)[t]),
      parents: given.map((value, t) => value - passed[t]),
      birth: own.map((value, t) => value - (first ? given : own)[t]),
    });
    individuals.push(individual);
    expressed.push(own);
    exact.push(known);
  });
  const genome = record.genomeOf(id);
  const now = genome ? expressGenome(layout, genome) : expressed[expressed.length - 1];
  return { individuals, expressed, parts, exact, now };
}
