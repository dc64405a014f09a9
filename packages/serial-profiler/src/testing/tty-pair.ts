// Two ttys of the kernel that socat joins, where it is installed: what is written to one is read from the other.
import { spawn, spawnSync } from 'node:child_process';
import { describe, it } from '@jest/globals';

const hasSocat = spawnSync('socat', ['-V']).status === 0;

/** Adds cases that need ttys: left out aloud without socat, failing when WHERRY_REQUIRE_ALL=1. */
export function describeOnTtys(name: string, suite: () => void): void {
  if (hasSocat || process.env['WHERRY_REQUIRE_ALL'] === '1') return describe(name, suite);
  console.warn(`left out: ${name}: socat is not there`);
  describe(name, () => it.todo('left out: socat is not there'));
}

export interface TtyPair {
  readonly paths: readonly [string, string];
  /** Ends socat: both ttys are hung up, and gone. */
  end(): Promise<void>;
}

/** `far`: as socat opens the other one; a `pty` as a shell has it shows what it is given, `crnl` takes what goes through for lines of text. */
export async function openTtyPair(
  far: 'pty' | 'pty,raw,echo=0,crnl' | 'pty,raw,echo=0' = 'pty,raw,echo=0',
): Promise<TtyPair> {
  const socat = spawn('socat', ['-d', '-d', 'pty,raw,echo=0', far], { stdio: ['ignore', 'ignore', 'pipe'] });
  const kill = (): void => void socat.kill('SIGKILL');
  process.once('exit', kill);
  const ended = new Promise<void>((resolve) => socat.once('exit', () => resolve()));
  const paths = await new Promise<[string, string]>((resolve, reject) => {
    let told = '';
    socat.stderr.on('data', (bytes: Buffer) => {
      told += bytes.toString();
      const [one, other] = [...told.matchAll(/PTY is (\S+)/g)].map((match) => match[1]!);
      if (other !== undefined && told.includes('starting data transfer')) resolve([one!, other]);
    });
    socat.once('error', reject);
  });
  return {
    paths,
    end: async () => {
      kill();
      await ended;
      process.removeListener('exit', kill);
    },
  };
}
