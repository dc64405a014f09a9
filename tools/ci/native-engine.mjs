// Where the native engine lies, and whether its library loads.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Of the package; undefined where it is not installed. */
export function packageFolder(root) {
  const { status, stdout } = ask(root, "process.stdout.write(require.resolve('@tensorflow/tfjs-node/package.json'))");
  return status === 0 ? dirname(stdout) : undefined;
}

/** Where the package looks for its binary. */
export function binaryOf(folder) {
  const manifest = join(folder, 'package.json');
  return createRequire(manifest)('@mapbox/node-pre-gyp').find(manifest);
}

/** In a process of its own: a library that does not fit may take the process with it. */
export function nativeEngineLoads(root) {
  const manifest = "require.resolve('@tensorflow/tfjs-node/package.json')";
  return ask(root, `require(require('@mapbox/node-pre-gyp').find(${manifest}))`).status === 0;
}

function ask(root, code) {
  return spawnSync(process.execPath, ['-e', code], { cwd: root, encoding: 'utf8' });
}
