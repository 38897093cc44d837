import { type Catalogue, type Extension, standard } from '../simulation/catalogue.ts';
import extension from './page-extension.ts';

const added: Extension | undefined = extension;

/** What scenes can name on this page: its workers use it instead of the standard catalogue. */
export const pageCatalogue: Catalogue = added === undefined ? standard : standard.with(added);
