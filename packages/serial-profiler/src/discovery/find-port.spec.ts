// Which port is taken for a device, and what is said where it is not one.
import type { SerialLink } from '@wherry/profiles';
import { portDiagnostics } from '../ports/diagnostics.js';
import { WherryError } from '@wherry/graph';
import type { DeviceFaults } from '../simulation/device-faults.js';
import { referenceModel } from '../simulation/reference-model.js';
import { simulatedPort, type SimulatedPort } from '../simulation/simulated-line.js';
import { VirtualTime } from '../simulation/virtual-time.js';
import { Session } from '../session/session.js';
import { refusalOf } from '../testing/refusal-of.js';
import { smallInput, smallNetwork } from '../testing/small-network.js';
import { findPort } from './find-port.js';
import type { ListedPort } from './listed-port.js';

const bridge = { vendorId: '10c4', productId: 'ea60' };
const native = { vendorId: '303a', productId: '1001' };
const serial: SerialLink = {
  baud: 115_200,
  usb: [
    { ...bridge, what: 'bridge' },
    { ...native, what: 'own USB' },
  ],
  reset: 'none',
};
const model = referenceModel(smallNetwork());

interface Behind extends DeviceFaults {
  readonly busy?: boolean;
  readonly suspect?: string;
}

/** Each port with the device behind it; all answer as of `host-reference` but where it says otherwise. */
function search(
  ports: readonly (Omit<ListedPort, 'product'> & { readonly product?: string; readonly device?: Behind })[],
) {
  const time = new VirtualTime();
  const opened = new Map<string, SimulatedPort>();
  const open = async (path: string, baud: number): Promise<SimulatedPort> => {
    expect(baud).toBe(115_200);
    const { busy, suspect = null, ...device } = ports.find((one) => one.path === path)!.device ?? {};
    if (busy === true) throw new WherryError(portDiagnostics.PORT_BUSY, { what: 'screen has it', next: 'close it' });
    const port = { ...simulatedPort({ model, time, seed: 1, device }), name: path, suspect: () => suspect };
    opened.set(path, port);
    return port;
  };
  const list = async () => ports.map(({ device: _, product = '', ...one }) => ({ product, ...one }));
  let numbers = 0;
  const number = (): number => ++numbers;
  const find = (profile = { id: 'host-reference', serial }) =>
    time.run(findPort({ profile, list, open, time, number }));
  return { find, opened, time, number };
}

it('takes the only port with an id of the profile, and opens no other', async () => {
  const { find, opened } = search([
    { path: '/dev/ttyACM0', vendorId: '2341', productId: '0043' },
    { path: '/dev/ttyUSB0', ...bridge },
    // The ids of two lines belong together.
    { path: '/dev/ttyUSB1', vendorId: '10c4', productId: '1001' },
  ]);
  expect((await find()).name).toBe('/dev/ttyUSB0');
  expect([...opened.keys()]).toEqual(['/dev/ttyUSB0']);
});

it('asks several, and takes the one that answers as of the profile: a session goes on over it', async () => {
  const { find, opened, time, number } = search([
    { path: '/dev/ttyUSB0', ...bridge, device: { silentAfter: 0 } },
    { path: '/dev/ttyUSB1', ...bridge, device: { identity: { profile: 'esp8266' } } },
    { path: '/dev/ttyUSB2', ...bridge, device: { busy: true } },
    { path: '/dev/ttyACM0', ...native },
  ]);
  const port = await find();
  expect(port.name).toBe('/dev/ttyACM0');
  for (const path of ['/dev/ttyUSB0', '/dev/ttyUSB1']) {
    const { toDevice } = opened.get(path)!.traffic;
    opened.get(path)!.write(Uint8Array.of(1));
    expect(opened.get(path)!.traffic.toDevice).toBe(toDevice);
  }
  const expected = { model: model.hash, layout: model.layout, arenaBytes: 64 };
  const session = await time.run(Session.open({ port, time, number, expected }));
  expect(await time.run(session.infer([smallInput(1)]))).toEqual(model.run([smallInput(1)]).outputs);
});

it('names all that answer where several do, and leaves none of them open', async () => {
  const { find, opened } = search([
    { path: '/dev/ttyUSB0', ...bridge, product: 'CP2102N', device: { identity: { firmware: 'agent 7' } } },
    { path: '/dev/ttyACM0', ...native },
  ]);
  expect(await refusalOf(find())).toBe(
    `DEVICE_AMBIGUOUS: 2 devices answer as host-reference: /dev/ttyUSB0 10c4:ea60 "CP2102N": firmware agent 7, model ${model.hash.slice(0, 12)}…; ` +
      `/dev/ttyACM0 303a:1001: firmware simulated 1, model ${model.hash.slice(0, 12)}…\n  next  name the one that is meant, e.g. --port /dev/ttyUSB0`,
  );
  for (const port of opened.values()) {
    const { toDevice } = port.traffic;
    port.write(Uint8Array.of(1));
    expect(port.traffic.toDevice).toBe(toDevice);
  }
});

it('says of each why it was not taken', async () => {
  const { find } = search([
    { path: '/dev/ttyUSB0', ...bridge, device: { silentAfter: 0 } },
    { path: '/dev/ttyUSB1', ...bridge, device: { identity: { profile: 'esp8266' } } },
    { path: '/dev/ttyUSB2', ...bridge, device: { busy: true } },
    { path: '/dev/ttyUSB3', ...bridge, device: { version: 0 } },
    { path: '/dev/ttyUSB4', ...bridge, device: { silentAfter: 0, suspect: 'screen listens as well' } },
    { path: '/dev/ttyACM0', vendorId: '2341', productId: '0043', product: 'Uno' },
  ]);
  expect(await refusalOf(find())).toBe(
    'DEVICE_NOT_FOUND: no port is that of host-reference: none of 5 ports answers as one; seen: ' +
      '/dev/ttyUSB0 10c4:ea60: the device did not answer for 5 s; ' +
      '/dev/ttyUSB1 10c4:ea60: its firmware is of the profile esp8266; ' +
      '/dev/ttyUSB2 10c4:ea60: screen has it; ' +
      '/dev/ttyUSB3 10c4:ea60: the device speaks version 0 of the protocol, this tool version 1; ' +
      '/dev/ttyUSB4 10c4:ea60: the device did not answer for 5 s (screen listens as well); ' +
      '/dev/ttyACM0 2341:0043 "Uno": not opened\n' +
      '  next  plug the board in and flash the firmware with the agent; a board with another bridge is named by --port PATH',
  );
});

it('says what was seen where no port has an id of the profile', async () => {
  const { find } = search([{ path: '/dev/ttyACM0', vendorId: '2341', productId: '0043' }]);
  expect(await refusalOf(find())).toContain(
    'none has one of its USB ids: 10c4:ea60 (bridge), 303a:1001 (own USB); seen: /dev/ttyACM0 2341:0043: not opened\n',
  );
});

it('says that there is none, and that a profile names none', async () => {
  expect(await refusalOf(search([]).find())).toContain(
    'no USB port is there at all\n  next  plug the board in with a cable',
  );
  const { find } = search([{ path: '/dev/ttyACM0', ...native }]);
  expect(await refusalOf(find({ id: 'nrf5340' } as never))).toContain(
    'no port is that of nrf5340: its profile names no USB ids; seen: /dev/ttyACM0 303a:1001: not opened',
  );
});
