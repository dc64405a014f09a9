// `npm run package`: writes build/package/wherry-VERSION.tgz, the one package that users install.
//
// Needs `npm run build`. The folder build/package/wherry is what is packed.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleModules } from '../../apps/cli/bundle-modules.mjs';
import { makeDemoFiles } from '../demo/make-demo-files.mjs';
import { collectTypes } from './collect-types.mjs';
import { npmCommand } from './npm-command.mjs';
import { generators, nxEntries } from './nx-parts.mjs';
import { packageManifest } from './package-manifest.mjs';
import { thirdPartyNotices } from './third-party-notices.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const wasmPackage = join(root, 'node_modules', '@tensorflow', 'tfjs-backend-wasm');
const binaries = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm-threaded-simd.wasm'];

const json = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));

/** Fills `folder` with what is packed. */
async function layOut(folder) {
  rmSync(folder, { recursive: true, force: true });
  const [cli, bundle] = [join(root, 'apps', 'cli'), join(folder, 'bundle')];
  const built = (name) => join(cli, 'dist', `${name}.js`);
  const plugin = join(root, 'packages', 'nx-plugin');
  const record = await bundleModules({ deploy: built('main'), index: built('library'), ...nxEntries(plugin) }, bundle);
  for (const name of binaries) cpSync(join(wasmPackage, 'dist', name), join(bundle, name));
  cpSync(join(root, 'device-profiles'), join(bundle, 'device-profiles'), {
    recursive: true,
    filter: (path) => !/(node_modules|package\.json)$/.test(path),
  });
  cpSync(join(cli, 'bin', 'deploy.mjs'), join(folder, 'bin', 'deploy.mjs'));
  collectTypes(join(cli, 'dist', 'library.d.ts'), root, join(folder, 'types'));
  await makeDemoFiles(join(folder, 'example'));
  const write = (name, text) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  const parts = ['engine-tfjs', 'serial-profiler', 'nx-plugin', 'lab'];
  write(
    'package.json',
    packageManifest(json('package.json'), ...parts.map((name) => json(`packages/${name}/package.json`))),
  );
  for (const [name, text] of generators(plugin)) write(name, text);
  write('THIRD-PARTY-NOTICES.txt', thirdPartyNotices(record, root));
  cpSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  cpSync(fileURLToPath(new URL('package-readme.md', import.meta.url)), join(folder, 'README.md'));
}

/** The path of the tarball. */
function npmPack(folder) {
  const options = ['--json', '--ignore-scripts', '--pack-destination', dirname(folder)];
  const [command, ...first] = npmCommand();
  const { status, stdout, stderr } = spawnSync(command, [...first, 'pack', ...options], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`npm pack failed: ${stderr}`);
  const [{ filename, size, unpackedSize }] = JSON.parse(stdout);
  return { path: join(dirname(folder), filename), size, unpackedSize };
}

const target = join(process.argv[2] ?? join(root, 'build', 'package'), 'wherry');
mkdirSync(dirname(target), { recursive: true });
await layOut(target);
const { path, size, unpackedSize } = npmPack(target);
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
console.log(`${path}: ${megabytes(size)}, ${megabytes(unpackedSize)} unpacked`);
