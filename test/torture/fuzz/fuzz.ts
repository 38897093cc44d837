import { threadedCampaign } from '../cases/threaded-campaign.ts';
import { fuzzTargets } from './targets.ts';

/** Bad input of every kind. */
export const fuzz = threadedCampaign(
  {
    name: 'fuzz',
    title: 'damaged input of every kind is refused in one line, or accepted and then simulated with finite numbers',
    unit: 'inputs',
    usualSize: 10_000,
  },
  fuzzTargets,
);
