import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin, UserConfig } from 'vite';
import { defineConfig } from 'vitest/config';
import { contentPolicy as policy } from './src/cli/serve/content-policy.ts';

/** What is bundled for Node. */
interface NodeBundle {
  readonly entry: string;
  readonly file: string;
  readonly banner?: string;
  /** Folder beside the file, for the parts that it loads when they are needed; by default all is one file. */
  readonly parts?: string;
}

/** Bundles for Node, by mode (`vite build --mode cli`): nothing to install beside them. */
const nodeBundles: Readonly<Record<string, NodeBundle>> = {
  // In parts, so that a command starts with what it needs.
  cli: { entry: 'src/cli.ts', file: 'dist/cli/upslope.js', banner: '#!/usr/bin/env node', parts: 'parts' },
  documents: { entry: 'scripts/documents.ts', file: 'dist/documents/documents.js' },
  bench: { entry: 'bench/index.ts', file: 'dist/bench/bench.js' },
  verify: { entry: 'test/verify/index.ts', file: 'dist/verify/verify.js' },
  'hash-job': { entry: 'test/torture/engines/hash-job.ts', file: 'dist/torture/hash-job.js' },
  'page-catalogue': { entry: 'src/worker/page-catalogue.ts', file: 'dist/page-catalogue/page-catalogue.js' },
  torture: { entry: 'test/torture/index.ts', file: 'dist/torture/torture.js' },
};

/** Licences of what is bundled, which have to go where the bundle goes. */
const license = { fileName: 'licences.md' };

let compiling: Promise<boolean> | undefined;

/** Compiles the kernel once per process, however many configurations and test projects ask for it. */
function compileKernel(): Promise<boolean> {
  compiling ??= import(new URL('./scripts/kernel.mjs', import.meta.url).href).then(({ buildKernel }) => buildKernel());
  return compiling;
}

/** Keeps the compiled kernel up to date: before anything is read, and in the dev server whenever a source changes. */
function kernel(): Plugin {
  return {
    name: 'upslope-kernel',
    async buildStart() {
      await compileKernel();
    },
    async hotUpdate({ file }) {
      if (!file.includes('/src/kernel/assembly/')) return;
      compiling = undefined;
      // The server watches the generated module, so that writing it reloads the page.
      await compileKernel();
    },
  };
}

/** ecsy would load a script from a CDN when a page's address asks for its remote tools: that file becomes empty. */
function withoutRemoteDevtools(): Plugin {
  return {
    name: 'upslope-without-remote-devtools',
    enforce: 'pre',
    load: {
      filter: { id: /[\\/]ecsy[\\/](?:src|lib)[\\/]RemoteDevTools[\\/]/ },
      handler: () => 'export function enableRemoteDevtools() {}',
    },
  };
}

/**
 * The threads of the pool start on the file of the command line: piscina, which would start them on a file of its own, is made to
 * start them on the file that holds their tasks. src/cli.ts then brings piscina's part into the thread.
 */
function threadsOnOurFile(): Plugin {
  const own = "(0, node_path_1.resolve)(__dirname, 'worker.js')";
  return {
    name: 'upslope-threads-on-our-file',
    transform: {
      filter: { id: /[\\/]piscina[\\/]dist[\\/]index\.js$/ },
      handler(code) {
        if (!code.includes(own)) throw new Error('piscina starts its threads in another way: adapt vite.config.ts');
        return code.replace(own, 'this.options.filename');
      },
    },
  };
}

/** Writes the service worker that keeps the page: it has to know every file of the build. */
function offline(): Plugin {
  return {
    name: 'upslope-offline',
    apply: 'build',
    generateBundle(_, bundle) {
      const files = ['./', ...Object.keys(bundle).filter((name) => name !== 'index.html')].sort();
      const text = readFileSync(new URL('./assets/service-worker.js', import.meta.url), 'utf8');
      const version = createHash('sha256').update(files.join('\n')).digest('hex').slice(0, 16);
      this.emitFile({
        type: 'asset',
        fileName: 'service-worker.js',
        source: text.replace('FILES;', `${JSON.stringify(files)};`).replace('VERSION', version),
      });
    },
  };
}

/** Puts the content policy into the page, for servers that give no headers of their own. The dev server needs more than it allows. */
function contentPolicy(): Plugin {
  return {
    name: 'upslope-content-policy',
    apply: 'build',
    transformIndexHtml() {
      // Before every script: a policy holds for what comes after it.
      return [{ tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: policy }, injectTo: 'head-prepend' }];
    },
  };
}

/** Of instruments the documents read what the page says of them, not what they show. */
function withoutComponents(): Plugin {
  return {
    name: 'upslope-without-components',
    load: { filter: { id: /\.svelte$/ }, handler: () => 'export default undefined' },
  };
}

/** A module that the page is built with (`npm run build -- page --extension FILE`). */
const extension = process.env.UPSLOPE_EXTENSION;

/** Uses the extension instead of src/worker/page-extension.ts, and the sources instead of the package that it imports. */
function withExtension(): Plugin {
  const source = (name: string) => fileURLToPath(new URL(`./src/${name}.ts`, import.meta.url));
  return {
    name: 'upslope-extension',
    enforce: 'pre',
    resolveId(id) {
      if (extension === undefined) return null;
      if (id.endsWith('/page-extension.ts')) return resolve(extension);
      if (id === 'upslope') return source('index');
      if (/^upslope\/(engine|analysis|export)$/.test(id)) return source(id.replace('upslope', 'library'));
      // One copy of zod, whatever lies beside the extension.
      if (id === 'zod') return this.resolve(id, source('index'), { skipSelf: true });
      return null;
    },
  };
}

