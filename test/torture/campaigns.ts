import type { Campaign } from './campaign.ts';
import { engines } from './engines/campaign.ts';
import { fuzz } from './fuzz/fuzz.ts';
import { kill } from './kill/kill.ts';
import { order } from './order/order.ts';
import { soak } from './soak.ts';
import { switching } from './switch/switch.ts';

/** Every campaign there is, in the order of the help: a new one is added here. */
export const campaigns: readonly Campaign[] = [kill, fuzz, switching, order, soak, engines];
