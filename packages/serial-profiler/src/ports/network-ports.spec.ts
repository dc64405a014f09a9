// Ports behind a network: bytes as they are over TCP, and a serial port with its speed and lines over RFC 2217.
import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { Port } from '../port.js';
import type { Line } from '../testing/device-behind.js';
import { lineSuite } from '../testing/line-suite.js';
import { refusalOf } from '../testing/refusal-of.js';
import { sharePort, type ServerFaults } from '../testing/rfc2217-server.js';
import { openPort } from './open-port.js';
import { openRfc2217Port } from './rfc2217-port.js';
import { openTcpPort } from './tcp-port.js';

const local = '127.0.0.1';

/** A port of the server's side of a connection. */
function portOf(socket: Socket): Port {
  return {
    name: 'server',
    listen: (events) => {
      socket.on('data', (bytes) => events.data(bytes));
      socket.on('close', () => events.closed('the client left'));
    },
    write: (bytes) => void socket.write(bytes.slice()),
    waiting: () => 0,
    close: () => void socket.destroy(),
  };
}

async function tcpLine(): Promise<Line> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, local, resolve));
  const { port } = server.address() as AddressInfo;
  const accepted = new Promise<Socket>((resolve) => server.once('connection', resolve));
  const host = await openPort(`tcp://${local}:${port}`, 115_200);
  const socket = await accepted;
  return {
    host,
    device: portOf(socket.on('error', () => undefined)),
    cut: () => {
      socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

lineSuite('TCP', tcpLine);

lineSuite('RFC 2217', async () => {
  const shared = await sharePort();
  const host = await openPort(`rfc2217://${local}:${shared.port}`, 115_200);
  return { host, device: shared.line, cut: () => shared.end() };
});

describe('TCP', () => {
  it('refuses what does not listen, does not answer or does not exist', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, local, resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    for (const scheme of ['tcp', 'rfc2217'])
      expect(await refusalOf(openPort(`${scheme}://${local}:${port}`, 115_200))).toMatch(
        new RegExp(
          `^PORT_FAILED: .* nothing listens there \\(ECONNREFUSED\\)\n {2}at {4}${scheme}://${local}:${port}\n`,
        ),
      );
    expect(await refusalOf(openPort('tcp://host.invalid:1', 115_200))).toMatch(
      /^PORT_FAILED: .*host.*looked up|no host/,
    );
    // Of the addresses for documentation (RFC 5737): nothing answers, or the network says so at once.
    expect(await refusalOf(openTcpPort({ host: '192.0.2.1', port: 9 }, { withinMs: 200 }))).toMatch(/^PORT_FAILED: /);
  });
});

describe('RFC 2217', () => {
  it('sets speed and format, and drives the control lines', async () => {
    const shared = await sharePort();
    const port = await openRfc2217Port({ host: local, port: shared.port }, 115_200);
    expect(port.name).toBe(`rfc2217://${local}:${shared.port}`);
    expect(shared.commands).toEqual(['1 0,1,194,0', '2 8', '3 1', '4 1', '5 1']);
    expect(await port.signals!.set({ dtr: false, rts: true })).toBe(true);
    expect(shared.commands.slice(5)).toEqual(['5 9', '5 11']);
    await port.signals!.set({ dtr: true, rts: false });
    expect(shared.commands.slice(7)).toEqual(['5 8', '5 12']);
    // 255 in a speed stands twice.
    await port.signals!.setBaud(0xffff);
    expect(shared.commands.at(-1)).toBe('1 0,0,255,255');
    port.close();
    await shared.end();
  });

  it('says that there are no control lines where the server says nothing to them', async () => {
    const shared = await sharePort({ noLines: true });
    const port = await openRfc2217Port({ host: local, port: shared.port }, 115_200);
    expect(await port.signals!.set({ dtr: true, rts: true })).toBe(false);
    await port.signals!.setBaud(9600);
    port.close();
    await shared.end();
  });

  it('waits while the server asks it to', async () => {
    const shared = await sharePort();
    const port = await openRfc2217Port({ host: local, port: shared.port }, 115_200);
    const heard: number[] = [];
    shared.line.listen({ data: (bytes) => heard.push(...bytes), closed: () => undefined });
    const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 100));
    shared.send([255, 250, 44, 108, 255, 240]);
    await pause();
    port.write(Uint8Array.of(1, 255, 2));
    expect(port.waiting()).toBe(4);
    await pause();
    expect(heard).toEqual([]);
    shared.send([255, 250, 44, 109, 255, 240]);
    await pause();
    expect(heard).toEqual([1, 255, 2]);
    expect(port.waiting()).toBe(0);
    port.close();
    await shared.end();
  });

  it.each<[string, ServerFaults, RegExp]>([
    ['one that does not share a port', { refuses: [44] }, /^PORT_NOT_SHARED: .*: the server refused option 44\n/],
    ['one that changes bytes', { refuses: [0] }, /^PORT_NOT_SHARED: .*: the server refused option 0\n/],
    ['one that is silent', { silent: true }, /^PORT_NOT_SHARED: .*: the server did not agree to it in 0\.3 s\n/],
    ['another speed', { onlyBaud: 9600 }, /^PORT_SPEED: .* at 115200 bits a second: the server set 9600\n/],
  ])('refuses %s', async (_, faults, words) => {
    const shared = await sharePort(faults);
    expect(await refusalOf(openRfc2217Port({ host: local, port: shared.port }, 115_200, { withinMs: 300 }))).toMatch(
      words,
    );
    await shared.end();
  });

  it('refuses a server that leaves', async () => {
    const shared = await sharePort({ silent: true });
    const opening = refusalOf(openRfc2217Port({ host: local, port: shared.port }, 115_200));
    await new Promise((resolve) => setTimeout(resolve, 100));
    await shared.end();
    expect(await opening).toMatch(/^PORT_NOT_SHARED: .*: the server closed the connection\n/);
  });
});
