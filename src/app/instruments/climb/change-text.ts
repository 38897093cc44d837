import type { Change } from '../../../simulation/types.ts';

/** A change of a parameter in a few words: transfer on, rate 0.2. */
export function changeText({ path, value }: Pick<Change, 'path' | 'value'>): string {
  const [what, part] = path.split('.').slice(-2);
  return part === 'on' ? `${what} ${value === true ? 'on' : 'off'}` : `${part ?? what} ${String(value)}`;
}
