import { FormatError, quoted } from './format-error.ts';

/** Checks the rows of `runs`: each name valid and unique, scenes that are JSON. */
export class RunCheck {
  private readonly seen = new Set<string>();

  constructor(private readonly columns: readonly string[]) {}

  take(values: readonly ArrayLike<unknown>[], count: number, place: (row: number) => string): void {
    const ids = values[this.columns.indexOf('run_id')];
    const scenes = values[this.columns.indexOf('scene_json')];
    for (let row = 0; row < count; row++) {
      const id = String(ids[row]);
      if (!/^[0-9a-f]{32}$/.test(id)) throw new FormatError(place(row), `run_id is ${quoted(id)}, not 32 hexadecimal digits`);
      if (this.seen.has(id)) throw new FormatError(place(row), `run_id ${id} is listed twice`);
      this.seen.add(id);
      try {
        if (typeof JSON.parse(String(scenes[row])) === 'object') continue;
      } catch {}
      throw new FormatError(place(row), 'scene_json is not the JSON of a scene');
    }
  }
}
