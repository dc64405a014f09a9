// The package.json of the npm package: everything it runs is inside, but for what is native.

import { pluginPath } from './nx-parts.mjs';

/** The text, of the package.json of the repository, the float engine, the serial profiler, the plugin of Nx and the lab. */
export function packageManifest(workspace, engine, profiler, plugin, lab) {
  const { version, description, license, engines } = workspace;
  const native = '@tensorflow/tfjs-node';
  const manifest = {
    name: workspace.name,
    version,
    description,
    license,
    keywords: ['tensorflow-lite', 'tflite-micro', 'quantization', 'tinyml', 'microcontroller', 'esp32', 'keras'],
    type: 'module',
    bin: { wherry: './bin/deploy.mjs', deploy: './bin/deploy.mjs' },
    exports: {
      '.': { types: './types/library.d.ts', default: './bundle/index.mjs' },
      [pluginPath]: './bundle/nx-plugin.mjs',
      './package.json': './package.json',
    },
    generators: './generators.json',
    files: ['bin', 'bundle', 'types', 'example', 'nx', 'generators.json', 'THIRD-PARTY-NOTICES.txt'],
    engines,
    // Opens the ports of devices. Where it cannot be fetched npm goes on without it, and everything else works.
    optionalDependencies: profiler.optionalDependencies,
    // Used by `--engine node`, by Nx in a workspace of its, and by `deploy lab`, where they are there; never needed.
    peerDependencies: {
      [native]: engine.optionalDependencies[native],
      ...plugin.peerDependencies,
      ...lab.optionalDependencies,
    },
    peerDependenciesMeta: { [native]: { optional: true }, ...plugin.peerDependenciesMeta, ...optional(lab) },
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function optional({ optionalDependencies }) {
  return Object.fromEntries(Object.keys(optionalDependencies).map((name) => [name, { optional: true }]));
}
