// What waits when a measurement is called off waits no longer, and nothing waits anew.
import { systemTime } from '@wherry/serial-profiler';
import { stoppableTime } from './stoppable-time.js';

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

it('passes until it is stopped', async () => {
  const stop = new AbortController();
  const time = stoppableTime(systemTime, stop.signal);
  const acts: string[] = [];
  time.after(1, () => acts.push('soon'));
  time.after(1, () => acts.push('cancelled'))();
  await pause(20);
  time.after(30, () => acts.push('late'));
  stop.abort();
  time.after(1, () => acts.push('after'));
  await pause(60);
  expect(acts).toEqual(['soon']);
});
