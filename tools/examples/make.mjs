// `npm run examples -- [--data] [NAME ...]`: makes the data and the models of apps/examples anew, of all or of those named.
//
//   --data: the data alone, which takes seconds; training takes minutes
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { exampleFolder } from './example-folder.mjs';
import { examples } from './examples.mjs';

const { values: options, positionals } = parseArgs({ allowPositionals: true, options: { data: { type: 'boolean' } } });
const unknown = positionals.filter((name) => !examples.some((example) => example.name === name));
if (unknown.length > 0) {
  process.stderr.write(
    `no example ${unknown.join(', ')}; npm run examples -- [--data] [NAME ...], NAME one of: ${examples.map(({ name }) => name).join(', ')}\n`,
  );
  process.exit(2);
}

for (const { name, data, models } of examples) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const progress = (epoch, epochs, figure) => {
    if (epoch % Math.ceil(epochs / 10) === 0)
      process.stdout.write(`${name}: epoch ${epoch} of ${epochs}: ${figure.toPrecision(4)}\n`);
  };
  const files = [...data(), ...(options.data ? [] : await models(progress))];
  for (const [path, bytes] of files) {
    const full = join(exampleFolder(name), path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, bytes);
  }
  const size = files.reduce((sum, [, bytes]) => sum + bytes.length, 0);
  process.stdout.write(`${name}: wrote ${files.length} files, ${size} bytes\n`);
}
