// The picture of the arena over time, at the sizes at which a picture goes wrong.
import { memoryPictureLines, weightLines } from './memory-picture.js';
import type { KnownReport } from './report.js';

interface Layer {
  readonly layer: string;
  readonly liveBytes: number;
  readonly weightBytes?: number;
}

function reportOf(layers: readonly Layer[], activationRoom: number): KnownReport {
  const buffers = Array.from({ length: 9 }, (_, i) => ({
    bytes: 100 - i,
    tensor: i === 0 ? null : { name: `t${i}`, shape: [1, i], dtype: 'int8' },
    from: i === 1 ? null : i === 2 ? 'before' : 'peak layer',
    until: i === 3 ? null : i === 2 ? 'peak layer' : 'later',
  }));
  const memory = {
    activationRoom,
    lowerBound: 10,
    ram: { used: 1, available: 2 },
    estimate: { usedBytes: 1, leastArenaBytes: 1, activationBytes: 12 },
    peak: { layer: 'peak layer', operator: 'ADD', liveBytes: 1000, buffers },
  };
  return { layers: layers.map((each) => ({ weightBytes: 0, ...each })), memory } as unknown as KnownReport;
}

const pictureOf = (layers: readonly Layer[], room: number): readonly string[] =>
  memoryPictureLines(reportOf(layers, room), (text) => text);
const bars = (lines: readonly string[]): readonly string[] =>
  lines.filter((line) => / {2}[#!]*( {2}the most)?$/.test(line)).map((line) => line.trim().replace(/ +/g, ' '));

it('draws a bar for each layer, and marks what there is no room for', () => {
  const layers = [
    { layer: 'small', liveBytes: 1 },
    { layer: 'none', liveBytes: 0 },
    { layer: 'just', liveBytes: 500 },
    { layer: 'over', liveBytes: 501 },
    { layer: 'most', liveBytes: 1000 },
  ];
  const lines = pictureOf(layers, 500);
  expect(bars(lines)).toEqual([
    'small 1 #',
    'none 0',
    `just 500 ${'#'.repeat(20)}`,
    `over 501 ${'#'.repeat(19)}!`,
    `most 1,000 ${'#'.repeat(20)}${'!'.repeat(20)} the most`,
  ]);
  expect(lines[0]).toMatch(/room for 500 \(#\), not for more \(!\)$/);
  expect(lines.at(-1)).toMatch(/alive at 2 of 5 layers: over, most$/);
});

it('marks nothing where all has room', () => {
  const lines = pictureOf([{ layer: 'only', liveBytes: 10 }], 10);
  expect(bars(lines)).toEqual([`only 10 ${'#'.repeat(40)} the most`]);
  expect(lines[0]).toMatch(/room for 10$/);
  expect(lines.join()).not.toContain('over');
});

it('breaks its heading where the words are many', () => {
  const layers = Array.from({ length: 65 }, (_, i) => ({ layer: `layer ${i}`, liveBytes: 2_000_000 + i }));
  const lines = memoryPictureLines(reportOf(layers, 1_234_567), (text) => text.toUpperCase());
  expect(lines.filter((line) => line.length > 120)).toEqual([]);
  expect(lines[0]).toMatch(/^MEMORY {7}bytes alive/);
  expect(`${lines[0]} ${lines[1]!.trim()}`).toMatch(/; a row is the largest of 5$/);
});

it('stays small for many layers, and has the largest of each row in it', () => {
  const layers = Array.from({ length: 100 }, (_, i) => ({ layer: `l${i}`, liveBytes: i === 41 ? 1000 : i }));
  const lines = pictureOf(layers, 5000);
  expect(bars(lines).length).toBeLessThanOrEqual(16);
  expect(bars(lines).filter((line) => line.endsWith('the most'))).toEqual([expect.stringMatching(/^l41 1,000 #{40}/)]);
  expect(lines[0]).toMatch(/; a row is the largest of 7$/);
});

it('says of each buffer at the peak where it comes from and how long it is needed', () => {
  const lines = pictureOf([{ layer: 'peak layer', liveBytes: 1000 }], 5000).map((line) => line.trim());
  expect(lines).toContain('peak         peak layer (ADD): 1,000 bytes are alive at once');
  expect(lines).toContain('100  scratch of its kernel');
  expect(lines).toContain('99  t1 int8[1, 1]: input of the model, kept for later');
  expect(lines).toContain('98  t2 int8[1, 2]: from before');
  expect(lines).toContain('97  t3 int8[1, 3]: written here, output of the model');
  expect(lines).toContain('279  3 more');
});

it('draws nothing for a model without layers', () => {
  expect(pictureOf([], 10)).toEqual([]);
  expect(weightLines(reportOf([{ layer: 'relu', liveBytes: 1 }], 1))).toEqual([]);
});
