import { vocabularyOf } from '../scene/vocabulary-of.ts';
import { canonicalJson } from './canonical-json.ts';
import type { Cell } from './export-table.ts';
import { nameRun } from './run-identity.ts';
import { schemaVersion, software } from './software.ts';
import type { TableSource } from './source.ts';
import type { TableWriter } from './table-writer.ts';

/** The row of `runs`. */
export function runRow(id: string, seed: string, scene: unknown, version: string): readonly Cell[] {
  return [id, seed, canonicalJson(scene), schemaVersion, version];
}

/**
 * Fills `runs` when the run ends.
 * @param id name of the run; undefined: that of its question, with the ticks that were made
 * @param every ticks between samples
 */
export function runsSource(writer: TableWriter, every: number, id: string | undefined): TableSource {
  return {
    writer,
    afterTick() {},
    sample() {},
    finish({ initialScene: scene, seed, changes, tick: ticks }) {
      const { extensions } = vocabularyOf(scene);
      const name = id ?? nameRun({ scene, seed, changes, ticks, every, extensions });
      writer.append(runRow(name, seed, scene, software.version));
    },
    state: () => null,
    restore() {},
  };
}
