// Writes the lists of devices and formats into the READMEs, between their marks. `npm run generate` calls it after a build.
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { dataFormats } from '../../packages/calibration-data/dist/index.js';
import { usedExitCodes } from '../../packages/graph/dist/index.js';
import { readProfileFolder } from '../../packages/pipeline/dist/index.js';
import { availableBytes } from '../../packages/profiles/dist/index.js';
import { readmeTable, replaceList } from '../ci/readme-table.mjs';

const code = (text) => `\`${text}\``;
const codes = (names) => names.map(code).join(', ');
const kibibytes = (bytes) => (bytes >= 2 ** 30 ? 'any' : `${Math.floor(bytes / 1024)} KiB`);
const formats = Object.values(dataFormats);
const profiles = [...(await readProfileFolder()).targets.values()].map(({ profile }) => profile);

const lists = {
  'formats with examples': readmeTable(
    ['format', 'what', 'example'],
    formats.map(({ name, summary, example }) => [code(name), summary, code(example)]),
  ),
  'formats with options': readmeTable(
    ['format', 'what', 'options'],
    formats.map(({ name, summary, options }) => [code(name), summary, codes(options)]),
  ),
  'exit codes': readmeTable(
    ['code', 'meaning'],
    usedExitCodes.map(([number, meaning]) => [String(number), meaning]),
  ),
  profiles: readmeTable(
    ['profile', 'also called', 'device', 'runtime', 'flash for a model', 'RAM for a model'],
    profiles.map(({ id, aliases, chip, runtime, memory }) => [
      code(id),
      codes(aliases),
      chip.replace(/ \(.*\)$/, ''),
      `${runtime.name} ${runtime.from}`,
      kibibytes(availableBytes(memory.flash)),
      kibibytes(availableBytes(memory.ram)),
    ]),
  ),
};

const places = {
  'README.md': ['formats with examples', 'profiles', 'exit codes'],
  'packages/calibration-data/README.md': ['formats with options'],
  'device-profiles/README.md': ['profiles'],
};

for (const [name, wanted] of Object.entries(places)) {
  const file = new URL(`../../${name}`, import.meta.url);
  const before = readFileSync(file, 'utf8');
  const after = wanted.reduce((text, list) => replaceList(text, list, lists[list], name), before);
  const options = { ...(await resolveConfig(file)), parser: 'markdown' };
  writeFileSync(file, await format(after, options));
}
