const integers = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const threeDigits = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** 12431 -> 12,431 */
export const whole = (value: number): string => integers.format(value);

/** A measure with three significant digits; tiny ones as 1.2e-5. */
export function measure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  const shown =
    size !== 0 && size < 0.001 ? size.toExponential(1) : size >= 1000 ? integers.format(size) : threeDigits.format(size);
  return value < 0 ? `−${shown}` : shown;
}

/** A mean with its standard deviation, both to the second digit of the deviation. */
export function spread(mean: number, deviation: number): string {
  if (!(deviation > 0) || !Number.isFinite(mean)) return measure(mean);
  const digits = Math.min(4, Math.max(0, 1 - Math.floor(Math.log10(deviation))));
  return `${mean.toFixed(digits).replace('-', '−')} ± ${deviation.toFixed(digits)}`;
}

/** A tick for an axis: 12,000 as 12 k. */
export const shortTick = (tick: number): string =>
  Math.abs(tick) >= 10_000 && tick % 1000 === 0 ? `${whole(tick / 1000)} k` : whole(tick);

/** A number of bytes, in a form that people can compare. */
export const size = (bytes: number): string =>
  bytes < 1e6
    ? `${whole(Math.max(1, Math.round(bytes / 1e3)))} kB`
    : bytes < 1e9
      ? `${threeDigits.format(bytes / 1e6)} MB`
      : `${threeDigits.format(bytes / 1e9)} GB`;

/** A locus or weight, always with the same width: +0.42 */
export const signed = (value: number): string => (value < 0 ? '−' : '+') + Math.abs(value).toFixed(2);

/** Seconds in words. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'a while';
  if (seconds < 1.5) return '1 second';
  if (seconds < 90) return `${Math.round(seconds)} seconds`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} minutes`;
  return `${Math.round(seconds / 3600)} hours`;
}

/** A number of things: 1 organism, 2 organisms. */
export const countOf = (count: number, one: string, many = `${one}s`): string => `${whole(count)} ${count === 1 ? one : many}`;

/** An age with its unit; founders may have a part of theirs behind them when the world begins. */
export const ageWords = ({ ageTicks, birthTick }: { readonly ageTicks: number; readonly birthTick: number }): string =>
  `${countOf(ageTicks, 'tick')}${birthTick < 0 ? `, ${whole(-birthTick)} of them before tick 0` : ''}`;

/** The unit beside a title, or '' where the title says it: Organisms needs no further organisms. */
export const unitBeside = (title: string, unit: string): string => (title.toLowerCase() === unit.toLowerCase() ? '' : unit);

/** How an organism died, in plain words, by the cause that the simulation names. */
export const deathWords: Readonly<Record<string, string>> = {
  starvation: 'of starvation',
  predation: 'of a bite',
  age: 'of old age',
  accident: 'by accident',
  removed: 'when removed by hand',
  replaced: 'when replaced by another',
  refused: 'as a mutant rejected by selection',
};

/** The message of an error, whatever was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
