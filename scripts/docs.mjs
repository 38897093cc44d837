// npm run docs: builds the site of the documents, with the page beside it. Its packages are in docs/package.json, so that other commands do not
// install them. With --serve it is served afterwards. Instead of the site, --pictures [SCENE ...] draws the pictures of scenes, and page and climb of the README, again
// and writes docs/gallery.md; --gallery only writes that; --films [SCENE ...] makes short films of scenes in dist/films. DOCS_BASE is the address on the server: /upslope/ for https://example.org/upslope/.
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensureInstalled, root, run } from './setup.mjs';

const words = process.argv.slice(2);
const instead = ['--pictures', '--gallery', '--films'].find((word) => words[0] === word);
const unknown = instead ? undefined : words.find((word) => word !== '--serve');
if (unknown !== undefined) {
  console.error(
    `docs: '${unknown}' is not an option; give --serve to look at the site, --pictures to draw its pictures, --films to make films of scenes, or nothing to build it`,
  );
  process.exit(2);
}
const base = process.env.DOCS_BASE ?? '/';
if (!/^\/(.*\/)?$/.test(base)) {
  console.error(`docs: DOCS_BASE is '${base}'; give a path that begins and ends with a slash`);
  process.exit(2);
}
await ensureInstalled();
if (instead) {
  const { drawPictures, makeFilms, writeGallery } = await import('./pictures.mjs');
  const work = { '--pictures': drawPictures, '--gallery': writeGallery, '--films': makeFilms }[instead];
  try {
    await work(words.slice(1));
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
  process.exit(0);
}
await ensureInstalled(join(root, 'docs'));
const { bundleAloud } = await import('./bundle.mjs');
await bundleAloud('page');
// Not kept in the repository: written from the code.
const documents = await run(process.execPath, [(await bundleAloud('documents')).file]);
if (documents !== 0) process.exit(documents);
const vitepress = (...args) => run(process.execPath, [join(root, 'docs/node_modules/vitepress/bin/vitepress.js'), ...args]);
const out = join(root, 'dist/docs');
rmSync(out, { recursive: true, force: true });
const status = await vitepress('build', 'docs');
if (status !== 0) process.exit(status);
cpSync(join(root, 'dist/page'), join(out, 'app'), { recursive: true });
// Files that pages link to and that are not pages themselves.
for (const path of ['LICENSE', 'CITATION.cff', 'assets', 'docs/notebooks', 'docs/recipes']) {
  mkdirSync(dirname(join(out, 'files', path)), { recursive: true });
  cpSync(join(root, path), join(out, 'files', path), { recursive: true, filter: (file) => !file.endsWith('.md') });
}
console.log('docs: the site is in dist/docs');
if (words.includes('--serve')) process.exit(await vitepress('preview', 'docs'));
