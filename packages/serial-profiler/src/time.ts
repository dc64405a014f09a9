// Time as something that is handed in, so that hours of a bad line pass in a moment of a test.

export interface Time {
  /** Milliseconds from any fixed moment on; never less than before. */
  now(): number;
  /** Calls once, after as many milliseconds, unless cancelled. */
  after(milliseconds: number, act: () => void): Cancel;
}

export type Cancel = () => void;

/** The machine's own. */
export const systemTime: Time = {
  now: () => performance.now(),
  after: (milliseconds, act) => {
    const timer = setTimeout(act, milliseconds);
    return () => clearTimeout(timer);
  },
};
