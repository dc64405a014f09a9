// Reads every .tflite of a folder with the codec and writes each again, for a reference runtime to compare.
//
//   node tools/oracle/reencode-models.mjs MODELS OUT
//
// OUT gets NUMBER.tflite and index.json, a list of { path, written, bytes, writtenBytes }. Needs `npm run build`.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode, verify } from '@wherry/tflite-writer';

const [models, out] = process.argv.slice(2);
if (models === undefined || out === undefined) throw new Error('usage: reencode-models.mjs MODELS OUT');

mkdirSync(out, { recursive: true });
const files = readdirSync(models, { recursive: true })
  .filter((name) => name.endsWith('.tflite'))
  .sort();
const index = files.map((name, number) => {
  const path = join(models, name);
  const bytes = readFileSync(path);
  const again = encode(verify(bytes));
  const written = join(out, `${number}.tflite`);
  writeFileSync(written, again);
  return { path, written, bytes: bytes.byteLength, writtenBytes: again.byteLength };
});
writeFileSync(join(out, 'index.json'), JSON.stringify(index));
