/** How many threads the page's address asks for (`?threads=4`); undefined where it does not, 'none' where that is not a number from 1 to 64. */
export function askedThreads(): number | 'none' | undefined {
  const text = new URLSearchParams(location.search).get('threads');
  if (text === null) return undefined;
  return /^[1-9]\d?$/.test(text) && Number(text) <= 64 ? Number(text) : 'none';
}

/** Threads of a twin: as many as the address asks for, or half of the cores, for the world beside it has work too. */
export function twinThreads(): number {
  const asked = askedThreads();
  return typeof asked === 'number' ? asked : Math.max(1, Math.min(8, Math.floor((navigator.hardwareConcurrency - 1) / 2)));
}
