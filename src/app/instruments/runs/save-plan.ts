import type { CheckedPlan } from '../../../worker/runs-protocol.ts';
import { downloadText } from '../../ui/download.ts';

/** Saves a plan as a file for `upslope sweep`. */
export function savePlan({ name, document }: CheckedPlan): void {
  downloadText(`${name}-plan.json`, `${JSON.stringify(document, null, 2)}\n`, 'application/json');
}
