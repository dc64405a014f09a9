// `npm run native-engine`: the native engine of TensorFlow.js, built where its library cannot be downloaded.
//
// The package's own sources are compiled against TensorFlow's library and headers in the Python environment of the oracles
// (WHERRY_ORACLE_PYTHON, or .cache/oracle). Nothing of it is ever committed; `npm ci` takes it away again.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nativeEngineLoads, packageFolder, binaryOf } from '../ci/native-engine.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const settings = fileURLToPath(new URL('library-settings.cc', import.meta.url));

/** Runs a command; what it prints is shown where it fails. */
function run(what, command, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', ...options });
  if (status === 0) return stdout.trim();
  throw new Error(`${what} failed: ${error?.message ?? stderr + stdout}`);
}

/** npm leaves an optional package away whose install script fails; without scripts it comes, in the version of the lock. */
function addPackage() {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  run('adding the package', npm, ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: root,
  });
  if (packageFolder(root) === undefined) throw new Error('npm did not install @tensorflow/tfjs-node');
}

/** The folder of the module, which is not loaded for it. */
function tensorflowFolder() {
  const own = join(root, '.cache', 'oracle', 'bin', 'python');
  const python = process.env.WHERRY_ORACLE_PYTHON || (existsSync(own) ? own : undefined);
  if (python === undefined)
    throw new Error('no Python with TensorFlow: bash tools/oracle/install.sh puts one where it is looked for');
  const code = 'import importlib.util as u; print(u.find_spec("tensorflow").submodule_search_locations[0])';
  return run(`looking for TensorFlow in ${python}`, python, ['-c', code]);
}

function compile(folder, tensorflow) {
  const binary = binaryOf(folder);
  const napi = /napi-v(\d+)/.exec(binary)[1];
  const headers = join(root, 'node_modules', 'node-api-headers', 'include');
  mkdirSync(dirname(binary), { recursive: true });
  const made = `${binary}.new`;
  run('compiling the binding', 'g++', [
    '-std=c++17',
    '-O2',
    '-fPIC',
    '-shared',
    `-DNAPI_VERSION=${napi}`,
    ...['-isystem', headers, '-isystem', join(tensorflow, 'include'), '-I', folder],
    join(folder, 'binding', 'tfjs_backend.cc'),
    join(folder, 'binding', 'tfjs_binding.cc'),
    settings,
    `-L${tensorflow}`,
    '-l:libtensorflow_cc.so.2',
    '-l:libtensorflow_framework.so.2',
    `-Wl,-rpath,${tensorflow}`,
    '-Wl,-z,initfirst',
    ...['-o', made],
  ]);
  // Another process may have the old one open.
  renameSync(made, binary);
}

try {
  if (!nativeEngineLoads(root)) {
    const tensorflow = tensorflowFolder();
    if (packageFolder(root) === undefined) addPackage();
    compile(packageFolder(root), tensorflow);
    if (!nativeEngineLoads(root)) throw new Error(`what was built does not load: ${binaryOf(packageFolder(root))}`);
  }
  console.log('the native engine is there: deploy --engine node');
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
