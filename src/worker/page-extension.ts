import type { Extension } from '../simulation/catalogue.ts';

/** The extension that the page is built with: `npm run build -- page --extension FILE` uses the file instead of this one. */
const extension: Extension | undefined = undefined;
// biome-ignore lint/style/noDefaultExport: extensions are default exports
export default extension;
