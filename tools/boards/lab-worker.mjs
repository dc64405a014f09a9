// `lab-worker.mjs DESCRIPTION`: the worker of an emulated board as a process of its own, to be killed. Its jobs are inputs for the model on
// the board; it notes what it does in a file.
import { appendFileSync } from 'node:fs';
import { connectRedis, parseRedisAddress, workBoard } from '../../packages/lab/dist/index.js';
import { chanceOf, processPort, Session, systemTime } from '../../packages/serial-profiler/dist/index.js';

const { url, board, queue, journal, command, expected, mostStalls } = JSON.parse(process.argv[2]);
const note = (...words) => appendFileSync(journal, `${words.join(',')}\n`);
const hex = (bytes) => Buffer.from(bytes).toString('hex');

const connection = await connectRedis(parseRedisAddress(url), 20_000);
const stop = new AbortController();
process.on('SIGTERM', () => stop.abort());
// Patient, as a busy machine emulates slowly.
const port = { ...processPort(command.program, command.parameters, { endsWithInput: true }), isEmulated: true };
process.once('exit', () => port.close());
const chance = chanceOf(process.pid);
const number = () => Math.floor(chance() * 2 ** 32);
const session = await Session.open({ port, time: systemTime, expected, number });

await workBoard(
  connection,
  {
    board,
    queue,
    untilDone: false,
    limits: { lockMs: 2000, stalledMs: 500, mostStalls },
    told: ({ kind, job, id }) => note(kind, job?.model ?? id, board),
    run: async ({ model }) => {
      const seed = Number(model.split('-')[1]);
      const of = chanceOf(seed);
      const input = Uint8Array.from({ length: 32 }, () => Math.floor(of() * 256));
      return { seed, outputs: (await session.infer([input])).map(hex) };
    },
  },
  stop.signal,
);
session.close();
connection.close();
