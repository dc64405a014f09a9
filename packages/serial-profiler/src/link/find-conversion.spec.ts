// Lines that take bytes for text: what they do is found from what arrives, and nothing is found where damage is by chance.
import { encodeReply } from '@wherry/device-protocol';
import { chanceOf } from '../simulation/chance.js';
import { damage, type LineFaults } from '../simulation/line-faults.js';
import { refusalOf } from '../testing/refusal-of.js';
import { simulatedSession } from '../testing/simulated-session.js';
import { smallInput } from '../testing/small-network.js';
import { findConversion } from './find-conversion.js';
import { LastBytes } from './last-bytes.js';

type Convert = (bytes: Uint8Array) => Uint8Array;

const each =
  (convert: (byte: number) => readonly number[]): Convert =>
  (bytes) =>
    Uint8Array.from(Array.from(bytes).flatMap(convert));
const lost = (...codes: readonly number[]): Convert => each((byte) => (codes.includes(byte) ? [] : [byte]));
const isOdd = (seven: number): boolean => seven.toString(2).replaceAll('0', '').length % 2 === 1;

const lines: readonly (readonly [string, Convert, string])[] = [
  [
    'line feeds with a return in front',
    each((byte) => (byte === 10 ? [13, 10] : [byte])),
    'a line feed (0x0a) arrives with',
  ],
  [
    'returns as line feeds',
    each((byte) => [byte === 13 ? 10 : byte]),
    'a carriage return (0x0d) arrives as a line feed',
  ],
  [
    'line feeds as returns',
    each((byte) => [byte === 10 ? 13 : byte]),
    'a line feed (0x0a) arrives as a carriage return',
  ],
  ['no returns', lost(13), 'carriage returns (0x0d) do not arrive'],
  ['flow control', lost(0x11, 0x13), 'the bytes of XON and XOFF (0x11, 0x13) do not arrive'],
  ['a terminal', lost(3, 4, 0x15, 0x1a, 0x1c, 0x7f), 'control codes that a terminal acts on'],
  ['seven bits', each((byte) => [byte & 0x7f]), 'the top bit of every byte is lost'],
  [
    'even parity',
    each((byte) => [(byte & 0x7f) | (isOdd(byte & 0x7f) ? 0x80 : 0)]),
    'the top bit of every byte is lost',
  ],
  [
    'odd parity',
    each((byte) => [(byte & 0x7f) | (isOdd(byte & 0x7f) ? 0 : 0x80)]),
    'the top bit of every byte is lost',
  ],
  [
    'Telnet',
    each((byte) => (byte === 255 ? [255, 255] : byte === 13 ? [13, 0] : [byte])),
    'a byte of 0xff arrives twice',
  ],
];

/** Works until the line has made it impossible; null where it never does. */
async function worked(converts: Convert, line: LineFaults, seed: number): Promise<string> {
  const { open, run } = simulatedSession({ converts, line, seed });
  return refusalOf(
    (async () => {
      const session = await open();
      for (let one = 1; one < 500; one++) await run(session.layers([smallInput(one)], () => undefined));
    })(),
  );
}

it.each(lines)('tells %s', async (_, converts, words) => {
  const refusal = await worked(converts, {}, 1);
  expect(refusal).toMatch(/^LINK_CONVERTS: in [\d.]+ s no frame arrived as it was sent: /);
  expect(refusal).toContain(words);
});

it('tells it on a line that damages bytes by chance as well', async () => {
  expect(await worked(lost(0x11, 0x13), { flipped: 0.003 }, 2)).toMatch(/^LINK_CONVERTS: .* XON and XOFF/);
});

it.each<LineFaults>([{ flipped: 0.4 }, { lost: 0.3 }, { doubled: 0.4 }, { swapped: 0.4 }, { flipped: 0.2, lost: 0.2 }])(
  'finds nothing where damage is by chance: %j',
  async (line) => {
    for (let seed = 1; seed <= 5; seed++)
      expect(await worked((bytes) => bytes, line, seed)).toMatch(/^(LINK_NOISY|DEVICE_SILENT): /);
  },
);

it.each<LineFaults>([{ lost: 0.02 }, { doubled: 0.02 }, { flipped: 0.01 }, { swapped: 0.02 }])(
  'finds nothing where some frames are damaged by chance, as most are whole: %j',
  (line) => {
    for (let seed = 1; seed <= 10; seed++) {
      const chance = chanceOf(seed);
      const frames = Array.from({ length: 150 }, (_, request) => {
        const bytes = Uint8Array.from({ length: 16 }, () => Math.floor(256 * chance()));
        return encodeReply('GET_TENSOR', request, { total: 16 }, { offset: 0, bytes });
      });
      expect(findConversion(damage(Buffer.concat(frames), line, chance))).toBeNull();
    }
  },
);

it('finds nothing in text, in noise and in nothing', () => {
  const chance = chanceOf(3);
  const noise = Uint8Array.from({ length: 8192 }, () => Math.floor(256 * chance()));
  const text = Buffer.from('sensor 4711\r\n\0'.repeat(500));
  for (const heard of [noise, noise.map((byte) => byte & 0x7f), text, new Uint8Array(), new Uint8Array(100)])
    expect(findConversion(heard)).toBeNull();
});

it('keeps the last bytes in their order', () => {
  const chance = chanceOf(4);
  const last = new LastBytes(16);
  let whole: number[] = [];
  for (let part = 0; part < 200; part++) {
    const bytes = Uint8Array.from({ length: Math.floor(40 * chance() ** 3) }, () => Math.floor(256 * chance()));
    last.take(bytes);
    whole = [...whole, ...bytes];
    expect([...last.all()]).toEqual(whole.slice(-16));
  }
});
