import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export const root = process.cwd();

type NpmCommand = (args: string[]) => { program: string; args: string[]; options: { shell?: boolean } };
const { npmCommand } = (await import(pathToFileURL(join(root, 'scripts/setup.mjs')).href)) as { npmCommand: NpmCommand };

function npm(args: string[], cwd: string): void {
  const command = npmCommand(args);
  execFileSync(command.program, command.args, { ...command.options, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** A folder of a stranger's, with the packed package installed in it. */
export class Installed {
  readonly path = mkdtempSync(join(tmpdir(), 'upslope-package-'));

  /** Packs and installs, without a network: what the package needs is packed from node_modules. */
  constructor() {
    const packs = this.at('packs');
    mkdirSync(packs);
    npm(['pack', '--silent', '--pack-destination', packs], root);
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { dependencies: object };
    for (const name of Object.keys(dependencies)) {
      npm(['pack', join(root, 'node_modules', name), '--silent', '--ignore-scripts', '--pack-destination', packs], packs);
    }
    writeFileSync(this.at('package.json'), JSON.stringify({ name: 'strange', version: '1.0.0', private: true, type: 'module' }));
    const tarballs = readdirSync(packs).map((name) => join(packs, name));
    npm(['install', '--offline', '--no-audit', '--no-fund', '--loglevel=error', ...tarballs], this.path);
  }

  at(...names: string[]): string {
    return join(this.path, ...names);
  }

  /** Files of the package. */
  get files(): readonly string[] {
    const own = this.at('node_modules/upslope');
    return readdirSync(own, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(own.length + 1)
          .replaceAll('\\', '/'),
      );
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** The program that docs/extending.md is: its blocks one behind the other. */
export function extendingProgram(): string {
  const text = readFileSync(join(root, 'docs/extending.md'), 'utf8');
  return [...text.matchAll(/^```js\n([\s\S]*?)^```$/gm)].map(([, code]) => code).join('\n');
}
