// An interactive shell at a terminal: keys are typed, the tab key included, and the line that comes of them is read.
import { spawn, spawnSync } from 'node:child_process';

/** What a key that is bound by `setUp` prints of the line; nothing else on the screen looks like it. */
const shown = /<<([^<>]*)>>/;
const showKey = '\u0018s';
const clearKey = '\u0015';
const longestMilliseconds = 20_000;

export interface ShellKind {
  readonly command: string;
  /** Reads the script from the path in $SCRIPT and binds `showKey`. */
  readonly setUp: string;
}

export const interactiveShells: { readonly [name in 'bash' | 'zsh']: ShellKind } = {
  bash: {
    command: 'bash --noprofile --norc -i',
    setUp: `source "$SCRIPT"; bind -x '"\\C-xs": printf "<<%s>>\\n" "$READLINE_LINE"'`,
  },
  zsh: {
    command: 'zsh -f -i',
    setUp: `autoload -Uz compinit; compinit -u -D; source "$SCRIPT"; show() { print -r -- "<<$BUFFER>>" }; zle -N show; bindkey '^Xs' show`,
  },
};

/** Whether there is what gives a process a terminal (that of util-linux). */
export const hasTerminals = spawnSync('script', ['--version']).status === 0;

export interface TerminalShell {
  /** Types the keys and gives the line that stands there then. */
  line(keys: string): Promise<string>;
  end(): void;
}

export async function terminalShell(
  { command, setUp }: ShellKind,
  cwd: string,
  script: string,
): Promise<TerminalShell> {
  const env = { ...process.env, NODE_OPTIONS: '', TERM: 'dumb', INPUTRC: '/dev/null', HOME: cwd, SCRIPT: script };
  const child = spawn('script', ['-qec', command, '/dev/null'], { cwd, env, stdio: ['pipe', 'pipe', 'ignore'] });
  let screen = '';
  child.stdout.on('data', (text: Buffer) => (screen += text.toString()));
  const until = async (pattern: RegExp): Promise<string> => {
    for (const end = performance.now() + longestMilliseconds; performance.now() < end;) {
      const found = pattern.exec(screen);
      if (found !== null) return found[1]!;
      await new Promise((next) => setTimeout(next, 10));
    }
    throw new Error(`the shell shows no ${pattern.source}:\n${screen}`);
  };
  // What is typed is echoed: the word that is waited for must come of running it.
  child.stdin.write(`${setUp}; echo '[''ready]'\n`);
  await until(/(\[ready\])/);
  return {
    line: async (keys) => {
      screen = '';
      child.stdin.write(`${keys}${showKey}`);
      const line = await until(shown);
      child.stdin.write(clearKey);
      return line;
    },
    end: () => {
      child.stdin.end('exit\n');
      child.kill('SIGHUP');
    },
  };
}
