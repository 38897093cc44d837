import { climb } from './climb/instrument.ts';
import { exporter } from './export/instrument.ts';
import { fossils } from './fossils/instrument.ts';
import { hands } from './hands/instrument.ts';
import type { Instrument } from './instrument.ts';
import { landscape } from './landscape/instrument.ts';
import { mechanisms } from './mechanisms/instrument.ts';
import { notebook } from './notebook/instrument.ts';
import { organism } from './organism/instrument.ts';
import { price } from './price/instrument.ts';
import { runs } from './runs/instrument.ts';
import { sceneEditor } from './scene/instrument.ts';
import { traits } from './traits/instrument.ts';
import { tree } from './tree/instrument.ts';

/** The instruments of the dock, in the order of their tabs. A new one is a line here. */
export const instruments: readonly Instrument[] = [
  mechanisms,
  landscape,
  organism,
  hands,
  traits,
  price,
  climb,
  tree,
  fossils,
  runs,
  notebook,
  sceneEditor,
  exporter,
];
