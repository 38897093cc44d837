// Asks the page's own worker for the hash of a run and reports it to the server that this page came from.
import { proxy } from 'comlink';
import meadow from '../../../scenes/meadow.json';
import { connect } from '../../../src/worker/connect.ts';

const report = (text: string) => fetch('report', { method: 'POST', body: text });

async function run(): Promise<string> {
  const query = new URLSearchParams(location.search);
  const { worker } = connect({ stopped: (text) => void report(`error: ${text}`), silent: () => {}, answers: () => {} });
  await worker.run.load({ scene: meadow, file: 'scenes/meadow.json', seed: query.get('seed') ?? '7', changes: [] });
  await worker.transport.runTo(
    Number(query.get('tick') ?? 2000),
    proxy(() => {}),
  );
  return worker.run.hash();
}

run().then(report, (error: unknown) => report(`error: ${error}`));
