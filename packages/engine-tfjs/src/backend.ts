// Loads TensorFlow.js with one backend; nothing of it is loaded before a float graph is to run.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMemoryExhausted, memoryExhausted, webAssembly, WherryError } from '@wherry/graph';
import type * as Tfjs from '@tensorflow/tfjs-core';
import type { BackendName } from './backend-name.js';
import { engineDiagnostics } from './diagnostics.js';

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
    await (name === 'wasm' ? loadWasm() : loadNative());
    const ready = await tf.setBackend(name === 'wasm' ? 'wasm' : 'tensorflow');
    if (!ready) throw reasonOf(name);
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
async function loadWasm(): Promise<void> {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(`${binaryFolder()}${sep}`);
}

/** In the npm package they lie beside the bundled files. */
function binaryFolder(): string {
  const name = 'tfjs-backend-wasm.wasm';
  const packed = fileURLToPath(new URL(name, import.meta.url));
  if (existsSync(packed)) return dirname(packed);
  return dirname(createRequire(import.meta.url).resolve(`@tensorflow/tfjs-backend-wasm/dist/${name}`));
}

/** The package may be installed without its native library, so only importing it tells. */
async function loadNative(): Promise<void> {
  const nodeUtil = (await import('node:util')).default as { isNullOrUndefined?: (value: unknown) => boolean };
  // Removed in Node 23, still called by the package.
  nodeUtil.isNullOrUndefined ??= (value) => value === null || value === undefined;
  const optionalPackage: string = '@tensorflow/tfjs-node';
  await import(optionalPackage);
}
