import type { CheckedPlan } from '../../worker/runs-protocol.ts';
import { downloadText } from '../download.ts';

/** Hands out a plan as the file that `upslope sweep` takes. */
export function savePlan({ name, document }: CheckedPlan): void {
  downloadText(`${name}-plan.json`, `${JSON.stringify(document, null, 2)}\n`, 'application/json');
}
