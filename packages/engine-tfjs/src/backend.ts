// Loads TensorFlow.js with one backend; nothing of it is loaded before a float graph is to run.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMemoryExhausted, memoryExhausted, webAssembly, WherryError } from '@wherry/graph';
import type * as Tfjs from '@tensorflow/tfjs-core';
import { backendNames, type BackendName } from './backend-name.js';
import { engineDiagnostics } from './diagnostics.js';
import { NotInstalled } from './not-installed.js';

/** What the WebAssembly backend asks for at its start, in pages of 64 KiB. */
const leastPages = 256;

export interface Backend {
  readonly name: `tfjs-${BackendName}`;
  readonly tf: typeof Tfjs;
}

/** `wasm` is the default everywhere, so that the same input gives the same bytes on every machine. Throws ENGINE_UNAVAILABLE and MEMORY_EXHAUSTED. */
export async function loadBackend(name: BackendName): Promise<Backend> {
  const tf = await loadCore();
  try {
    await (name === 'wasm' ? loadWasm(tf) : loadNative(tf));
  } catch (error) {
    if (isMemoryExhausted(error)) throw memoryExhausted(error);
    throw new WherryError(
      engineDiagnostics.ENGINE_UNAVAILABLE,
      {
        what: `the ${name} backend of TensorFlow.js does not load: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`,
        next:
          name === 'node'
            ? 'leave --engine away: the default, wasm, is on every machine and gives the same up to float rounding'
            : 'run `npm ci` again; the package is damaged',
      },
      { cause: error },
    );
  }
  return { name: `tfjs-${name}`, tf };
}

async function setBackend(tf: typeof Tfjs, name: BackendName): Promise<void> {
  const ready = await tf.setBackend(backendNames[name]);
  if (!ready) throw reasonOf(name);
}

/** TensorFlow.js keeps to itself why; where there is no memory for another one, that is it. */
function reasonOf(name: BackendName): unknown {
  try {
    if (name === 'wasm' && webAssembly !== undefined) new webAssembly.Memory({ initial: leastPages });
  } catch (error) {
    return error;
  }
  return new Error(`backend ${name} did not initialize`);
}

async function loadCore(): Promise<typeof Tfjs> {
  const module = (await import('@tensorflow/tfjs-core')) as typeof Tfjs & { readonly default?: typeof Tfjs };
  const tf = module.default ?? module;
  // Its checks are for those who train with it. They would also warn of the copy that the native engine brings.
  tf.enableProdMode();
  return tf;
}

/** The command is bundled, so that the script beside the binaries is not the one that runs: their place is told. */
async function loadWasm(tf: typeof Tfjs): Promise<void> {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(`${binaryFolder()}${sep}`);
  await setBackend(tf, 'wasm');
}

/** In the npm package they lie beside the bundled files. */
function binaryFolder(): string {
  const name = 'tfjs-backend-wasm.wasm';
  const packed = fileURLToPath(new URL(name, import.meta.url));
  if (existsSync(packed)) return dirname(packed);
  return dirname(createRequire(import.meta.url).resolve(`@tensorflow/tfjs-backend-wasm/dist/${name}`));
}

/**
 * What the library reads when it is loaded: with oneDNN, TensorFlow 2.21 reads past the window of convolutions that give one
 * column of one channel; and it would log on stderr.
 */
const librarySettings = { TF_ENABLE_ONEDNN_OPTS: '0', TF_CPP_MIN_LOG_LEVEL: '3' };

async function loadNative(tf: typeof Tfjs): Promise<void> {
  const nodeUtil = (await import('node:util')).default as { isNullOrUndefined?: (value: unknown) => boolean };
  // Removed in Node 23, still called by the package.
  nodeUtil.isNullOrUndefined ??= (value) => value === null || value === undefined;
  Object.assign(process.env, librarySettings);
  const optionalPackage: string = '@tensorflow/tfjs-node';
  try {
    await import(optionalPackage);
  } catch (error) {
    throw reasonOfNative(error, optionalPackage);
  }
  await setBackend(tf, 'node');
  if (!convolvesRight(tf)) throw new Error('its library computes a convolution wrong');
}

/** The package may be installed without its native library, so only importing it tells. */
function reasonOfNative(error: unknown, optionalPackage: string): unknown {
  const { message, code } = error as { readonly message: string; readonly code?: string };
  if (code?.endsWith('MODULE_NOT_FOUND') === true && message.includes(`'${optionalPackage}'`))
    return new NotInstalled(`the package ${optionalPackage} is not installed`);
  if (message.includes('tfjs_binding.node) can not be found'))
    return new NotInstalled(`the package ${optionalPackage} is installed without its native library`);
  return error;
}

/** Two pictures, two rows: what oneDNN gets wrong. Whoever loads the library first decides whether it is used. */
function convolvesRight(tf: typeof Tfjs): boolean {
  const sums = tf.tidy(() =>
    tf.conv2d(tf.ones<Tfjs.Rank.R4>([2, 2, 3, 1]), tf.ones<Tfjs.Rank.R4>([1, 3, 1, 1]), [1, 2], 'valid').dataSync(),
  );
  return sums.every((sum) => sum === 3);
}
