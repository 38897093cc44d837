import type { TableSource } from './source.ts';
import type { TableWriter } from './table-writer.ts';

/** Fills `loci`: the meaning of the values in a genome list. */
export function lociSource(writer: TableWriter): TableSource {
  return {
    writer,
    afterTick() {},
    sample() {},
    finish({ populations }) {
      for (const { name, layout } of populations) {
        for (const [position, locus] of layout.loci.entries()) writer.append([name, position, locus.segment, locus.name]);
      }
    },
    state: () => null,
    restore() {},
  };
}
