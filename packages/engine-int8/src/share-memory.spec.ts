// What is alive at the same time lies apart; what is not may lie together, and then takes no more than what is needed at once.
import { shareMemory, type Buffer } from './share-memory.js';
import { Random } from './testing/against-reference.js';

const buffer = (bytes: number, first: number, last: number): Buffer => ({ bytes, lifetime: { first, last } });

function collisions(buffers: readonly Buffer[]): string[] {
  const { offsets, bytes } = shareMemory(buffers);
  const found: string[] = [];
  buffers.forEach((a, i) => {
    if (offsets[i]! < 0 || offsets[i]! + a.bytes > bytes) found.push(`${i} is outside`);
    buffers.slice(i + 1).forEach((b, later) => {
      const j = i + 1 + later;
      const together = a.lifetime.first <= b.lifetime.last && b.lifetime.first <= a.lifetime.last;
      if (together && offsets[i]! < offsets[j]! + b.bytes && offsets[j]! < offsets[i]! + a.bytes)
        found.push(`${i} and ${j}`);
    });
  });
  return found;
}

it('keeps apart what is alive together, ends of lifetimes included', () => {
  const random = new Random(19);
  for (let round = 0; round < 200; round++) {
    const buffers = Array.from({ length: random.integer(1, 40) }, () => {
      const first = random.integer(-1, 20);
      return buffer(64 * random.integer(1, 9), first, first + random.integer(0, 6));
    });
    expect(collisions(buffers)).toEqual([]);
  }
});

it('takes a chain of layers no more memory than its two largest neighbours', () => {
  const chain = [100, 400, 300, 500, 200, 50].map((bytes, position) => buffer(bytes, position, position + 1));
  expect(shareMemory(chain).bytes).toBe(800);
});

it('fills a gap between two that stay', () => {
  const buffers = [buffer(100, 0, 9), buffer(90, 0, 3), buffer(80, 0, 9), buffer(60, 4, 9)];
  const { offsets, bytes } = shareMemory(buffers);
  expect(bytes).toBe(270);
  expect(offsets[3]).toBe(100);
});
