// Jest settings of every package: ES modules, TypeScript through swc, packages resolved to their sources.
import vm from 'node:vm';

if (vm.SourceTextModule === undefined) {
  throw new Error(
    'tests run as ES modules: start them with `npm run jest -- PATH`, or set NODE_OPTIONS=--experimental-vm-modules',
  );
}

export default {
  testEnvironment: 'node',
  // Machines are shared: a test that waits for a whole run is not to fail because others run beside it.
  testTimeout: 30_000,
  testEnvironmentOptions: { customExportConditions: ['@wherry/source', 'node', 'node-addons'] },
  testMatch: ['<rootDir>/**/*.spec.ts', '<rootDir>/**/*.spec.mjs'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/canary/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleFileExtensions: ['ts', 'mjs', 'js', 'json', 'node'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
};
