// Joins the built command with all it imports into apps/cli/bundle: one file loads several times faster than hundreds.
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { validatorsAhead } from '@wherry/profiles/validators-ahead';
import { build } from 'esbuild';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

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

/** What CommonJS modules, and the loader of the WebAssembly backend, expect to find. */
const commonJs =
  "import{createRequire as requireFrom}from'node:module';const require=requireFrom(import.meta.url),__dirname=import.meta.dirname;";

rmSync(here('bundle'), { recursive: true, force: true });
await build({
  entryPoints: { deploy: here('dist/main.js') },
  outdir: here('bundle'),
  outExtension: { '.js': '.mjs' },
  bundle: true,
  // TensorFlow.js stays a file of its own, loaded when a model is to run.
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  mainFields: ['module', 'main'],
  // The native engine is found by its package; node-fetch would only be loaded to fetch models, which nothing here does.
  external: ['@tensorflow/tfjs-node', 'node-fetch'],
  banner: { js: commonJs },
  plugins: [validatorsCompiled],
  logLevel: 'warning',
});
