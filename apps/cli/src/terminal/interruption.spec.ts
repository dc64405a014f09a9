// What is said of the output when a request to stop comes, and whether it is asked or told.
import { EventEmitter } from 'node:events';
import { interruptionOf, type Interruption } from './interruption.js';

let ended: { readonly words: string; readonly exitCode: number }[];
let emitter: EventEmitter;
let time: number;
let interruption: Interruption;
beforeEach(() => {
  [ended, emitter, time] = [[], new EventEmitter(), 0];
  interruption = interruptionOf(
    emitter,
    (words, exitCode) => ended.push({ words, exitCode }),
    () => time,
  );
});

it('asks first, and takes what a launcher passes on at once for the same request', () => {
  emitter.emit('SIGINT');
  time = 5;
  emitter.emit('SIGINT');
  expect([interruption.signal.aborted, ended]).toEqual([true, []]);
  time = 1000;
  emitter.emit('SIGTERM');
  expect(ended).toEqual([{ exitCode: 130, words: expect.stringContaining('nothing was written') as string }]);
});

it.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'])('is asked by %s', (name) => {
  emitter.emit(name);
  expect(interruption.failure().message).toContain(`${name} came before`);
  expect(interruption.signal.aborted).toBe(true);
});

it('says which folders are written, also one that was completed after the request', async () => {
  await interruption.during('the dump in d', () => {
    emitter.emit('SIGINT');
    return Promise.resolve();
  });
  expect(interruption.failure().message).toContain('only the dump in d was written');
});

it('names a file once that is written again and again', async () => {
  for (let epoch = 0; epoch < 3; epoch++) await interruption.during('the checkpoint in c', () => Promise.resolve());
  emitter.emit('SIGTERM');
  expect(interruption.done).toEqual(['the checkpoint in c']);
  expect(interruption.failure().message).toContain('only the checkpoint in c was written');
});

it('says what stays of work that is broken off', () => {
  interruption.stays('the trace so far in t');
  emitter.emit('SIGINT');
  expect(interruption.failure().message).toContain('only the trace so far in t was written');
});

it('does not promise for a folder that is being put in place', async () => {
  await interruption.during('the output in o', () => {
    emitter.emit('SIGINT');
    time = 1000;
    emitter.emit('SIGINT');
    return Promise.resolve();
  });
  expect(ended[0]!.words).toContain('the output in o was being put in place');
  emitter.emit('SIGINT');
  expect(ended[1]!.words).toContain('after the output in o was written');
});
