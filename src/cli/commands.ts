import { analysisCommands } from './analysis/index.ts';
import type { ListedCommand } from './command.ts';

/** All commands, in the order of help. A new one is a line here. */
export const commands: readonly ListedCommand[] = [
  { name: 'run', description: 'run a scene and write its history', load: () => import('./run.ts') },
  {
    name: 'serve',
    description: 'serve the page on this machine, and a run to open in it',
    load: () => import('./serve/serve.ts'),
  },
  { name: 'replay', description: 'replay a run from its provenance and compare final hashes', load: () => import('./replay.ts') },
  { name: 'export', description: 'write a finished run in the formats of other tools', load: () => import('./export-run.ts') },
  {
    name: 'tree',
    description: 'describe the trees of a finished run: species, and the genealogy of a sample of the living',
    load: () => import('./tree.ts'),
  },
  ...analysisCommands,
  {
    name: 'validate',
    description: 'check that folders are as they were written, and that files follow the rules of their formats',
    load: () => import('./validate.ts'),
  },
  {
    name: 'sweep',
    description: 'make many runs: combinations of parameters, several seeds each',
    load: () => import('./sweep/command.ts'),
  },
  {
    name: 'compare',
    description: 'compare matched worlds with and without a mechanism',
    load: () => import('./compare/command.ts'),
  },
  {
    name: 'lab',
    description: 'follow a model of selection on a landscape against its exact gradient',
    load: () => import('./lab/command.ts'),
  },
  {
    name: 'lesson',
    description: 'check a lesson, make its worlds and print what its checks measure',
    load: () => import('./lessons.ts'),
  },
  { name: 'scenes', description: 'list the scenes', load: () => import('./list-scenes.ts') },
  {
    name: 'mechanisms',
    description: 'list mechanisms, habitats, senses, patterns of ground and probes',
    load: () => import('./list-mechanisms.ts'),
  },
];
