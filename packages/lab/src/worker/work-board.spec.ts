// A worker in this process: what it takes, what it leaves to others, what it gives back, and what it does not believe.
import { jest } from '@jest/globals';
import { WherryError } from '@wherry/graph';
import { describeRedis, redisServer, type RedisServer } from '@wherry/testing';
import { boardsAtWork, collectJobs, connectRedis, jobId, jobStates, parseRedisAddress } from '../index.js';
import {
  queueName,
  submitJobs,
  workBoard,
  type Collected,
  type LabJob,
  type RedisConnection,
  type Work,
} from '../index.js';
import { labQueues } from '../queue/lab-queue.js';
import { storeResult } from '../queue/result-store.js';
import { jobOf, parseAnswer, type Answer } from '../testing/jobs.js';

jest.setTimeout(120_000);

const limits = { lockMs: 1500, stalledMs: 300, mostStalls: 3 };
const host = { parse: parseAnswer, stays: ({ by }: Answer) => by !== 'error' };

describeRedis('a worker', () => {
  let [redis, connection]: [RedisServer, RedisConnection] = [undefined!, undefined!];
  beforeEach(async () => {
    redis = await redisServer(['--appendonly', 'yes', '--appendfsync', 'always']);
    connection = await connectRedis(parseRedisAddress(redis.url), 15_000);
  });
  afterEach(async () => {
    connection.close();
    await redis.remove();
  });

  interface Given {
    readonly board?: string;
    readonly queue?: string;
    readonly run?: (job: LabJob, signal: AbortSignal) => Promise<unknown>;
    readonly signal?: AbortSignal;
  }
  /** Until nothing is left; gives what it told. */
  const work = async ({ board = 'a', queue = queueName(jobOf(0)), run = answer, signal }: Given = {}) => {
    const told: Work[] = [];
    const untilDone = signal === undefined;
    const given = { board, queue, run, untilDone, limits, told: (each: Work) => told.push(each) };
    await workBoard(connection, given, signal ?? new AbortController().signal);
    return told.map(({ kind }) => kind);
  };
  const answer = async ({ model }: LabJob): Promise<Answer> => ({ square: Number(model.split('-')[1]) ** 2, by: 'a' });
  const submit = (...jobs: readonly LabJob[]) => submitJobs(connection, jobs, host);
  const collect = (jobs: readonly LabJob[], waitMs = 20_000): Promise<readonly Collected<Answer>[]> =>
    collectJobs<Answer>(connection, jobs, { parse: parseAnswer, waitMs });
  const codes = (all: readonly Collected<Answer>[]) =>
    all.map(({ result, failure }) => result?.outcome.square ?? failure?.definition.code);

  it('gives the result of a job that is taken away for a moment, as whoever submits it again does', async () => {
    const collected = collect([jobOf(1)]);
    await new Promise((done) => setTimeout(done, 700));
    await submit(jobOf(1));
    await work();
    expect(codes(await collected)).toEqual([1]);
    expect(codes(await collect([jobOf(2)]))).toEqual(['LAB_JOB_GONE']);
  });

  it('takes the jobs of its device and tier, and leaves those of others', async () => {
    const jobs = [jobOf(1), jobOf(2, { profile: 'rp2040' }), jobOf(3, { tier: 'hw' })];
    await submit(...jobs);
    expect(await work()).toEqual(['begun', 'stored']);
    expect(await jobStates(connection, jobs)).toEqual(['done', 'waiting', 'waiting']);
    await expect(collect(jobs, 1000)).rejects.toThrow(/LAB_TIMEOUT[^]*2 jobs of 3 have no result: model-2 on rp2040/);
  });

  it('does not do again what is done, and keeps what was there', async () => {
    const job = jobOf(5);
    await submit(job);
    // As of a worker that ended between its result and the end of the job.
    await storeResult(connection, { id: jobId(job), board: 'b', outcome: { square: 25, by: 'b' } });
    expect(await work()).toEqual(['done before']);
    expect(await storeResult(connection, { id: jobId(job), board: 'c', outcome: { square: 1, by: 'c' } })).toBe(false);
    expect((await collect([job]))[0]?.result).toMatchObject({ board: 'b', outcome: { square: 25, by: 'b' } });
  });

  it('has a job run again where it went wrong, or another round is asked for, and else never', async () => {
    const job = jobOf(6);
    await submit(job);
    expect(await work({ run: async () => ({ square: 0, by: 'error' }) })).toEqual(['begun', 'stored']);
    expect(await submit(job, jobOf(6, { round: 'night' }))).toEqual(['added', 'added']);
    expect(await work()).toEqual(['begun', 'stored', 'begun', 'stored']);
    expect(await submit(job)).toEqual(['done']);
    expect(codes(await collect([job, jobOf(6, { round: 'night' })]))).toEqual([36, 36]);
  });

  it('puts one job for twenty that submit at once', async () => {
    const jobs = Array.from({ length: 20 }, (_, number) => jobOf(number));
    await Promise.all(Array.from({ length: 20 }, () => submit(...jobs)));
    const told = await work();
    expect(told.filter((kind) => kind === 'begun')).toHaveLength(20);
    expect(codes(await collect(jobs))).toEqual(jobs.map((_, number) => number ** 2));
  });

  it('gives back what it is at when it is stopped, for another to take at once', async () => {
    const job = jobOf(7);
    await submit(job);
    const stop = new AbortController();
    const run = (_: LabJob, signal: AbortSignal): Promise<never> =>
      new Promise((__, refuse) => {
        signal.addEventListener('abort', () => refuse(signal.reason as Error));
        setTimeout(() => stop.abort(new Error('enough')), 100);
      });
    expect(await work({ signal: stop.signal, run })).toEqual(['begun', 'given back']);
    expect(await jobStates(connection, [job])).toEqual(['waiting']);
    expect(await work({ board: 'b' })).toEqual(['begun', 'stored']);
  });

  it('has its board alone', async () => {
    const stop = new AbortController();
    const first = work({ signal: stop.signal });
    while (!(await boardsAtWork(connection, ['a', 'b'])).has('a')) await new Promise((done) => setTimeout(done, 20));
    await expect(work()).rejects.toThrow(/LAB_BOARD_TAKEN/);
    stop.abort();
    await first;
    expect(await boardsAtWork(connection, ['a', 'b'])).toEqual(new Set());
  });

  it('ends with what is a fault of its own, and says so of the job', async () => {
    await submit(jobOf(8));
    await expect(work({ run: () => Promise.reject(new TypeError('x is not a function')) })).rejects.toThrow(TypeError);
    const [{ failure }] = (await collect([jobOf(8)])) as [Collected<Answer>];
    expect(failure?.message).toMatch(/LAB_JOB_FAILED: its worker says: x is not a function/);
    expect(await submit(jobOf(8))).toEqual(['added']);
  });

  it('runs nothing that is no job, or not the one of its id', async () => {
    const queues = labQueues(connection);
    const queue = queues.of(queueName(jobOf(0)));
    const forged: readonly unknown[] = [
      'text',
      { ...jobOf(1), model: '' },
      { ...jobOf(1), command: 'rm' },
      { ...jobOf(1), profile: '../../etc' },
    ];
    for (const [at, data] of forged.entries()) await queue.add('x', data, { jobId: `job-forged-${at}` });
    await queue.add('x', jobOf(1), { jobId: jobId(jobOf(2)) });
    await queues.close();
    expect(await work({ run: () => Promise.reject(new Error('it was run')) })).toEqual([]);
    const [failed] = await collect([jobOf(2)]);
    expect(failed?.failure?.message).toMatch(/LAB_JOB_FAILED[^]*LAB_JOB_INVALID: its id is not that of what is in it/);
  });

  it.each([
    ['no JSON', '{', /it is no JSON/],
    ['another form', '{"schemaVersion":2}', /not of the form of a result/],
    ['more than there is', JSON.stringify({ schemaVersion: 1, id: 'x', board: 'a', outcome: 1, more: 1 }), /\(more\)/],
    [
      'the result of another job',
      JSON.stringify({ schemaVersion: 1, id: 'x', board: 'a', outcome: 1 }),
      /it is the result of x/,
    ],
    [
      'no answer',
      JSON.stringify({ schemaVersion: 1, id: jobId(jobOf(9)), board: 'a', outcome: {} }),
      /it is no answer/,
    ],
  ])('is not believed where Redis has %s', async (_, text, says) => {
    await connection.client.set(`wherry-lab:result:${jobId(jobOf(9))}`, text);
    const failed = collect([jobOf(9)]);
    await expect(failed).rejects.toThrow(/LAB_RESULT_INVALID/);
    await expect(failed).rejects.toThrow(says);
  });

  it('goes on after a Redis that was started anew with its data, and a collector with it', async () => {
    const jobs = Array.from({ length: 30 }, (_, number) => jobOf(number));
    await submit(...jobs);
    const all = collect(jobs, 60_000);
    let runs = 0;
    const run = async (job: LabJob): Promise<unknown> => {
      if (++runs === 10) {
        await redis.signal('SIGKILL');
        setTimeout(() => void redis.start(), 500);
      }
      return answer(job);
    };
    await work({ run });
    expect(codes(await all)).toEqual(jobs.map((_, number) => number ** 2));
    expect(runs).toBeGreaterThanOrEqual(30);
  });

  it('says that jobs are gone where Redis kept nothing, and that it is lost where it stays away', async () => {
    connection.close();
    await redis.remove();
    redis = await redisServer();
    connection = await connectRedis(parseRedisAddress(redis.url), 2000);
    const jobs = [jobOf(1), jobOf(2)];
    await submit(...jobs);
    await redis.signal('SIGKILL');
    await redis.start();
    expect(codes(await collect(jobs))).toEqual(['LAB_JOB_GONE', 'LAB_JOB_GONE']);
    await submit(...jobs);
    const ended = work({
      signal: new AbortController().signal,
      run: async (_, signal) => {
        await redis.signal('SIGKILL');
        await new Promise<void>((done) => signal.addEventListener('abort', () => done()));
        signal.throwIfAborted();
      },
    });
    const error: unknown = await ended.catch((thrown: unknown) => thrown);
    expect(error instanceof WherryError && error.definition.code).toBe('LAB_REDIS_LOST');
  });
});
