// `deploy lab worker`: does the jobs of one board, until it is stopped.
import type { EngineName } from '@wherry/pipeline/tool';
import { Command } from 'commander';
import type { Interruption } from '../../terminal/interruption.js';
import { deliver, remarksOn } from '../../terminal/standard-streams.js';
import { withPlace, withRedis, type RedisOptions } from './lab-options.js';

interface WorkerOptions extends RedisOptions {
  readonly map: string;
  readonly board: string;
  readonly profiles?: string;
  readonly baselines?: string;
  readonly config?: string;
  readonly untilDone?: boolean;
  readonly engine: EngineName;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function workerCommand(interruption: Interruption): Command {
  return withPlace(new Command('worker'))
    .description('do the jobs of one board from the files that lie here, one at a time, until it is stopped')
    .requiredOption('--map <file>', 'the hardware map of the lab')
    .requiredOption('--board <name>', 'id of the board in the map')
    .option('--until-done', 'end when no job of its device is left')
    .option('-q, --quiet', 'no progress')
    .action((options: WorkerOptions) => work(options, interruption));
}

async function work(options: WorkerOptions, { signal }: Interruption): Promise<void> {
  const { config, profiles, baselines, engine, untilDone = false, quiet, json } = options;
  const { withProgress } = await import('../../run-deployment.js');
  const { boardNamed, readHardwareMap } = await import('@wherry/pipeline/lab');
  // What is wrong here is told before anything is asked elsewhere.
  const board = boardNamed(await readHardwareMap(options.map), options.board);
  await withRedis(options, async (lab, connection) => {
    const target = await lab.boardTarget(board, profiles);
    const { profile, tier } = target;
    if (quiet !== true && json !== true)
      remarksOn(process.stderr).write(`board ${board.id} (${profile}, ${tier}) at ${connection.shown}\n`);
    const place = { config, profiles, baselines, engine };
    await withProgress(options, (progress) =>
      lab.workBoard(
        connection,
        {
          board: board.id,
          queue: lab.queueName({ profile, tier }),
          untilDone,
          run: (job, stop) => lab.runLabJob(job, target, place, { signal: stop, progress }),
          told: (event) =>
            void deliver(
              process.stdout,
              `${json === true ? JSON.stringify(lab.workDocument(event)) : lab.workLines(event).join('\n')}\n`,
              { isDocument: json === true },
            ),
        },
        signal,
      ),
    );
  });
}
