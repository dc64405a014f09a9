// Writes down all that a session takes from outside, and what it sends, while it works.
import type { LinkPolicy } from '../link/policy.js';
import type { Port } from '../port.js';
import type { SessionRequest } from '../session/session.js';
import { TraceLines, type TraceEntry } from './trace-format.js';

/** What a session takes from outside. */
export type SessionLine = Pick<SessionRequest, 'port' | 'time' | 'number'> & {
  /** How long silence is borne, where that is not as usual. */
  readonly policy?: Pick<LinkPolicy, 'silentMs'>;
};

export interface TracedLine extends SessionLine {
  /** Writes what is not written yet. */
  flush(): void;
}

/** As exact as times are written down; what the session gets is the same. */
const perMillisecond = 1000;

/** The same line; `write` gets whole lines of the trace. */
export function tracedLine({ port, time, number, policy }: SessionLine, write: (line: string) => void): TracedLine {
  const lines = new TraceLines();
  const start = time.now();
  const clock = (): number => Math.round((time.now() - start) * perMillisecond) / perMillisecond;
  // The clock is asked several times for each frame.
  let asked: number[] = [];
  const flush = (): void => {
    if (asked.length > 0) write(lines.entry({ now: asked }));
    asked = [];
  };
  const log = (entry: TraceEntry): void => {
    flush();
    write(lines.entry(entry));
  };
  const { name, signals, isEmulated = false } = port;
  write(lines.header({ port: name, hasSignals: signals !== undefined, isEmulated, ...policy }));
  let timers = 0;
  return {
    flush,
    ...(policy !== undefined && { policy }),
    port: tracedPort(port, clock, log),
    number: () => {
      const given = number();
      log({ number: given });
      return given;
    },
    time: {
      now: () => {
        const now = clock();
        asked.push(now);
        return now;
      },
      after: (milliseconds, act) => {
        const timer = ++timers;
        return time.after(milliseconds, () => {
          log({ at: clock(), timer });
          act();
        });
      },
    },
  };
}

function tracedPort(port: Port, clock: () => number, log: (entry: TraceEntry) => void): Port {
  const { signals, isEmulated = false } = port;
  const did = async <T>(work: Promise<T>, is: (result: T) => boolean): Promise<T> => {
    const result = await work;
    log({ at: clock(), did: is(result) });
    return result;
  };
  return {
    name: port.name,
    isEmulated,
    ...(signals !== undefined && {
      signals: {
        set: (levels) => {
          log({ at: clock(), set: [levels.dtr, levels.rts] });
          return did(signals.set(levels), (result) => result);
        },
        setBaud: (baud) => {
          log({ at: clock(), baud });
          return did(signals.setBaud(baud), () => true);
        },
      },
    }),
    suspect: () => {
      const suspect = port.suspect?.() ?? null;
      log({ suspect });
      return suspect;
    },
    listen: (events) =>
      port.listen({
        data: (bytes) => {
          log({ at: clock(), data: Buffer.from(bytes).toString('hex') });
          events.data(bytes);
        },
        closed: (reason) => {
          log({ at: clock(), closed: reason });
          events.closed(reason);
        },
      }),
    write: (bytes) => {
      log({ at: clock(), write: Buffer.from(bytes).toString('hex') });
      port.write(bytes);
    },
    waiting: () => {
      const waiting = port.waiting();
      log({ waiting });
      return waiting;
    },
    close: () => {
      log({ at: clock(), close: true });
      port.close();
    },
  };
}
