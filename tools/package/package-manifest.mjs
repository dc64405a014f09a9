// The package.json of the npm package: everything it runs is inside, but for what is native.

/** The text. `workspace`, `engine`, `profiler`: the package.json of the repository, the float engine and the serial profiler. */
export function packageManifest(workspace, engine, profiler) {
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
      './package.json': './package.json',
    },
    files: ['bin', 'bundle', 'types', 'example', 'THIRD-PARTY-NOTICES.txt'],
    engines,
    // Opens the ports of devices. Where it cannot be fetched npm goes on without it, and everything else works.
    optionalDependencies: profiler.optionalDependencies,
    // Used by `--engine node` where it is there; never needed.
    peerDependencies: { [native]: engine.optionalDependencies[native] },
    peerDependenciesMeta: { [native]: { optional: true } },
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
