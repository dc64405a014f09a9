// Lint of the whole workspace: package boundaries, purity, sizes, names. Run through Nx, which knows the project graph.
import { builtinModules } from 'node:module';
import nx from '@nx/eslint-plugin';
import jsonParser from 'jsonc-eslint-parser';
import tseslint from 'typescript-eslint';
import { fileNames } from './tools/house-rules/file-names.mjs';
import { purposeLine } from './tools/house-rules/purpose-line.mjs';

const layers = ['language', 'data', 'codec', 'stage', 'assembly', 'app'];

/** What a layer may import; a stage never imports another stage, and only spec files import the test packages. */
const mayImport = {
  language: [],
  data: ['language', 'data'],
  codec: ['language'],
  stage: ['language', 'data', 'codec'],
  assembly: ['language', 'data', 'codec', 'stage'],
  app: ['assembly', 'data', 'language'],
};

const layerConstraints = (extra) =>
  layers.map((layer) => ({
    sourceTag: `layer:${layer}`,
    onlyDependOnLibsWithTags: [...mayImport[layer], ...extra].map((tag) => `layer:${tag}`),
  }));

const boundaries = (extra) => [
  'error',
  {
    enforceBuildableLibDependency: false,
    allow: [],
    // The command loads what an action needs, and the light part of the same package at the start (docs/decisions/0007).
    checkDynamicDependenciesExceptions: ['@wherry/.*'],
    depConstraints: [
      ...layerConstraints(extra),
      { sourceTag: 'env:pure', onlyDependOnLibsWithTags: extra.length > 0 ? ['env:pure', 'env:node'] : ['env:pure'] },
      { sourceTag: 'layer:test', onlyDependOnLibsWithTags: ['*'] },
    ],
  },
];

const pure = [
  'graph',
  'profiles',
  'tflite-writer',
  'zip-archive',
  'c-source',
  'device-protocol',
  'importers',
  'quantizer',
  'memory-planner',
  'trainer',
  'c-exporter',
  'c-compiler',
  'agent-exporter',
  'firmware-layouts',
  'report-page',
  'engine-int8',
];
const noBuiltins = 'this package runs anywhere: no Node built-ins, with or without the node: prefix';
const untyped = ['**/canary/**', 'packages/*/kernels/**'];
const specs = ['**/*.spec.ts', '**/testing/**', '**/*.spec.mjs'];

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/build/**',
      '**/bundle/**',
      '**/node_modules/**',
      '**/.nx/**',
      '**/.cache/**',
      '**/fixtures/**',
      '**/*.json',
      '!**/package.json',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts', '**/*.mjs'],
    extends: [tseslint.configs.recommended],
    plugins: { '@nx': nx, house: { rules: { 'file-names': fileNames, 'purpose-line': purposeLine } } },
    rules: {
      '@nx/enforce-module-boundaries': boundaries([]),
      'house/file-names': 'error',
      'house/purpose-line': 'error',
      'max-lines': ['error', 300],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'CallExpression[callee.property.name=/^(localeCompare|toLocale.*)$/]',
          message: 'outputs do not depend on a locale',
        },
      ],
      'prefer-const': ['error', { destructuring: 'all' }],
      eqeqeq: 'error',
    },
  },
  {
    // Rules that ask the type checker. Scripts (.mjs) have no types to ask for; the canary and the kernels, which are
    // another language, belong to no TypeScript project.
    files: ['**/*.ts'],
    ignores: untyped,
    extends: [tseslint.configs.recommendedTypeCheckedOnly],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // What is asynchronous by its contract (formats, engines, streams) may have nothing to wait for, and async makes its
      // throws rejections.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: pure.flatMap((name) => [`packages/${name}/src/**/*.ts`, `packages/${name}/canary/*.ts`]),
    ignores: specs,
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: builtinModules.map((name) => ({ name, message: noBuiltins })),
          patterns: [{ group: ['node:*'], message: noBuiltins }],
        },
      ],
      'no-restricted-globals': ['error', 'Buffer', 'process', '__dirname', 'require'],
    },
  },
  {
    files: specs,
    rules: {
      '@nx/enforce-module-boundaries': boundaries(['test']),
      'max-lines-per-function': 'off',
      // Jest types its matchers (expect.stringContaining and its like) as any.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'MemberExpression[object.name=/^(describe|it|test)$/][property.name=/^(only|skip)$/]',
          message: 'no test is narrowed or switched off',
        },
        {
          selector: 'CallExpression[callee.name=/^(fdescribe|fit|xdescribe|xit|xtest)$/]',
          message: 'no test is narrowed or switched off',
        },
      ],
    },
  },
  {
    // What a package imports is what its manifest lists, in the version that is installed.
    files: ['packages/*/package.json', 'apps/*/package.json'],
    languageOptions: { parser: jsonParser },
    plugins: { '@nx': nx },
    rules: {
      '@nx/dependency-checks': [
        'error',
        {
          buildTargets: ['build'],
          // Specs, what they share and the scripts of a build use what the root lists for development.
          ignoredFiles: ['{projectRoot}/*.mjs', '{projectRoot}/src/**/testing/**', '{projectRoot}/test/**'],
          // Optional, and loaded by a name that no analysis sees.
          ignoredDependencies: ['@tensorflow/tfjs-node', 'serialport', 'bullmq', 'ioredis'],
        },
      ],
    },
  },
  {
    // Suites over the whole workspace, no packages: they share files by their paths, and nothing imports them.
    files: [
      '**/jest.config.mjs',
      'tools/oracle/**',
      'tools/boards/**',
      'tools/layouts/**',
      'tools/report-page/**',
      'tools/examples/**',
      'tools/cases/**',
      'tools/networks/**',
      'tools/package/**',
    ],
    rules: { '@nx/enforce-module-boundaries': 'off' },
  },
);
