import { instrumentIds } from '../../scene/view-words.ts';
import type { Instrument } from './instrument.ts';

const found = import.meta.glob<Instrument>('./*/instrument.ts', { eager: true, import: 'instrument' });

/** The instruments of the dock, in the order of their tabs: of each id the `instrument` of its folder. */
export const instruments: readonly Instrument[] = instrumentIds.map((id) => {
  const instrument = found[`./${id}/instrument.ts`];
  if (instrument?.id !== id) throw new Error(`src/app/instruments/${id}/instrument.ts does not export the instrument '${id}'`);
  return instrument;
});

const unlisted = Object.values(found).find((instrument) => !instruments.includes(instrument));
if (unlisted) throw new Error(`the instrument '${unlisted.id}' has no place among instrumentIds (src/scene/view-words.ts)`);
