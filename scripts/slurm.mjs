// A Slurm of this machine alone, for the tests: what it needs, and its packages.
import { existsSync } from 'node:fs';
import { run } from './setup.mjs';

const packages = ['slurmctld', 'slurmd', 'slurm-client', 'munge'];
const services = { slurmctld: '/usr/sbin/slurmctld', slurmd: '/usr/sbin/slurmd', munge: '/usr/sbin/munged' };
const programs = [...Object.values(services), '/usr/bin/sbatch', '/usr/bin/setpriv'];

/** Whether a Slurm can be started here: its daemons are installed, and this is root. */
export const canStartSlurm = () => process.getuid?.() === 0 && programs.every((program) => existsSync(program));

/** Installs Debian's packages of Slurm where they are missing and that may be done. None of their services stays running. */
export async function ensureSlurm() {
  if (canStartSlurm() || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  console.log(`slurm: some of it is missing, installing ${packages.join(', ')} with apt-get`);
  const missing = Object.keys(services).filter((name) => !existsSync(services[name]));
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  await run('apt-get', ['update', '-qq'], options);
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options);
  // Debian starts what it installs; the tests start a Slurm of their own. What was there before belongs to others.
  if (missing.length > 0 && existsSync('/run/systemd/system')) {
    await run('systemctl', ['disable', '--now', '--quiet', ...missing]);
  }
}
