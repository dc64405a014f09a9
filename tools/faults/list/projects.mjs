// projects: what Nx and a matrix of CI are told of a project is all of it, and no outcome outlives what it was made from.

export const projects = [
  {
    name: 'a pair of a project that no machine runs',
    file: 'packages/pipeline/src/sharding/shard-pairs.ts',
    find: '.push(...group)',
    replace: '.push(group[0]!)',
    suite: 'packages/pipeline/src/sharding/shard-pairs.spec.ts',
  },
  {
    name: 'an outcome of a project that outlives what its device extends',
    file: 'packages/pipeline/src/run-inputs/profile-files.ts',
    find: 'return [file, ...(await chainOf(next, places))];',
    replace: 'return next === file ? [] : [file];',
    suite: 'packages/pipeline/src/run-inputs/profile-files.spec.ts',
  },
  {
    name: 'an outcome of a project that is kept although Nx does not see its data',
    file: 'packages/nx-plugin/src/pair-targets.ts',
    find: 'cache: hidden === undefined,',
    replace: 'cache: true,',
    suite: 'packages/nx-plugin/src/infer-projects.spec.ts',
  },
  {
    name: 'a broken file of a project that passes, as its targets are gone',
    file: 'packages/nx-plugin/src/infer-projects.ts',
    find: '[...sums, obsolete].map((name) => [name, refusal(said)])',
    replace: 'sums.slice(0, 0).map((name) => [name, refusal(said)])',
    suite: 'packages/nx-plugin/src/infer-projects.spec.ts',
  },
  {
    name: 'a shell that reads what stands in a file of a project',
    file: 'packages/nx-plugin/src/command-word.ts',
    find: '["$`',
    replace: '["`',
    suite: 'packages/nx-plugin/src/infer-projects.spec.ts',
  },
  {
    name: 'a first file of a project that is written over',
    file: 'packages/nx-plugin/src/generators/init/init.ts',
    find: 'if (there !== null) {',
    replace: 'if (there === "") {',
    suite: 'packages/nx-plugin/src/generators/generators.spec.ts',
  },
];
