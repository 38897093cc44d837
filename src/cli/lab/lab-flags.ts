import { InvalidArgumentError } from 'commander';
import { showText } from '../../parameter/show.ts';
import type { LabModel } from './lab-variables.ts';

/** Values to try of one variable. */
export interface LabSweep {
  readonly name: string;
  readonly values: readonly number[];
}

/** The default question: the steps of a model against the exact gradient. */
export const stepsQuestion = 'steps';

/** Flags of `upslope lab`; undefined where not given. */
export interface LabFlags {
  /** Id of a question; `steps` by default. */
  readonly ask?: string;
  readonly model?: LabModel;
  readonly sweep?: readonly LabSweep[];
  readonly replicates?: number;
  readonly ticks?: number;
  readonly burnIn?: number;
  readonly dimensions?: number;
  readonly size?: number;
  readonly seed?: string;
  readonly jobs?: number;
  readonly out?: string;
  readonly list?: boolean;
}

/** Collects `--sweep sigma=0.1,0.03,h=0,0.5`: a name begins before each equals sign. */
export function collectSweep(text: string, before: readonly LabSweep[] = []): readonly LabSweep[] {
  const sweeps: { name: string; values: number[] }[] = before.map(({ name, values }) => ({ name, values: [...values] }));
  const own = sweeps.length;
  for (const word of text.split(',')) {
    const equals = word.indexOf('=');
    if (equals >= 0) {
      const name = word.slice(0, equals).trim();
      if (name === '') throw new InvalidArgumentError(`a name is missing before '${showText(word)}'; give name=a,b,c.`);
      if (sweeps.some((sweep) => sweep.name === name)) {
        throw new InvalidArgumentError(`'${showText(name)}' is already swept; give all its values at once.`);
      }
      sweeps.push({ name, values: [] });
    }
    if (sweeps.length === own) {
      throw new InvalidArgumentError(`give name=a,b,c, for example sigma=0.1,0.03, not '${showText(text)}'.`);
    }
    const { name, values } = sweeps[sweeps.length - 1];
    const number = word.slice(equals + 1).trim();
    const value = number === '' ? Number.NaN : Number(number);
    if (!Number.isFinite(value)) {
      throw new InvalidArgumentError(
        `${showText(name)}: '${showText(number)}' is not a number; give numbers separated by commas.`,
      );
    }
    if (values.includes(value)) throw new InvalidArgumentError(`${showText(name)}: ${value} is listed twice; remove one.`);
    values.push(value);
  }
  return sweeps;
}
