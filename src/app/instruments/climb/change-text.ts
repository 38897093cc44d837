import { isAct } from '../../../scene/act-path.ts';
import type { Change } from '../../../simulation/types.ts';

/** A change of a parameter, or an edit by hand, in a few words: transfer on, rate 0.2, food by hand. */
export function changeText({ path, value }: Pick<Change, 'path' | 'value'>): string {
  const [what, part] = path.split('.').slice(-2);
  if (isAct(path)) return `${part} by hand`;
  if (typeof value === 'object' && value !== null) return `${part ?? what} changed`;
  return part === 'on' ? `${what} ${value === true ? 'on' : 'off'}` : `${part ?? what} ${String(value)}`;
}
