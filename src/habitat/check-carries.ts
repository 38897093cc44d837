import type { Report } from './habitat.ts';

/** Refuses loci that are listed twice. */
export function checkCarries(carries: readonly string[], path: readonly string[], report: Report): void {
  const twice = carries.find((id, index) => carries.indexOf(id) < index);
  if (twice !== undefined) report([...path, 'genome', 'carries'], `'${twice}' is listed twice; remove one`);
}
