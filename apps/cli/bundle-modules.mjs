// Joins built modules with all they import into a folder: one file loads several times faster than hundreds.
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { validatorsAhead } from '@wherry/profiles/validators-ahead';
import { build } from 'esbuild';

/** The code of the schemas' checks instead of the compiler that would write it at every start. */
const validatorsCompiled = {
  name: 'validators-compiled',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/validators\.js$/ }, ({ resolveDir }) => ({
      path: 'validators.cjs',
      namespace: 'ahead',
      pluginData: resolveDir,
    }));
    onLoad({ filter: /.*/, namespace: 'ahead' }, ({ pluginData: resolveDir }) => ({
      contents: validatorsAhead(),
      resolveDir,
    }));
  },
};

const laneWorker = fileURLToPath(new URL('lanes/lane-worker.js', import.meta.resolve('@wherry/pipeline')));
/** @param {string} name */
const ofBoards = (name) => fileURLToPath(new URL(`${name}.js`, import.meta.resolve('@wherry/emulated-boards')));

/** What CommonJS modules, and the loader of the WebAssembly backend, expect to find. */
const commonJs =
  "import{createRequire as requireFrom}from'node:module';const require=requireFrom(import.meta.url),__dirname=import.meta.dirname;";

/**
 * Replaces `folder`; gives esbuild's record of what went in.
 * @param {Record<string, string>} entries name of the bundle to path of the module
 * @param {string} folder
 */
export async function bundleModules(entries, folder) {
  rmSync(folder, { recursive: true, force: true });
  const { metafile } = await build({
    // What runs on a thread or as a program of its own is a file of its own.
    entryPoints: {
      ...entries,
      'lane-worker': laneWorker,
      'rp2040-emulator': ofBoards('rp2040-emulator'),
      tether: ofBoards('tether'),
    },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // TensorFlow.js stays a file of its own, loaded when a model is to run.
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    mainFields: ['module', 'main'],
    // The native engine, serial ports, Nx and what speaks to Redis are found by their packages; node-fetch would only be loaded to fetch models, which nothing here does.
    external: ['@tensorflow/tfjs-node', '@nx/devkit', 'node-fetch', 'serialport', 'bullmq', 'ioredis'],
    banner: { js: commonJs },
    plugins: [validatorsCompiled],
    metafile: true,
    logLevel: 'warning',
  });
  return metafile;
}
