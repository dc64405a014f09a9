// `node tools/walk-throughs/side-by-side.mjs FOLDER...`: sizes and accuracy of deployments of one model, out of their report.json.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const folders = process.argv.slice(2);
if (folders.length === 0) {
  process.stderr.write('node tools/walk-throughs/side-by-side.mjs FOLDER...\n');
  process.exit(2);
}
const tenths = (share) => (100 * share).toFixed(1);
const between = ({ low, high }) => `(${tenths(low)} to ${tenths(high)})`;

const rows = folders.map((folder) => {
  const { accuracy, quantization, files } = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
  const [{ top1 }] = accuracy;
  const { labelled, chance } = top1;
  return [
    basename(folder),
    quantization.scheme,
    String(files.find(({ name }) => name.endsWith('.tflite')).bytes),
    `${tenths(top1.floatRight / labelled)} %`,
    `${tenths(top1.quantizedRight / labelled)} % ${between(chance.quantizedRight)}`,
    `${tenths(chance.difference.value)} ${between(chance.difference)}: ${chance.difference.verdict}`,
  ];
});
const table = [['folder', 'scheme', 'bytes', 'float', 'on the device', 'points'], ...rows];
const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
for (const row of table)
  process.stdout.write(
    `${row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd()}\n`,
  );
