// The licences of everything that was bundled, by esbuild's own record of what went in.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Binaries that lie beside the bundle. */
const beside = ['@tensorflow/tfjs-backend-wasm'];

const licenceFile = /^(licen[cs]e|copying|notice)([.-].*)?$/i;

/** Throws for a package that does not say under which licence it stands. */
export function thirdPartyNotices(metafile, root) {
  const folders = new Set(beside.map((name) => `node_modules/${name}`));
  for (const input of Object.keys(metafile.inputs)) {
    const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (found !== null && !found[1].includes('@wherry/')) folders.add(found[1].replace(/^(\.\.\/)+/, ''));
  }
  const packages = [...folders].map((folder) => describe(join(root, folder)));
  packages.sort((a, b) => (a.title < b.title ? -1 : 1));
  return [
    'This package contains the following software of others.',
    ...packages.map(({ title, text }) => `${'-'.repeat(80)}\n${title}\n\n${text.trim()}`),
    '',
  ].join('\n\n');
}

function describe(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (typeof license !== 'string') throw new Error(`${name} ${version} names no licence`);
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => licenceFile.test(file)) : [];
  const texts = files.sort().map((file) => readFileSync(join(folder, file), 'utf8'));
  return { title: `${name} ${version} (${license})`, text: texts.join('\n\n') || `Licence: ${license}` };
}
