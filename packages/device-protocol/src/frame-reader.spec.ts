// The reader: frames among anything, in any pieces; 100 MB without an end in bounded memory, fast.
import { encodeFrame, longestStuffed, type Frame } from './frame.js';
import { FrameReader } from './frame-reader.js';
import { randomBytes, randomNumbers } from './testing/random-bytes.js';

const frameOf = (request: number): Frame => ({
  version: 1,
  type: 1,
  request,
  offset: 0,
  length: 0,
  body: Uint8Array.of(request & 255, 0, 5),
});

function collector(): { reader: FrameReader; frames: Frame[]; others: string[] } {
  const frames: Frame[] = [];
  const others: string[] = [];
  const reader = new FrameReader({
    frame: (frame) => frames.push(frame),
    other: (bytes) => others.push(Buffer.from(bytes).toString('latin1')),
  });
  return { reader, frames, others };
}

it('finds frames among boot logs, however the bytes are cut', () => {
  const random = randomNumbers(3);
  const log = Buffer.from('ets Jul 29 2019 12:21:46\r\nrst:0x1\r\n');
  const stream = Buffer.concat([log, encodeFrame(frameOf(1)), encodeFrame(frameOf(2)), log, encodeFrame(frameOf(3))]);
  for (let round = 0; round < 500; round++) {
    const { reader, frames, others } = collector();
    for (let at = 0; at < stream.length;) {
      const length = 1 + random(20);
      reader.push(stream.subarray(at, (at += length)));
    }
    expect(frames).toEqual([1, 2, 3].map(frameOf));
    expect(others.join('|')).toBe(`${log.toString()}|${log.toString()}`);
  }
});

it('finds the next frame after one that was cut short', () => {
  const { reader, frames } = collector();
  reader.push(encodeFrame(frameOf(1)).subarray(0, 9));
  reader.push(encodeFrame(frameOf(2)));
  expect(frames).toEqual([frameOf(2)]);
});

it('shows on demand what has no end yet', () => {
  const { reader, frames, others } = collector();
  reader.push(Buffer.from('waiting for download'));
  expect(others).toEqual([]);
  reader.flush();
  reader.flush();
  expect(others).toEqual(['waiting for download']);
  reader.push(encodeFrame(frameOf(4)));
  expect(frames).toEqual([frameOf(4)]);
});

it('lets nothing of a frame that is too long into the next', () => {
  const { reader, frames, others } = collector();
  reader.push(new Uint8Array(longestStuffed + 1).fill(65));
  reader.push(encodeFrame(frameOf(5)));
  expect(frames).toEqual([frameOf(5)]);
  expect(others.join('')).toHaveLength(longestStuffed + 1);
});

it.each([
  ['without a zero', 50, 1],
  ['with zeros by chance', 10, 0],
])('takes 100 MB of garbage %s at %s MB/s or more, in bounded memory', (_, speed, least) => {
  const chunk = randomBytes(randomNumbers(4), 1 << 16, 256 - least).map((byte) => byte + least);
  const total = 100 * 2 ** 20;
  let seen = 0;
  const frames: Frame[] = [];
  const reader = new FrameReader({ frame: (frame) => frames.push(frame), other: ({ length }) => (seen += length) });
  const zeros = chunk.filter((byte) => byte === 0).length;
  const before = process.memoryUsage().rss;
  // Of the processor: others may use the machine.
  const start = process.cpuUsage();
  for (let at = 0; at < total; at += chunk.length) reader.push(chunk);
  const seconds = process.cpuUsage(start).user / 1e6;
  reader.flush();
  expect(frames).toEqual([]);
  expect(seen).toBe(total - (zeros * total) / chunk.length);
  expect(process.memoryUsage().rss - before).toBeLessThan(100 * 2 ** 20);
  expect(total / 2 ** 20 / seconds).toBeGreaterThan(speed);
});

it('survives a million damaged frames, and hands out none of them changed', () => {
  const random = randomNumbers(5);
  const rounds = process.env['WHERRY_FAULTS'] === 'long' ? 1_000_000 : 30_000;
  const sent = Array.from({ length: 256 }, (_, request) => frameOf(request));
  const lines = sent.map(encodeFrame);
  let received = 0;
  let wrong = 0;
  const reader = new FrameReader({
    frame: (frame) => {
      received++;
      const { body, ...rest } = sent[frame.request] ?? sent[0]!;
      const same =
        Buffer.compare(frame.body, body) === 0 && Object.entries(rest).every(([k, v]) => frame[k as 'type'] === v);
      if (!same) wrong++;
    },
    other: () => undefined,
  });
  for (let round = 0; round < rounds; round++) {
    const line = Buffer.from(lines[random(256)]!);
    const damages = 1 + random(4);
    for (let i = 0; i < damages; i++) line[random(line.length)]! ^= 1 << random(8);
    reader.push(random(8) === 0 ? line.subarray(0, random(line.length)) : line);
  }
  expect(wrong).toBe(0);
  // Damaged delimiters leave some whole: the count shows that the reader was alive.
  expect(received).toBeGreaterThan(0);
  expect(received).toBeLessThan(rounds / 2);
}, 600_000);
