import { describeParameters, type ParameterDescription } from '../../scene/describe-parameters.ts';
import type { Change, Notice } from '../../simulation/types.ts';
import type { CurrentRun } from '../current-run.ts';
import type { RunHistory } from '../run-history.ts';

/** A parameter as the page shows it, from the scene's schema. */
export type Control = ParameterDescription;

export interface Log {
  readonly changes: readonly Change[];
  readonly notices: readonly Notice[];
}

/** Parameters of the run, and their changes. */
export class ParametersTopic {
  constructor(
    private readonly current: CurrentRun,
    private readonly history: RunHistory,
  ) {}

  /** Changes a live parameter. At an earlier snapshot this begins a new line; what came after it stays on the former. */
  set(path: string, value: unknown): void {
    const { world, changes } = this.current.require();
    const isBehind = world.tick < this.history.line.tip;
    const course = changes.course();
    changes.set(path, value);
    if (!isBehind) return;
    changes.dropAhead();
    this.history.beginLine(course, world.seed);
  }

  /** Every parameter of the scene with its present value. */
  controls(): readonly Control[] {
    return describeParameters(this.current.require().world.scene);
  }

  log(): Log {
    const { world, changes } = this.current.require();
    return { changes: changes.made(), notices: world.notices };
  }
}
