// Ctrl-C and other requests to stop: the first asks the run to stop in good order, the second does not ask.
import { exitCodes, WherryError } from '@wherry/graph';
import { pipelineDiagnostics } from '@wherry/pipeline/tool';

/** A launcher such as npx passes on what the terminal has sent to both: within this time it is one request. */
const oneRequestMs = 300;

/** Requests to stop, and what can truly be said of the output when one comes. */
export class Interruption {
  readonly #controller = new AbortController();
  #name = '';
  #firstAt = 0;
  #doing: string | undefined;
  readonly #done = new Set<string>();

  /** Its reason is a WherryError with the exit code for it. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** What is in place by now. */
  get done(): readonly string[] {
    return [...this.#done];
  }

  /** @param write puts a folder or a file in place, whole or not at all. `what`: "the dump in DIR". */
  async during<T>(what: string, write: () => Promise<T>): Promise<T> {
    this.#doing = what;
    try {
      const result = await write();
      this.#done.add(what);
      return result;
    } finally {
      this.#doing = undefined;
    }
  }

  /** Of what is written as the work goes on, and is not taken back. */
  stays(what: string): void {
    this.#done.add(what);
  }

  /** True where the caller has to end the process now. */
  request(name: string, at: number): boolean {
    if (this.signal.aborted) return at - this.#firstAt > oneRequestMs;
    [this.#name, this.#firstAt] = [name, at];
    this.#controller.abort(this.failure());
    return false;
  }

  /** What to say at the end of a run that has stopped: made then, since a folder may have been completed meanwhile. */
  failure(): WherryError {
    const written = this.#done.size === 0 ? 'nothing was written' : `only ${this.done.join(' and ')} was written`;
    return new WherryError(pipelineDiagnostics.INTERRUPTED, {
      what: `${this.#name} came before the output was complete; ${written}`,
      next: 'run the same command again',
    });
  }

  /** For one who does not wait: nothing is promised of what was at work just then. */
  lastWords(): string {
    const written = this.#done.size === 0 ? '' : `, after ${this.done.join(' and ')} was written`;
    const unclear =
      this.#doing === undefined
        ? ''
        : `, while ${this.#doing} was being put in place: it is the old one whole or the new one, and the next run there clears up`;
    return written === '' && unclear === ''
      ? this.failure().message
      : `INTERRUPTED: the run was ended at once${written}${unclear}`;
  }
}

/** `emitter` is the process; `end` is told what to say when it must end at once. */
export function interruptionOf(
  emitter: NodeJS.EventEmitter,
  end: (words: string, exitCode: number) => void,
  now: () => number = () => performance.now(),
): Interruption {
  const interruption = new Interruption();
  // Windows sends SIGBREAK for Ctrl-Break, and SIGHUP where the window is closed; it knows no SIGTERM from outside.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const) {
    emitter.on(name, () => {
      if (interruption.request(name, now())) end(interruption.lastWords(), exitCodes.interrupted);
    });
  }
  return interruption;
}
