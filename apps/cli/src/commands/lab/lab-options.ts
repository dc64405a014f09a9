// What the commands of a lab have in common: which jobs, and where Redis is.
import type { BoardTier, LabRequest } from '@wherry/pipeline/lab';
import { engineNames, type EngineName } from '@wherry/pipeline/tool';
import { Option, type Command } from 'commander';
import type { PrintOptions } from '../../terminal/print.js';

export interface RedisOptions {
  readonly redis?: string;
}

export interface LabOptions extends PrintOptions, RedisOptions {
  readonly profile?: readonly string[];
  readonly profiles?: string;
  readonly tier: BoardTier;
  readonly round?: string;
  readonly baselines?: string;
  readonly config?: string;
  readonly engine: EngineName;
}

/** Of the commands that name jobs: the same words name the same jobs. */
export function withJobs(command: Command): Command {
  return withPlace(
    command
      .argument('[models...]', 'names of models in the project (default: all of them)')
      .option(
        '-p, --profile <id>',
        'only on this profile (repeatable)',
        (value: string, all: readonly string[] = []) => [...all, value],
      )
      .addOption(
        new Option('--tier <name>', 'hw: boards at a port; emu: those with `serial: emulated`')
          .choices(['hw', 'emu'])
          .default('hw'),
      )
      .option('--round <name>', 'part of each job: another name has all of it measured again'),
  );
}

/** Where the project and Redis are. */
export function withPlace(command: Command): Command {
  return command
    .option('--profiles <dir>', 'folder with more device profiles')
    .option('--baselines <dir>', 'folder of the baselines (default: baselines, beside the project)')
    .option('--config <file>', 'the project (default: deploy.config.json)')
    .option('--redis <url>', 'redis://, rediss:// or unix:// (default WHERRY_REDIS, then redis://127.0.0.1:6379)')
    .addOption(
      new Option('--engine <name>', 'what runs the float model, part of each job')
        .choices([...engineNames])
        .default('wasm'),
    )
    .option('--json', 'one JSON document on stdout, progress as JSON lines on stderr');
}

export function requestOf(models: readonly string[], options: LabOptions): LabRequest {
  const { profile: only = [], profiles, tier, round = '', baselines, config, engine } = options;
  return { models, only, profiles, tier, round, baselines, config, engine };
}

type Lab = typeof import('@wherry/pipeline/lab');
type Connection = Awaited<ReturnType<Lab['connectRedis']>>;

/** With a connection that is closed behind it. */
export async function withRedis<Result>(
  { redis }: RedisOptions,
  job: (lab: Lab, connection: Connection) => Promise<Result>,
): Promise<Result> {
  const lab = await import('@wherry/pipeline/lab');
  const address = lab.parseRedisAddress(redis ?? process.env['WHERRY_REDIS'] ?? 'redis://127.0.0.1:6379');
  const connection = await lab.connectRedis(address);
  try {
    return await job(lab, connection);
  } finally {
    connection.close();
  }
}
