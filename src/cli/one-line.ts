/** A message as one line of bounded length, whatever it contains. */
export function oneLine(message: string): string {
  const line = message
    .replace(/\s+/g, ' ')
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?')
    .trim();
  return line.length > 1000 ? `${line.slice(0, 999)}…` : line;
}
