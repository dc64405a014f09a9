// nothing of the user's is lost.
const output = 'packages/pipeline/src/output';

export const files = [
  {
    name: 'a folder without our list replaced',
    file: `${output}/output-mark.ts`,
    find: "if (mark === undefined || marks.length > 1) return { kept: found[0]!, why: 'was not written by this tool' };",
    replace: 'if (mark === undefined || marks.length > 1) return { ours: names, mark: undefined };',
    suite: `${output}/output-directory.spec.ts`,
  },
  {
    name: 'a list believed whose seal is broken',
    file: `${output}/output-mark.ts`,
    find: "if (seal !== undefined && seal !== sha256(withSeal(text, unsealed))) return 'changed';",
    replace: '',
    suite: `${output}/output-directory.spec.ts`,
  },
  {
    name: 'a file that the user has changed replaced',
    file: `${output}/output-mark.ts`,
    find: 'if ((await hashOf(join(directory, name), bytes)) !== written)',
    replace: 'if ((await hashOf(join(directory, name), bytes)) === "")',
    suite: `${output}/output-directory.spec.ts`,
  },
  {
    name: 'the source model overwritten',
    file: `${output}/separate-folders.ts`,
    find: 'if (await holds(output.path, path)) refuse(',
    replace: 'if (output.path === path) refuse(',
    suite: `${output}/separate-folders.spec.ts`,
  },
  {
    name: 'an output among the samples',
    file: `${output}/separate-folders.ts`,
    find: 'if (data.some((each) => each.path === path) && (await holds(path, output.path)))',
    replace: 'if (data.length < 0)',
    suite: `${output}/separate-folders.spec.ts`,
  },
  {
    name: 'two runs at once',
    file: `${output}/output-lock.ts`,
    find: 'await acquire(lock, owner, directory, options);',
    replace: '',
    suite: `${output}/output-directory.spec.ts`,
  },
  {
    name: 'the lock of a killed run left for ever',
    file: `${output}/output-lock.ts`,
    find: 'if (pid !== undefined) return host === hostname() && hasEnded(Number(pid), identity!);',
    replace: 'if (pid !== undefined) return false;',
    suite: `${output}/output-directory.spec.ts`,
  },
  {
    name: 'two updates of one baseline, of which one is lost',
    file: 'packages/pipeline/src/regression/baseline-folder.ts',
    find: "await whileLocked(siblingOf(path, '.wherry-lock'), path, write);",
    replace: 'await write();',
    suite: 'packages/pipeline/src/regression/hold-changes.spec.ts',
  },
  {
    name: 'temporary files of a killed process left for ever',
    file: 'packages/emulated-boards/src/passing-folder.ts',
    find: 'for (const left of leftBehind(among)) rmSync(left, { recursive: true, force: true });',
    replace: 'leftBehind(among);',
    suite: 'packages/emulated-boards/src/passing-folder.spec.ts',
  },
  {
    name: 'two models in one firmware that share an include guard',
    file: 'packages/c-source/src/names.ts',
    find: 'const guard = names.macro(`${file}_H`);',
    replace: 'const guard = identifier(`MODEL_${file}_H`);',
    suite: 'packages/c-exporter/src/two-models.spec.ts',
  },
  {
    name: 'a table in UTF-16 taken for text',
    file: 'packages/calibration-data/src/media/csv-rows.ts',
    find: 'if (first) refuseOtherEncodings(chunk, where);',
    replace: '',
    suite: 'packages/calibration-data/src/formats/csv.spec.ts',
  },
  {
    name: 'bytes lost between two pieces of a long array',
    file: 'packages/c-source/src/fragment.ts',
    find: "yield `${at === 0 ? '' : '\\n'}${stringLines(bytes.subarray(at, at + pieceBytes))}`;",
    replace: "yield `${at === 0 ? '' : '\\n'}${stringLines(bytes.subarray(at, at + pieceBytes - 24))}`;",
    suite: 'packages/c-source/src/fragment.spec.ts',
  },
];
