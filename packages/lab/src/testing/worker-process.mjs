// `worker-process.mjs URL BOARD QUEUE JOURNAL MS STALLS`: a worker as a process of its own, to be killed. It notes what it begins
// and ends in the file JOURNAL.
import { appendFileSync } from 'node:fs';
import { connectRedis, parseRedisAddress, workBoard } from '../../dist/index.js';

const [url, board, queue, journal, ms, mostStalls] = process.argv.slice(2);
const note = (words) => appendFileSync(journal, `${words}\n`);
const connection = await connectRedis(parseRedisAddress(url), 20_000);
const stop = new AbortController();
process.on('SIGTERM', () => stop.abort());
await workBoard(
  connection,
  {
    board,
    queue,
    untilDone: false,
    limits: { lockMs: 1000, stalledMs: 300, mostStalls: Number(mostStalls) },
    told: ({ kind, job, id }) => note(`${kind},${job?.model ?? id},${board}`),
    run: async ({ model }, signal) => {
      // Some of it keeps the thread, as work on a model does.
      const end = performance.now() + Number(ms) / 4;
      while (performance.now() < end);
      await new Promise((done) => setTimeout(done, (Number(ms) * 3) / 4));
      signal.throwIfAborted();
      const [, number] = model.split('-');
      return { square: Number(number) ** 2, by: `${board} ${process.pid}` };
    },
  },
  stop.signal,
);
connection.close();
