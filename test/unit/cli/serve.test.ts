import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { readCheckpoint } from '../../../src/cli/checkpoint.ts';
import { nodeFiles } from '../../../src/cli/files.ts';
import { main } from '../../../src/cli/main.ts';
import { call, finishedFiles, type TestIo, testIo, Workplace } from './test-io.ts';

let place: Workplace;
const ends: (() => Promise<number>)[] = [];

beforeAll(async () => {
  place = new Workplace();
  mkdirSync(place.at('page/assets'), { recursive: true });
  writeFileSync(place.at('page/index.html'), '<!doctype html><title>Upslope</title>');
  writeFileSync(place.at('page/assets/a b.js'), 'export {};');
  writeFileSync(place.at('page/assets/x.wasm'), new Uint8Array([0]));
  writeFileSync(place.at('secret.txt'), 'secret');
  symlinkSync(place.at('secret.txt'), place.at('page/link.txt'));
  const made = await call(['run', place.scene, '--seed', '7', '--ticks', '20', '--out', place.at('done')]);
  expect(made.status, made.err).toBe(0);
  const stopping: TestIo = testIo({ breathe: async () => stopping.stop('SIGINT') });
  const cut = ['run', place.scene, '--seed', '7', '--ticks', '200', '--every', '10', '--out', place.at('cut')];
  expect(await main(cut, stopping), stopping.text.err).toBe(130);
});
afterEach(async () => {
  for (const end of ends.splice(0)) expect(await end()).toBe(0);
});
afterAll(() => place.remove());

/** Starts the server and waits for its address. */
async function start(...args: string[]): Promise<{ io: TestIo; address: string; port: number }> {
  let told: (text: string) => void = () => {};
  const address = new Promise<string>((resolve) => {
    told = resolve;
  });
  const io: TestIo = testIo({ page: place.at('page'), out: (text) => told(text) });
  const status = main(['serve', ...args, '--port', String(await freePort())], io);
  ends.push(async () => {
    io.stop('SIGINT');
    return status;
  });
  const text = await Promise.race([address, status.then(() => io.text.err)]);
  const [, url, port] = / at (http:\/\/localhost:(\d+)\/\S*)/.exec(text) ?? [];
  expect(url, text).toBeDefined();
  return { io, address: url, port: Number(port) };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Asks for a path as it is: clients such as fetch would resolve its dots. */
function ask(port: number, path: string, { method = 'GET', host = `localhost:${port}` } = {}) {
  return new Promise<{ status: number; type: string; policy: string; body: Buffer }>((resolve, reject) => {
    const asked = request({ host: 'localhost', port, path, method, headers: { host } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const { headers, statusCode = 0 } = answer;
        const policy = String(headers['content-security-policy']);
        resolve({ status: statusCode, type: String(headers['content-type']), policy, body: Buffer.concat(chunks) });
      });
    });
    asked.on('error', reject);
    asked.end();
  });
}

test('the page is served with its types, and nothing outside its folder', async () => {
  const { port, address } = await start();
  expect(address).toBe(`http://localhost:${port}/`);
  expect(await ask(port, '/')).toMatchObject({ status: 200, type: 'text/html; charset=utf-8' });
  expect((await ask(port, '/?a=b')).policy).toContain("default-src 'none'");
  expect(await ask(port, '/assets/a%20b.js')).toMatchObject({ status: 200, type: 'text/javascript; charset=utf-8' });
  expect(await ask(port, '/assets/x.wasm')).toMatchObject({ status: 200, type: 'application/wasm' });
  expect((await ask(port, '/assets/x.wasm', { method: 'HEAD' })).body.length).toBe(0);
  const outside = ['/../secret.txt', '/%2e%2e/secret.txt', '/assets/..%2f../secret.txt', '/..%5csecret.txt', '//secret.txt'];
  for (const path of [...outside, '/link.txt', '/assets', '/assets/', '/%', '/%00', 'secret.txt', '/served-run/index']) {
    const { status, body } = await ask(port, path);
    expect([400, 404], path).toContain(status);
    expect(body.toString(), path).not.toBe('secret');
  }
  expect((await ask(port, '/', { method: 'POST' })).status).toBe(405);
  expect((await ask(port, '/', { host: 'elsewhere.example' })).status).toBe(403);
});

test('a finished run: what it comes from, and the files of its folder', async () => {
  const { port, address } = await start(place.at('done'));
  expect(address).toBe(`http://localhost:${port}/#served-run`);
  const { body, type } = await ask(port, '/served-run/index');
  expect(type).toBe('application/json; charset=utf-8');
  expect(JSON.parse(body.toString())).toEqual({ name: place.at('done'), from: 'provenance' });
  for (const name of finishedFiles) {
    expect((await ask(port, `/served-run/files/${name}`)).body.equals(place.read('done', name)), name).toBe(true);
  }
  for (const path of [
    '/served-run/files/../small.json',
    '/served-run/files/%2e%2e/small.json',
    '/served-run/',
    '/served-run/files/',
  ]) {
    expect((await ask(port, path)).status, path).toBe(404);
  }
});

test('an unfinished run: the state of its checkpoint', async () => {
  const { port } = await start(place.at('cut'));
  expect(JSON.parse((await ask(port, '/served-run/index')).body.toString())).toMatchObject({ from: 'checkpoint' });
  const { snapshot } = readCheckpoint(nodeFiles, place.at('cut/checkpoint.upslope'));
  expect((await ask(port, '/served-run/state')).body.equals(snapshot)).toBe(true);
});

test('the state of a branch, which nothing else makes again', async () => {
  const made = await call(['run', place.scene, '--seed', '8', '--ticks', '5', '--out', place.at('branch')]);
  expect(made.status, made.err).toBe(0);
  writeFileSync(place.at('branch/branch.upslope'), 'state');
  const { port } = await start(place.at('branch'));
  expect(JSON.parse((await ask(port, '/served-run/index')).body.toString())).toMatchObject({ from: 'branch' });
  expect((await ask(port, '/served-run/state')).body.toString()).toBe('state');
});

test('what cannot be served is one line and status 2', async () => {
  const page = place.at('page');
  const refused = async (args: string[], text: string, changes = {}) => {
    const { status, out, err } = await call(['serve', ...args], testIo({ page, ...changes }));
    expect({ status, out }, err).toEqual({ status: 2, out: '' });
    expect(err).toMatch(/^upslope: [^\n]+\n$/);
    expect(err).toContain(text);
  };
  await refused([page], 'is not the folder of a run: it has no provenance.json and no checkpoint.upslope');
  await refused([place.at('missing')], 'is not the folder of a run');
  await refused([place.at('small.json')], 'a part of the path is not a directory');
  mkdirSync(place.at('bad'));
  writeFileSync(place.at('bad/provenance.json'), '{}');
  await refused([place.at('bad')], 'provenance.json');
  mkdirSync(place.at('worse'));
  writeFileSync(place.at('worse/checkpoint.upslope'), 'x');
  await refused([place.at('worse')], 'is damaged');
  await refused([], 'the page is not built', { page: place.at('nothing') });
  await refused(['--port', '0'], 'give a whole number from 1 to 65535');
  const { port } = await start();
  await refused(['--port', String(port)], `cannot serve on port ${port}: it is taken; choose another with --port`);
});
