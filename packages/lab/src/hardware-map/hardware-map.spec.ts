// Hardware maps: twister's own, and what is wrong with others.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WherryError } from '@wherry/graph';
import { redisPackages } from '../redis/redis-modules.js';
import { boardNamed, parseHardwareMap } from './hardware-map.js';
import { hardwareMapSchema } from './hardware-map-schema.js';

const generated = `# as twister writes it
- connected: true
  id: 000683759358
  platform: nrf52840
  product: J-Link
  runner: nrfjprog
  serial: /dev/ttyACM0
  baud: 115200
- connected: false
  id: "000683759359"
  platform: nrf52840
  product: unknown
  runner: unknown
  serial: null
`;

it('is what twister writes, with serial numbers as they are', () => {
  expect(parseHardwareMap(generated, 'map.yaml').boards).toEqual([
    {
      ...{ id: '000683759358', platform: 'nrf52840', connected: true, serial: '/dev/ttyACM0', baud: 115200 },
      runner: 'nrfjprog',
    },
    { id: '000683759359', platform: 'nrf52840', connected: false, serial: null, runner: 'unknown' },
  ]);
});

it('is JSON as well', () => {
  const boards = [
    { id: 'a', platform: 'esp32', connected: true, serial: 'emulated', fixtures: ['loop'], notes: 'left' },
  ];
  expect(parseHardwareMap(JSON.stringify(boards), 'map.json').boards).toEqual([
    { id: 'a', platform: 'esp32', connected: true, serial: 'emulated' },
  ]);
});

const board = (more: object): string =>
  JSON.stringify([{ id: 'a', platform: 'esp32', connected: true, serial: 'emulated', ...more }]);
const two = (first: object, second: object): string => `[${board(first).slice(1, -1)}, ${board(second).slice(1)}`;

it.each([
  ['nothing', '', /the map must be array/],
  ['no list', '{"id": "a"}', /the map must be array/],
  ['no board', '[]', /must NOT have fewer than 1 items/],
  ['a board of text', '["a"]', /board 1 must be object, and it is "a"/],
  ['broken YAML', '- [', /neither YAML nor JSON/],
  ['an anchor', '- &a {id: x}\n- *a', /neither YAML nor JSON/],
  ['a tag', '- !!js/function "x"', /neither YAML nor JSON/],
  ['a key twice', '- id: a\n  id: b', /unique/],
  ['a key misspelt', board({ plattform: 'x' }), /board 1 \(a\) has a key "plattform"[^]*did you mean "platform"/],
  ['a key of twister that is not followed', board({ post_script: 'x' }), /post_script, which is not done here/],
  ['no id', '[{"platform": "esp32", "connected": true}]', /board 1 lacks id/],
  ['an id that is a path', board({ id: '../a' }), /id of board 1 \(..\/a\) must match pattern/],
  ['an id for a key of Redis', board({ id: 'a:b' }), /must match pattern/],
  ['connected in words', board({ connected: 'yes' }), /connected of board 1 \(a\) must be boolean, and it is "yes"/],
  ['a speed in words', board({ baud: 'fast' }), /baud of board 1 \(a\) must be integer/],
  ['connected to nowhere', board({ serial: null }), /the board a is connected, and has no serial/],
  ['at any port', board({ serial: 'auto' }), /has the serial auto/],
  ['two of one name', two({}, {}), /two boards are called a/],
  ['two at one port', two({ serial: '/dev/x' }, { id: 'b', serial: '/dev/x' }), /two connected boards are at \/dev\/x/],
  ['a prototype', '- __proto__: {x: 1}\n  id: a\n  platform: b\n  connected: false', /has a key "__proto__"/],
])('refuses %s', (_, text, says) => {
  expect(() => parseHardwareMap(text, 'map.yaml')).toThrow(WherryError);
  expect(() => parseHardwareMap(text, 'map.yaml')).toThrow(says);
});

it('lets boards share an emulator, and a port where only one is connected', () => {
  const maps = [two({}, { id: 'b' }), two({ serial: '/dev/x' }, { id: 'b', serial: '/dev/x', connected: false })];
  for (const map of maps) expect(parseHardwareMap(map, 'map.json').boards).toHaveLength(2);
});

it('gives a board by its name, and none that is not connected', () => {
  const map = parseHardwareMap(generated, 'map.yaml');
  expect(boardNamed(map, '000683759358').serial).toBe('/dev/ttyACM0');
  expect(() => boardNamed(map, '000683759359')).toThrow(/is not connected/);
  expect(() => boardNamed(map, '000683759358x')).toThrow(/did you mean 000683759358/);
  expect(() => boardNamed(map, 'x')).toThrow(/name one that is connected: 000683759358/);
});

it('is published as it is', () => {
  const path = join(import.meta.dirname, '../../../../docs/schema/hardware-map.schema.json');
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(hardwareMapSchema);
});

it('is what the guide shows', () => {
  const guide = readFileSync(join(import.meta.dirname, '../../../../docs/lab.md'), 'utf8');
  const [, yaml] = /```yaml\n([^`]*)```/.exec(guide)!;
  expect(parseHardwareMap(yaml!, 'lab.yaml').boards.map(({ id }) => id)).toEqual(['000683759358', 'emulated-f4']);
  expect(guide).toContain(`npm install --save-exact ${redisPackages.join(' ')}\n`);
});
