// Runs the work of a trace again, without its device: the same calls get the same answers, the same events come between them.
import { WherryError } from '@wherry/graph';
import type { PortEvents } from '../port.js';
import { traceDiagnostics } from './diagnostics.js';
import { traceEnds, type Trace, type TraceEntry } from './trace-format.js';
import type { SessionLine } from './traced-line.js';

type Of<K extends string> = Extract<TraceEntry, { readonly [P in K]: unknown }>;

/** How long the work may do other things before it asks for what the trace says next. */
const patienceMs = 10_000;

/** What the work came to then. Throws TRACE_DIFFERS where it does anything else than then, TRACE_ENDS where nothing more is recorded. */
export async function replay<T>(trace: Trace, work: (line: SessionLine) => Promise<T>): Promise<T> {
  const run = new Replay(trace);
  const done = work(run.line);
  try {
    const result = await Promise.race([done, run.play()]);
    run.checkEnd();
    return result;
  } catch (error) {
    // What came of a wrong answer is not what is wrong.
    throw run.failure ?? error;
  } finally {
    run.stop();
    done.catch(() => undefined);
  }
}

class Replay {
  readonly line: SessionLine;
  /** The first difference. */
  failure: WherryError | null = null;
  readonly #trace: Trace;
  #next = 0;
  /** Values taken of the entry `now` that is next. */
  #taken = 0;
  #now = 0;
  #timers = 0;
  readonly #acts = new Map<number, () => void>();
  #events: PortEvents | null = null;
  #did: ((did: boolean) => void) | null = null;
  #stopped = false;

  constructor(trace: Trace) {
    this.#trace = trace;
    const { silentMs } = trace;
    this.line = {
      ...{ port: this.#port(), number: () => this.#take('number', 0).number, time: this.#time() },
      ...(silentMs !== undefined && { policy: { silentMs } }),
    };
  }

  /** Lets events come, each once the work has done all that it did before. Rejects at a difference; never resolves. */
  async play(): Promise<never> {
    let idleSince = performance.now();
    while (!this.#stopped) {
      const at = this.#next;
      const taken = this.#taken;
      // All that promises have still to do.
      await new Promise(setImmediate);
      if (this.failure !== null) throw this.failure;
      if (this.#stopped) break;
      const idleMs = performance.now() - idleSince;
      if (at !== this.#next || taken !== this.#taken || this.#deliver()) idleSince = performance.now();
      else if (this.#next >= this.#trace.entries.length) throw this.#ends();
      else if (idleMs > patienceMs) throw this.#differs(`${kindOf(this.#entry)} is what came next, and nothing does`);
      else if (idleMs > 50) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return new Promise(() => undefined);
  }

  stop(): void {
    this.#stopped = true;
  }

  /** What was sent and is not any more is a difference too. */
  checkEnd(): void {
    if (this.failure !== null) throw this.failure;
    const rest = this.#trace.entries.slice(this.#next);
    if (rest.some((entry) => 'write' in entry)) throw this.#differs('more was sent then');
  }

  get #entry(): TraceEntry | undefined {
    return this.#trace.entries[this.#next];
  }

  /** False where the next entry is a call, or there is none. */
  #deliver(): boolean {
    const entry = this.#entry;
    if (entry === undefined) return false;
    if ('data' in entry) this.#step(() => this.#events?.data(Buffer.from(entry.data, 'hex')));
    else if ('closed' in entry) this.#step(() => this.#events?.closed(entry.closed));
    else if ('did' in entry) this.#step(() => this.#did?.(entry.did));
    else if ('timer' in entry) {
      const act = this.#acts.get(entry.timer);
      if (act === undefined) return false;
      this.#acts.delete(entry.timer);
      this.#step(act);
    } else return false;
    return true;
  }

  #step(act: () => void): void {
    this.#next++;
    act();
  }

  /** The next entry, which has to be of that kind. */
  #take<K extends string>(kind: K, otherwise: unknown): Of<K> {
    const entry = this.#entry;
    if (entry !== undefined && kind in entry) {
      this.#next++;
      return entry as Of<K>;
    }
    this.#fail(`${kindOf(entry)} is what came next, the work does ${kind}`);
    return { [kind]: otherwise } as Of<K>;
  }

  #fail(what: string): void {
    this.failure ??= this.#isOver() ? this.#ends() : this.#differs(what);
  }

  /** A port that is closed is the last of a run, also of one that was stopped. */
  #isOver(): boolean {
    const rest = this.#trace.entries.slice(this.#next);
    return rest.length === 0 || (rest.length === 1 && 'close' in rest[0]!);
  }

  #ends(): WherryError {
    const { entries } = this.#trace;
    const line = entries.length + 1;
    return traceEnds(entries, { at: `line ${line} of the trace`, how: `at line ${line}` });
  }

  #differs(what: string): WherryError {
    const line = this.#next + 2;
    return new WherryError(traceDiagnostics.TRACE_DIFFERS, {
      what: `what is done now is not what was done then: ${what}`,
      where: `line ${line} of the trace`,
      next: 'give the model, the inputs and the settings that the trace was recorded with, to the version of the tool that wrote it',
    });
  }

  #time(): SessionLine['time'] {
    return {
      now: () => {
        const entry = this.#entry;
        if (entry !== undefined && 'now' in entry) {
          this.#now = entry.now[this.#taken++] ?? this.#now;
          if (this.#taken >= entry.now.length) {
            this.#taken = 0;
            this.#next++;
          }
        } else this.#fail(`${kindOf(entry)} is what came next, the work asks for the time`);
        return this.#now;
      },
      after: (_, act) => {
        const timer = ++this.#timers;
        this.#acts.set(timer, act);
        return () => void this.#acts.delete(timer);
      },
    };
  }

  #port(): SessionLine['port'] {
    const done = (): Promise<boolean> => new Promise((resolve) => (this.#did = resolve));
    return {
      name: this.#trace.port,
      isEmulated: this.#trace.isEmulated,
      isRecorded: true,
      ...(this.#trace.hasSignals && {
        signals: {
          set: ({ dtr, rts }) => {
            const { set } = this.#take('set', [dtr, rts]);
            if (set.join() !== `${dtr},${rts}`) this.#fail('the control lines were set to other levels');
            return done();
          },
          setBaud: async (baud) => {
            if (this.#take('baud', baud).baud !== baud) this.#fail('another speed was set');
            await done();
          },
        },
      }),
      suspect: () => this.#take('suspect', null).suspect,
      listen: (events) => (this.#events = events),
      write: (bytes) => {
        const sent = Buffer.from(bytes).toString('hex');
        if (this.#take('write', sent).write !== sent) this.#fail('other bytes were sent');
      },
      waiting: () => this.#take('waiting', 0).waiting,
      close: () => {
        this.#events = null;
        // Work that ends early says itself why; where it comes to a result all the same, what is left is the difference.
        if (this.#entry !== undefined && 'close' in this.#entry) this.#next++;
      },
    };
  }
}

function kindOf(entry: TraceEntry | undefined): string {
  return entry === undefined ? 'its end' : Object.keys(entry).find((key) => key !== 'at')!;
}
