/** Ticks per second at normal speed. */
const normal = 30;

export interface Speed {
  readonly key: string;
  readonly label: string;
  readonly title: string;
  /** Ticks per second; 0 is as fast as possible. */
  readonly ticksPerSecond: number;
}

export const speeds: readonly Speed[] = [
  ...[1, 2, 4, 8, 16].map((times, i) => ({
    key: String(i + 1),
    label: `×${times}`,
    title: `${normal * times} ticks per second`,
    ticksPerSecond: normal * times,
  })),
  { key: '0', label: 'max', title: 'As fast as possible', ticksPerSecond: 0 },
];