const shared = (): Plugin[] => [kernel(), withoutRemoteDevtools(), withExtension()];

function nodeConfig({ entry, file, banner, parts }: NodeBundle): UserConfig {
  const slash = file.lastIndexOf('/');
  return {
    plugins: [...shared(), threadsOnOurFile(), withoutComponents()],
    publicDir: false,
    ssr: { noExternal: true, target: 'node' },
    // Asked by ecsy, also where there is no `process`: the bundle runs in pages too.
    define: { 'process.env.NODE_ENV': JSON.stringify('production') },
    build: {
      ssr: entry,
      license,
      outDir: file.slice(0, slash),
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      rolldownOptions: {
        // Asked for only by who wants threads of another priority.
        external: ['@napi-rs/nice'],
        output: {
          banner,
          entryFileNames: file.slice(slash + 1),
          ...(parts === undefined ? { codeSplitting: false } : { chunkFileNames: `${parts}/[name].js` }),
        },
      },
    },
  };
}

/**
 * The library: its entries share one copy of everything, so that a value of one is a value of all. zod stays outside, for
 * schemas of mechanisms come from the zod of whoever declares them.
 */
function libraryConfig(): UserConfig {
  const entries = ['index', 'library/engine', 'library/analysis', 'library/export'];
  const config = nodeConfig({ entry: '', file: 'dist/lib/[name].js' });
  return {
    ...config,
    ssr: { ...config.ssr, external: ['zod'] },
    build: {
      ...config.build,
      ssr: true,
      rolldownOptions: {
        external: ['zod'],
        input: Object.fromEntries(entries.map((name) => [name, `src/${name}.ts`])),
        output: { entryFileNames: '[name].js', chunkFileNames: 'shared/[name].js' },
      },
    },
  };
}

const moduleCache = process.env.UPSLOPE_MODULE_CACHE;
/** Not the property tests: some of them replace modules (vi.mock), which others of the process would then get too. */
const sharesModules = new Set(['unit', 'theory', 'readers', 'browser']);

const test = (name: string, timeoutSeconds: number) => ({
  extends: true as const,
  test: {
    name,
    environment: 'node' as const,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout: 1000 * timeoutSeconds,
    hookTimeout: 1000 * timeoutSeconds,
    // A page that shares the machine may take its time; nothing here asserts how long.
    expect: { poll: { timeout: 30_000 } },
    // Most files are short, and would spend a third of their time on loading the engine again: they share the modules of their process.
    ...(sharesModules.has(name) ? { isolate: false, setupFiles: ['test/unit/dispose-worlds.ts'] } : {}),
    ...(name === 'readers' ? { globalSetup: ['test/readers/exports-folder.ts'] } : {}),
    // Two files at a time, which two cores bear: first the long ones of the browser, at last the short ones of the units, so that both
    // lanes end together. What measures a page comes one file after the other at the very end, on a machine that does nothing else.
    ...(name === 'browser-alone' ? { fileParallelism: false } : { maxWorkers: 2 }),
    sequence: { groupOrder: name === 'browser-alone' ? 1 : 0 },
  },
});

export default defineConfig(({ mode }) => {
  if (mode === 'lib') return libraryConfig();
  const bundle = nodeBundles[mode];
  if (bundle) return nodeConfig(bundle);
  return {
    base: './',
    plugins: [...shared(), svelte({ configFile: false }), contentPolicy(), offline()],
    publicDir: false as const,
    // Pre-bundled, ecsy would not pass through the plugin that empties its remote tools.
    optimizeDeps: { exclude: ['ecsy'] },
    worker: { format: 'es' as const, plugins: shared },
    build: {
      outDir: 'dist/page',
      license,
      target: 'es2023',
      chunkSizeWarningLimit: 1500,
      // Where a busy machine spends the build's time is no warning about the build.
      rolldownOptions: {
        checks: { bundlerTimings: false },
        // A file of its own, by this name, whoever shares what with whom: budgets go by names.
        // Elementary functions too are needed first and later: in a file of their own they would be one more request before the first frame.
        output: {
          codeSplitting: {
            groups: [{ name: 'svelte', test: /[\\/]node_modules[\\/]svelte[\\/]|[\\/]src[\\/]math[\\/]elementary\.ts$/ }],
          },
        },
      },
    },
    test: {
      // `npm test` gives a folder for one run, so that the kinds of tests, each with a server of its own, compile what they share once.
      ...(moduleCache ? { experimental: { fsModuleCache: true, fsModuleCachePath: moduleCache } } : {}),
      server: { deps: { inline: ['ecsy'] } },
      projects: [
        test('unit', 60),
        test('property', 60),
        test('theory', 120),
        test('golden', 120),
        test('readers', 240),
        test('package', 120),
        test('browser', 120),
        test('browser-alone', 120),
        // Installs and starts a Slurm: only where that is asked for.
        ...(process.env.UPSLOPE_SLURM === '1' ? [test('slurm', 300)] : []),
      ],
    },
  };
});
