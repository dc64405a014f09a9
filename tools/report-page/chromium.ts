// A headless Chromium that is driven over its DevTools protocol, through a pipe: no port, no library.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** As tools/ci/left-out.mjs looks for them. */
const names = ['chromium', 'chromium-browser', 'google-chrome'];

export function findChromium(): string | undefined {
  return names.find((name) => spawnSync(name, ['--version']).status === 0);
}

export type Parameters = Readonly<Record<string, unknown>>;

export interface ProtocolEvent {
  readonly method: string;
  readonly params: Parameters;
}

interface Message extends Partial<ProtocolEvent> {
  readonly id?: number;
  readonly sessionId?: string;
  readonly result?: Parameters;
  readonly error?: { readonly message: string };
}

/** Lives until it is closed. */
export class Chromium {
  readonly #child: ChildProcess;
  readonly #profile = mkdtempSync(join(tmpdir(), 'wherry-chromium-'));
  readonly #waiting = new Map<number, (message: Message) => void>();
  readonly #listeners = new Map<string, (event: ProtocolEvent) => void>();
  #last = 0;

  constructor(command: string) {
    const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--remote-debugging-pipe'];
    this.#child = spawn(command, [...flags, `--user-data-dir=${this.#profile}`, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    });
    this.#child.on('exit', () => {
      for (const answer of this.#waiting.values()) answer({ error: { message: 'the browser has ended' } });
      this.#waiting.clear();
    });
    let rest = '';
    (this.#child.stdio[4] as Readable).setEncoding('utf8').on('data', (text: string) => {
      // Messages end with a zero.
      const parts = (rest + text).split('\0');
      rest = parts.pop()!;
      for (const part of parts) this.#take(JSON.parse(part) as Message);
    });
  }

  /** @param listen told of what happens in the session */
  async open(listen: (event: ProtocolEvent) => void): Promise<string> {
    const { targetId } = await this.send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true });
    this.#listeners.set(sessionId as string, listen);
    return sessionId as string;
  }

  send(method: string, params: Parameters = {}, sessionId?: string): Promise<Parameters> {
    const id = (this.#last += 1);
    return new Promise((done, failed) => {
      this.#waiting.set(id, ({ result = {}, error }) =>
        error === undefined ? done(result) : failed(new Error(`${method}: ${error.message}`)),
      );
      (this.#child.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  async close(): Promise<void> {
    const ended = new Promise((done) => this.#child.once('exit', done));
    await this.send('Browser.close').catch(() => undefined);
    await ended;
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  #take({ id, sessionId = '', method, params = {}, ...answer }: Message): void {
    if (id !== undefined) {
      this.#waiting.get(id)?.(answer);
      this.#waiting.delete(id);
    } else if (method !== undefined) this.#listeners.get(sessionId)?.({ method, params });
  }
}
