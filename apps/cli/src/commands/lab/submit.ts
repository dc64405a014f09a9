// `deploy lab submit` and `deploy lab status`: jobs of a project into the queues of its devices, and where they are.
import { Command } from 'commander';
import { print } from '../../terminal/print.js';
import { requestOf, withJobs, withRedis, type LabOptions } from './lab-options.js';

interface MapOptions extends LabOptions {
  readonly map: string;
}

export function submitCommand(): Command {
  return withJobs(new Command('submit'))
    .description('put a job for each model and device into the queue; what is there or done stays as it is')
    .requiredOption('--map <file>', 'the hardware map of the lab')
    .action((models: readonly string[], options: MapOptions) => stand('submitProject', models, options));
}

export function statusCommand(): Command {
  return withJobs(new Command('status'))
    .description('say where the jobs of a project are, and which boards have a worker')
    .requiredOption('--map <file>', 'the hardware map of the lab')
    .action((models: readonly string[], options: MapOptions) => stand('labStatus', models, options));
}

async function stand(
  what: 'submitProject' | 'labStatus',
  models: readonly string[],
  options: MapOptions,
): Promise<void> {
  const { readHardwareMap } = await import('@wherry/pipeline/lab');
  // What is wrong here is told before anything is asked elsewhere.
  const map = await readHardwareMap(options.map);
  await withRedis(options, async (lab, connection) => {
    const standing = await lab[what](connection, requestOf(models, options), map);
    await print(options, standing, () => lab.standingText(standing));
  });
}
