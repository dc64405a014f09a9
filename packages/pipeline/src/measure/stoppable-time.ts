// Time that stands still once a measurement is called off, so that nothing that waits keeps the process.
import type { Time } from '@wherry/serial-profiler';

export function stoppableTime(time: Time, signal: AbortSignal | undefined): Time {
  if (signal === undefined) return time;
  const waiting = new Set<() => void>();
  signal.addEventListener('abort', () => waiting.forEach((cancel) => cancel()), { once: true });
  return {
    now: () => time.now(),
    after: (milliseconds, act) => {
      if (signal.aborted) return () => undefined;
      const cancel = time.after(milliseconds, () => {
        waiting.delete(cancel);
        act();
      });
      waiting.add(cancel);
      return () => {
        waiting.delete(cancel);
        cancel();
      };
    },
  };
}
