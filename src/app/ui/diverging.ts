/** Colour of a signed value: blue below 0, orange above, fading out towards 0. `full` is drawn at full strength. */
export function diverging(value: number, full: number): string {
  const share = Math.min(1, Math.abs(value) / full);
  const hue = value < 0 ? 'var(--negative)' : 'var(--positive)';
  return `color-mix(in oklab, ${hue} ${Math.round(share * 100)}%, transparent)`;
}
