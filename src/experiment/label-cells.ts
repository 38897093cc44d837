import type { Sweep } from './expand-plan.ts';

/** A short name for each combination: `regrowth 0.02, on false`. If two paths end in the same key, the whole path is given. */
export function labelCells({ paths, cells }: Sweep): readonly string[] {
  if (paths.length === 0) return cells.map(() => 'all runs');
  const last = paths.map((path) => path.slice(path.lastIndexOf('.') + 1));
  const keys = paths.map((path, i) => (last.indexOf(last[i]) === last.lastIndexOf(last[i]) ? last[i] : path));
  const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  return cells.map(({ values }) => values.map((value, i) => `${keys[i]} ${text(value)}`).join(', '));
}
