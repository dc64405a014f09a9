// A disk that fails at one call, or a process that is killed at it: what `faulty-files.c` does, for processes of the tests.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot, temporaryFolder } from './built-command.js';

/** `kill`: before the call; `tear`: half of a write is done then. A disk that is full stays it; EIO comes once. */
export type Fault = 'kill' | 'tear' | 'ENOSPC' | 'EIO';

export interface FaultyFiles {
  /** Variables of a process in which the call of that number fails, of those that change what lies below the folder. */
  environment(folder: string, fault?: { readonly what: Fault; readonly at: number }): Readonly<Record<string, string>>;
  /** Of the processes without a fault since the last time that this was asked: `write /path`. */
  calls(): readonly string[];
  readonly remove: () => void;
}

/** Compiled for this machine, which needs gcc. */
export function faultyFiles(): FaultyFiles {
  const { path, remove } = temporaryFolder();
  const library = join(path, 'faulty-files.so');
  const log = join(path, 'calls');
  const source = join(repositoryRoot, 'apps/cli/src/testing/faulty-files.c');
  const { status, stderr } = spawnSync(
    'gcc',
    ['-O1', '-Wall', '-Wextra', '-Werror', '-shared', '-fPIC', source, '-o', library, '-ldl'],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  return {
    environment: (folder, fault) => ({
      LD_PRELOAD: library,
      FAULTY_FILES_ROOT: folder,
      ...(fault === undefined
        ? { FAULTY_FILES_LOG: log }
        : { FAULTY_FILES_DO: fault.what, FAULTY_FILES_AT: String(fault.at) }),
    }),
    calls: () => {
      const lines = existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : [];
      rmSync(log, { force: true });
      return lines;
    },
    remove,
  };
}
