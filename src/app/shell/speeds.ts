import { type SpeedName, speedNames } from '../../scene/view-words.ts';

/** Ticks per second at normal speed. */
const normal = 30;

export interface Speed {
  /** Its name in scenes. */
  readonly name: SpeedName;
  readonly key: string;
  readonly label: string;
  readonly title: string;
  /** Ticks per second; 0 is as fast as possible. */
  readonly ticksPerSecond: number;
}

export const speeds: readonly Speed[] = speedNames.map((name, i) => {
  if (name === 'max') return { name, key: '0', label: name, title: 'As fast as possible', ticksPerSecond: 0 };
  const times = Number(name.slice(1));
  return {
    name,
    key: String(i + 1),
    label: `×${times}`,
    title: `${normal * times} ticks per second`,
    ticksPerSecond: normal * times,
  };
});
