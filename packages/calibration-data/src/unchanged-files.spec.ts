// Data that something else writes to during the run: refused by name, however it is stored, and nothing else is.
import { utimesSync, writeFileSync } from 'node:fs';
import { npyBytes, pngBytes } from '../test/written-files.mjs';
import { createTestFolder, inputOf } from '../test/workspace.js';
import { parseDataSource } from './data-source.js';
import { openDataset, type Dataset } from './dataset.js';

const folder = createTestFolder();
afterAll(() => folder.remove());

/** A write within the same tick of the file system's clock is not to be missed here. */
function rewrite(path: string, bytes: Uint8Array | string): void {
  writeFileSync(path, bytes);
  utimesSync(path, 1e9, 1e9);
}

const rows = (first: number): Uint8Array => npyBytes('<f4', [3, 1], Float32Array.of(first, 1, 2));
const dot = (value: number): Uint8Array => pngBytes(1, 1, [value, value, value]);
const open = (path: string): Promise<Dataset> => openDataset(parseDataSource(path), inputOf(1));

async function drain(dataset: Dataset, meanwhile: (read: number) => void = () => undefined): Promise<number> {
  let read = 0;
  for await (const _ of dataset.samples()) meanwhile(++read);
  return read;
}

it('reads again and again what stays as it is', async () => {
  const dataset = await open(folder.write('same.npy', rows(0)));
  expect([await drain(dataset), await drain(dataset), await drain(dataset)]).toEqual([3, 3, 3]);
  const pictures = await open(folder.write('same/a.png', dot(1)).replace('/a.png', ''));
  expect([await drain(pictures), await drain(pictures)]).toEqual([1, 1]);
});

it('refuses a file of the same size with other values, between two passes and within one', async () => {
  const path = folder.write('n.npy', rows(0));
  const dataset = await open(path);
  expect(await drain(dataset)).toBe(3);
  rewrite(path, rows(7));
  await expect(drain(dataset)).rejects.toThrow(/DATA_CHANGED[^]*n\.npy/);
  const again = await open(path);
  const during = drain(again, (read) => {
    if (read === 2) writeFileSync(path, rows(8));
  });
  await expect(during).rejects.toThrow(/DATA_CHANGED/);
});

it('refuses a picture of a folder, and a table of labels', async () => {
  const paths = [1, 2].map((value) => folder.write(`pictures/${value}.png`, dot(value)));
  const index = folder.write('pictures/index.csv', 'file,class\n1.png,a\n2.png,b\n');
  const place = `${folder.path}/pictures?labelColumn=class`;
  const pictures = await open(place);
  expect(await drain(pictures)).toBe(2);
  rewrite(paths[1]!, dot(9));
  await expect(drain(pictures)).rejects.toThrow(/DATA_CHANGED[^]*2\.png/);
  const labelled = await open(place);
  expect(await drain(labelled)).toBe(2);
  rewrite(index, 'file,class\n1.png,b\n2.png,a\n');
  await expect(drain(labelled)).rejects.toThrow(/DATA_CHANGED[^]*index\.csv/);
});
