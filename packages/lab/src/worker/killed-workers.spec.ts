// Workers that are killed in the middle of a run: nothing is lost, and nothing is counted twice. With Debian's Redis server.
// WHERRY_FAULTS=long: more jobs, and more kills.
import { jest } from '@jest/globals';
import { describeRedis } from '@wherry/testing';
import { collectJobs, submitJobs } from '../index.js';
import { jobOf, parseAnswer, type Answer } from '../testing/jobs.js';
import { workerProcesses, type WorkerProcesses } from '../testing/worker-processes.js';

jest.setTimeout(900_000);

const isLong = process.env['WHERRY_FAULTS'] === 'long';
const [count, kills, boards, jobMs] = isLong ? [1000, 250, 4, 120] : [80, 12, 4, 120];

/** The same in every run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

describeRedis('workers that are killed', () => {
  let lab: WorkerProcesses;
  beforeEach(async () => void (lab = await workerProcesses()));
  afterEach(() => lab.remove());

  it(`leave each of ${count} jobs with one result, though ${kills} of them are killed at any moment of a run`, async () => {
    const jobs = Array.from({ length: count }, (_, number) => jobOf(number));
    const host = { parse: parseAnswer, stays: () => true };
    expect(new Set(await submitJobs(lab.connection, jobs, host))).toEqual(new Set(['added']));
    // Twice is once.
    expect(new Set(await submitJobs(lab.connection, jobs, host))).toEqual(new Set(['open']));

    const next = chance(7);
    // Chance may kill every run of one job for a while: that it is given up for is another matter.
    const start = (board: number): void => lab.start(board, jobMs, kills);
    for (let board = 0; board < boards; board++) start(board);
    let inMidRun = 0;
    while (inMidRun < kills && lab.notes('stored').length < count) {
      const busy = lab.busy();
      if (busy.length > 0) {
        const board = busy[Math.floor(next() * busy.length)]!;
        // In the work, in the giving of the result, or in the taking of the next job.
        await new Promise((done) => setTimeout(done, next() * jobMs * 1.2));
        await lab.kill(board);
        if (lab.busy().includes(board)) inMidRun++;
        start(board);
      }
      await new Promise((done) => setTimeout(done, 5));
    }
    const results = await collectJobs<Answer>(lab.connection, jobs, { parse: parseAnswer, waitMs: 240_000 });
    expect(results.flatMap(({ failure }) => failure?.definition.code ?? [])).toEqual([]);
    // One for each, and the right one.
    expect(results.map(({ result }) => result?.outcome.square)).toEqual(jobs.map((_, number) => number ** 2));
    const [begun, stored] = [lab.notes('begun'), lab.notes('stored')];
    console.log(
      `${count} jobs, ${boards} boards: ${lab.killed()} workers killed, ${inMidRun} of them in the middle of a run; ${begun.length} runs begun, ` +
        `${stored.length} results stored, ${lab.notes('stalled').length} jobs found stalled, ${lab.notes('late').length} results late, ` +
        `${lab.notes('done before').length} done before`,
    );
    expect(new Set(begun).size).toBe(count);
    // A worker that is killed between its result and its note of it leaves no note; none is noted twice.
    expect(new Set(stored).size).toBe(stored.length);
    expect(inMidRun).toBeGreaterThan(kills / 2);
    expect(begun.length).toBeGreaterThan(count);
    // Whoever submits it once more has it all.
    expect(new Set(await submitJobs(lab.connection, jobs, host))).toEqual(new Set(['done']));
  });

  it('are not given the job of a worker that goes on, and keep their result when it wakes up', async () => {
    const job = jobOf(3);
    await submitJobs(lab.connection, [job], { parse: parseAnswer, stays: () => true });
    lab.start(0, 1000);
    await lab.until(() => lab.busy().includes(0));
    await lab.signal(0, 'SIGSTOP');
    lab.start(1, 10);
    const collect = () => collectJobs<Answer>(lab.connection, [job], { parse: parseAnswer, waitMs: 60_000 });
    const [first] = await collect();
    expect(first?.result).toMatchObject({ board: 'board-1', outcome: { square: 9 } });
    await lab.signal(0, 'SIGCONT');
    await lab.until(() => lab.notes('late').length > 0);
    expect(await collect()).toEqual([first]);
    expect(lab.notes('stored')).toEqual(['model-3']);
  });

  it('are ended by no more than so many by one job', async () => {
    const job = jobOf(4);
    const host = { parse: parseAnswer, stays: () => true };
    await submitJobs(lab.connection, [job], host);
    for (let at = 0; at < 2; at++) {
      lab.start(at, 60_000, 1);
      await lab.until(() => lab.busy().includes(at));
      await lab.kill(at);
    }
    lab.start(2, 10, 1);
    const [abandoned] = await collectJobs<Answer>(lab.connection, [job], { parse: parseAnswer, waitMs: 60_000 });
    expect(abandoned?.failure?.definition.code).toBe('LAB_JOB_ABANDONED');
    // Submitted again, it is tried again.
    expect(await submitJobs(lab.connection, [job], host)).toEqual(['added']);
    const [done] = await collectJobs<Answer>(lab.connection, [job], { parse: parseAnswer, waitMs: 60_000 });
    expect(done?.result?.outcome.square).toBe(16);
  });
});
