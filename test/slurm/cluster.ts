import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const node = hostname().split('.')[0];
const partition = 'short';
const call = promisify(execFile);
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Asks again and again. @throws {Error} when it is not so within the time; `otherwise` says what was seen instead. */
export async function until(what: string, seconds: number, holds: () => boolean | Promise<boolean>, otherwise = () => '') {
  const end = Date.now() + 1000 * seconds;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s\n${otherwise()}`);
    await pause(50);
  }
}

/**
 * Waits until whoever started it closes its input or is gone, killed as it may be; then ends whatever has this cluster's
 * configuration in its environment, and takes the folder away.
 */
const sweep = `
trap '' INT TERM HUP
read -r line
found=yes
while [ -n "$found" ]; do
  found=
  for folder in /proc/[0-9]*; do
    if grep -qszFx "SLURM_CONF=$1/slurm.conf" "$folder/environ" && kill -KILL "\${folder#/proc/}"; then found=yes; fi
  done
  sleep 0.1
done
rm -rf "$1"
`;

/** Slurm on this machine: a controller, a node that pretends to have eight processors, and munge between them. */
export class Cluster {
  readonly partition = partition;
  readonly environment: NodeJS.ProcessEnv;
  private readonly path = mkdtempSync(join(tmpdir(), 'upslope-slurm-'));
  private sweeper: ChildProcess | undefined;
  private readonly daemons: { name: string; process: ChildProcess; ended: Promise<unknown> }[] = [];

  constructor() {
    // Whatever another Slurm has put there must not count here.
    const own = Object.entries(process.env).filter(([name]) => !/^(SLURM|SBATCH|SQUEUE|SINFO|SCANCEL|MUNGE)_/.test(name));
    this.environment = { ...Object.fromEntries(own), SLURM_CONF: this.at('slurm.conf') };
  }

  /** Starts the daemons, and returns when the node takes jobs. What was started is to be stopped also when this throws. */
  async start(): Promise<void> {
    this.sweeper = spawn('/bin/sh', ['-c', sweep, 'sh', this.path], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    const [controllerPort, nodePort] = await freePorts(2);
    // Munge runs as a user of its own, and everybody has to reach its socket.
    chmodSync(this.path, 0o755);
    for (const name of ['munge', 'state', 'spool', 'log']) mkdirSync(this.at(name), { mode: 0o755 });
    writeFileSync(this.at('munge', 'key'), randomBytes(1024), { mode: 0o600 });
    await call('chown', ['-R', 'munge:', this.at('munge')]);
    writeFileSync(this.at('slurm.conf'), this.configuration(controllerPort, nodePort));
    writeFileSync(this.at('cgroup.conf'), '');
    const munge = (name: string) => `--${name}-file=${this.at('munge', name)}`;
    this.daemon('munged', 'setpriv', [
      ...['--reuid=munge', '--regid=munge', '--clear-groups', '/usr/sbin/munged'],
      '--foreground',
      '--force',
      `--socket=${this.at('munge', 'socket')}`,
      ...['key', 'pid', 'log', 'seed'].map(munge),
    ]);
    await this.wait('munge has its socket', () => statSync(this.at('munge', 'socket'), { throwIfNoEntry: false }) !== undefined);
    this.daemon('slurmctld', '/usr/sbin/slurmctld', ['-D']);
    this.daemon('slurmd', '/usr/sbin/slurmd', ['-D']);
    await this.wait('the node is idle', async () =>
      /^idle$/m.test((await this.ask('sinfo', '--noheader', '--format', '%T')) ?? ''),
    );
  }

  /** Output of one of Slurm's commands. @throws {Error} with what it said when it refuses. */
  async run(program: string, ...args: string[]): Promise<string> {
    return (await call(program, args, { env: this.environment })).stdout;
  }

  /** What Slurm tells of a task of an array: `JobState`, `Restarts` and so on. */
  async task(job: string, index: number): Promise<Record<string, string>> {
    const text = await this.run('scontrol', 'show', 'job', `${job}_${index}`);
    return Object.fromEntries([...text.matchAll(/(\S+?)=(\S*)/g)].map(([, key, value]) => [key, value]));
  }

  /** Waits until no task of a job is waiting or running. */
  async finished(job: string, seconds: number): Promise<void> {
    let queue = '';
    const hasEnded = async () => {
      // By default it lists what waits, runs, or is just being put away.
      queue = await this.run('squeue', '--noheader', '--array', '--jobs', job, '--format', '%i %T %r');
      return queue === '';
    };
    await until(`job ${job} ends`, seconds, hasEnded, () => `${queue}\n${this.logs()}`);
  }

  /** Ends all jobs and daemons and takes the folder away. Never throws. */
  async stop(): Promise<void> {
    if (this.daemons.length === 3) {
      await this.ask('scancel', '--full', '--signal=KILL', '--user=root');
      await this.ask('scancel', '--user=root');
      try {
        await until('no job is left', 15, async () => (await this.ask('squeue', '--noheader')) === '');
      } catch {}
    }
    for (const { process: daemon, ended } of this.daemons.reverse()) {
      daemon.kill('SIGTERM');
      const late = setTimeout(() => daemon.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(late);
    }
    this.sweeper?.stdin?.end();
    await new Promise((resolve) => (this.sweeper ? this.sweeper.once('close', resolve) : resolve(undefined)));
  }

  private at(...names: string[]): string {
    return join(this.path, ...names);
  }

  private daemon(name: string, program: string, args: string[]): void {
    const output = openSync(this.at('log', `${name}.out`), 'w');
    const child = spawn(program, args, { env: this.environment, stdio: ['ignore', output, output] });
    closeSync(output);
    const ended = new Promise((resolve) => child.once('close', resolve).once('error', resolve));
    this.daemons.push({ name, process: child, ended });
  }

  private async wait(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
    const checked = () => {
      const gone = this.daemons.find(({ process: daemon }) => daemon.exitCode !== null || daemon.signalCode !== null);
      if (gone) throw new Error(`${gone.name} ended\n${this.logs()}`);
      return holds();
    };
    await until(what, 30, checked, () => this.logs());
  }

  /** Like `run`, and undefined when it refuses. */
  private async ask(program: string, ...args: string[]): Promise<string | undefined> {
    try {
      return await this.run(program, ...args);
    } catch {
      return undefined;
    }
  }

  private logs(): string {
    const tail = (name: string) => readFileSync(this.at('log', name), 'utf8').trimEnd().split('\n').slice(-25).join('\n');
    return readdirSync(this.at('log'))
      .map((name) => `--- ${name}\n${tail(name)}`)
      .join('\n');
  }

  private configuration(controllerPort: number, nodePort: number): string {
    const lines = {
      ClusterName: 'upslope',
      SlurmctldHost: `${node}(127.0.0.1)`,
      SlurmctldPort: controllerPort,
      SlurmdPort: nodePort,
      SlurmUser: 'root',
      AuthType: 'auth/munge',
      CredType: 'cred/munge',
      // A task that is put back waits until credentials of its first start have run out.
      AuthInfo: `socket=${this.at('munge', 'socket')},cred_expire=5`,
      StateSaveLocation: this.at('state'),
      SlurmdSpoolDir: this.at('spool'),
      SlurmctldPidFile: this.at('slurmctld.pid'),
      SlurmdPidFile: this.at('slurmd.pid'),
      SlurmctldLogFile: this.at('log', 'slurmctld'),
      SlurmdLogFile: this.at('log', 'slurmd'),
      ProctrackType: 'proctrack/linuxproc',
      TaskPlugin: 'task/none',
      JobAcctGatherType: 'jobacct_gather/none',
      AccountingStorageType: 'accounting_storage/none',
      SwitchType: 'switch/none',
      MpiDefault: 'none',
      ReturnToService: 2,
      SelectType: 'select/cons_tres',
      SelectTypeParameters: 'CR_CPU',
      // The machine may have fewer processors and less memory than the node says.
      SlurmdParameters: 'config_overrides',
      NodeName: `${node} NodeAddr=127.0.0.1 CPUs=8 RealMemory=64000`,
      PartitionName: `${partition} Nodes=${node} Default=YES State=UP`,
    };
    return `${Object.entries(lines)
      .map(([key, value]) => `${key}=${value}`)
      .join('\n')}\n`;
  }
}

/** Ports that nobody listens on. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
