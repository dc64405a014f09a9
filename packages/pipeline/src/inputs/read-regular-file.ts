// Reads a file that the user names: a regular one and no larger than it may be, or the reason in words.
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

export interface FileFault {
  /** `denied`: it is there, and the system does not let it be read. */
  readonly kind: 'missing' | 'not a file' | 'too large' | 'denied';
  readonly what: string;
  readonly next: string;
}

/** @param most bytes that it may have */
export async function readRegularFile(path: string, most: number): Promise<Uint8Array | FileFault> {
  try {
    // Not to wait for a writer where the path is a pipe; Windows has neither the flag nor such pipes.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const status = await file.stat();
      if (status.isDirectory()) return { kind: 'not a file', what: 'it is a folder', next: 'give a file' };
      if (!status.isFile())
        return { kind: 'not a file', what: 'it is not a regular file', next: 'give the file itself' };
      if (status.size > most)
        return {
          kind: 'too large',
          what: `it has ${status.size} bytes, the most is ${most}`,
          next: 'give another file',
        };
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    return faultOf(error);
  }
}

/** An error of the file system in words; anything else is thrown on. */
function faultOf(error: unknown): FileFault {
  const { code = '', syscall } = error as Partial<NodeJS.ErrnoException>;
  if (syscall === undefined && !Object.hasOwn(faults, code)) throw error;
  const [kind, what, next] = faults[code] ?? [
    'denied' as const,
    `the system refuses to read it (${code})`,
    'check the disk and the permissions of the file',
  ];
  return { kind, what, next };
}

const pathAdvice = 'check the path; relative paths start at the current folder';
const faults: { readonly [code: string]: readonly [kind: FileFault['kind'], what: string, next: string] } = {
  ENOENT: ['missing', 'there is no such file', pathAdvice],
  ENOTDIR: ['missing', 'a part of its path is a file, no folder', pathAdvice],
  ENAMETOOLONG: ['missing', 'the path is longer than any file can have', pathAdvice],
  ELOOP: ['missing', 'links in its path lead in a circle', 'give the path of the file itself'],
  ERR_INVALID_ARG_VALUE: ['missing', 'no path can hold these characters', pathAdvice],
  EISDIR: ['not a file', 'it is a folder', 'give a file'],
  ENXIO: ['not a file', 'it is not a regular file', 'give the file itself'],
  EACCES: [
    'denied',
    'you may not read it (EACCES)',
    'make the file readable and its folders passable for you (chmod u+r FILE, chmod u+x FOLDER), or have its owner do so',
  ],
  EPERM: ['denied', 'you may not read it (EPERM)', 'have its owner, or the administrator of the machine, let you'],
  // Windows, where a program can keep others out.
  EBUSY: ['denied', 'another program has it open and lets no other read it (EBUSY)', 'close it there, or give a copy'],
  EIO: ['denied', 'the disk answers with an error (EIO)', 'copy the file to another disk'],
  EMFILE: ['denied', 'too many files are open (EMFILE)', 'close other programs, or raise the limit of open files'],
};
