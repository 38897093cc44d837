import { showText } from '../parameter/show.ts';

/** A word as a shell takes it. */
export function quote(word: string): string {
  return /^[\w./@%+=:,-]+$/.test(word) ? word : `'${showText(word, 4000).replaceAll("'", "'\\''")}'`;
}
