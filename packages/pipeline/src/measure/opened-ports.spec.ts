// Ports of a measurement that is called off while they are opened.
import { createServer, type Server, type Socket } from 'node:net';
import type { Port } from '@wherry/serial-profiler';
import { noProgress } from '../progress.js';
import { smallInt8 } from '../testing/small-int8.js';
import { measureThere } from './measure-there.js';
import { OpenedPorts } from './opened-ports.js';

function port(): { readonly port: Port; readonly isOpen: () => boolean } {
  let open = true;
  const nothing = (): void => undefined;
  const close = (): void => void (open = false);
  return { port: { name: 'p', listen: nothing, write: nothing, waiting: () => 0, close }, isOpen: () => open };
}

it('closes those that are open, and those that open later', async () => {
  const stop = new AbortController();
  const ports = new OpenedPorts(stop.signal);
  const [early, late] = [port(), port()];
  await ports.keep(Promise.resolve(early.port));
  const opening = ports.keep(new Promise((resolve) => setTimeout(() => resolve(late.port), 20)));
  expect([early.isOpen(), late.isOpen()]).toEqual([true, true]);
  stop.abort(new Error('called off'));
  expect([early.isOpen(), late.isOpen()]).toEqual([false, true]);
  await expect(opening).rejects.toThrow('called off');
  expect(late.isOpen()).toBe(false);
});

/** Takes connections and says nothing. */
async function silentServer(): Promise<{ server: Server; at: string; connected: Promise<Socket> }> {
  const server = createServer();
  const connected = new Promise<Socket>((resolve) => server.once('connection', resolve));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, at: `127.0.0.1:${(server.address() as { port: number }).port}`, connected };
}

it('hears that it is called off while a server is waited for, and leaves no connection', async () => {
  const { server, at, connected } = await silentServer();
  const stop = new AbortController();
  const graph = smallInt8();
  const model = { path: 'm', fileName: 'm', sha256: 'ab'.repeat(32), graph, layers: [], profile: undefined };
  const target = { profile: { id: 'host-reference' }, library: { targets: new Map() } } as never;
  const request = { model: 'm', emulate: false, port: `rfc2217://${at}` };
  const job = { model: { ...model, foretold: undefined }, inputs: { feeds: [], real: [], said: '', warnings: [] } };
  const measuring = measureThere(request, job, target, { signal: stop.signal }, noProgress);
  const socket = await connected;
  const closed = new Promise((resolve) => socket.resume().once('close', resolve));
  const since = performance.now();
  stop.abort(new Error('called off'));
  await expect(measuring).rejects.toThrow('called off');
  await closed;
  expect(performance.now() - since).toBeLessThan(2000);
  server.close();
});
