import { call, testIo } from '../../unit/cli/test-io.ts';
import { accepted, Fault, faultOfMessage, type Verdict } from '../cases/verdict.ts';

/**
 * Calls the command line in this process.
 * @returns refused where it ends with status 2, and for `validate` also with status 1
 * @throws {Fault} where what it prints is not what a refusal looks like
 */
export async function callUpslope(args: readonly string[]): Promise<Verdict> {
  const { status, out, err } = await call(args, testIo());
  if (status === 0) return accepted;
  if (args[0] === 'validate' && (status === 1 || status === 2)) {
    const lines = `${out}${err}`.split('\n').filter((line) => line !== '' && !line.includes(': valid '));
    const problem = lines.map((line) => faultOfMessage(line)).find((found) => found !== undefined);
    if (problem) throw new Fault(`validate ${problem}`);
    if (lines.length === 0) throw new Fault(`validate ends with status ${status} without a word`);
    return { refused: lines[0] };
  }
  // A file that says something else than was run is replayed, and the difference found.
  const differs =
    args[0] === 'replay' && status === 1
      ? err.split('\n').find((line) => line.startsWith('upslope: the replay differs: '))
      : undefined;
  if (differs !== undefined) return { refused: differs };
  if (status !== 2) throw new Fault(`${args[0]} ends with status ${status}: ${err.slice(-300)}`);
  const lines = err.split('\n').filter((line) => line.startsWith('upslope: '));
  if (lines.length !== 1 || !err.endsWith(`${lines[0]}\n`))
    throw new Fault(`${args[0]} refuses without one last line: ${JSON.stringify(err.slice(-400))}`);
  return { refused: lines[0] };
}
