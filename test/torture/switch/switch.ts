import { threadedCampaign } from '../cases/threaded-campaign.ts';
import { switchTargets, turnsOfACase } from './targets.ts';

/** Mechanisms, parameters and hands at random in worlds that live. */
export const switching = threadedCampaign(
  {
    name: 'switch',
    title: 'mechanisms, parameters and acts at random: numbers stay finite, copies stay in step, energy is neither made nor lost',
    unit: 'switches',
    usualSize: 1000,
  },
  switchTargets,
  turnsOfACase,
);
