// What runs in the background need once they begin: loaded then, because the first frame does without.
export { RunsPool } from '../../../worker/runs-pool.ts';
export { GatheredRuns } from './gathered-runs.ts';
export { placeProblem, planFile, readForm } from './read-form.ts';
