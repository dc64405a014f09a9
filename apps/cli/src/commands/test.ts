// `deploy test`: every model of a project on every profile that it goes to, against the baselines beside it.
import { WherryError } from '@wherry/graph';
import { engineNames, pipelineDiagnostics, tiers, type EngineName, type Tier } from '@wherry/pipeline/tool';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Interruption } from '../terminal/interruption.js';
import { positiveNumber, upToAnHour } from '../terminal/positive-number.js';
import { clearReports, tellTested, writeReports, type ReportOptions } from '../test-reports.js';

interface TestOptions extends ReportOptions {
  readonly profile?: readonly string[];
  readonly profiles?: string;
  readonly tier?: readonly Tier[];
  readonly port?: string;
  readonly baud?: number;
  readonly wait?: number;
  readonly baselines?: string;
  readonly update?: boolean;
  readonly failOnNewSeries?: boolean;
  readonly onlyObsolete?: boolean;
  readonly engine: EngineName;
  readonly config?: string;
  readonly quiet?: boolean;
}

export function testCommand(interruption: Interruption): Command {
  return new Command('test')
    .description('run every model of a project on every profile that it goes to, and hold it against its baseline')
    .argument('[models...]', 'names of models in the project (default: all of them)')
    .option('-p, --profile <id>', 'only on this profile (repeatable)', collect)
    .option('--profiles <dir>', 'folder with more device profiles')
    .addOption(
      new Option(
        '--tier <name>',
        'host: the whole chain on this machine; emu: the emulated board that stands in for the device; hw: the device at --port (repeatable, default host)',
      )
        .choices([...tiers])
        .argParser(collectTier),
    )
    .option('--port <where>', 'of the device, for the tier hw: auto, a path, tcp://HOST:PORT, rfc2217://HOST:PORT')
    .option('--baud <n>', 'speed of the port (default: that of the profile)', positiveNumber)
    .option('--wait <seconds>', 'how long the device may be silent, as while it starts (default 5)', upToAnHour)
    .option('--baselines <dir>', 'folder of the baselines (default: baselines, beside the project)')
    .option('--update', 'make what is measured the baseline, and remove those that nothing is compared with')
    .option('--fail-on-new-series', 'fail where the baseline does not hold the toolchain or the firmware')
    .option('--only-obsolete', 'run nothing: look for baselines that nothing of the project is compared with')
    .option('--junit <file>', 'also write the result as JUnit XML')
    .option('--markdown <file>', 'also write the result as Markdown')
    .addOption(new Option('--engine <name>', 'what runs the float model').choices([...engineNames]).default('wasm'))
    .option('--config <file>', 'the project (default: deploy.config.json)')
    .option('--json', 'one JSON document on stdout, progress as JSON lines on stderr')
    .option('-q, --quiet', 'no progress')
    .addHelpText('after', '\nExits with 6 where anything moved, or has no baseline. With CI set, --update is refused.')
    .action((models: readonly string[], options: TestOptions) => test(models, options, interruption));
}

async function test(models: readonly string[], options: TestOptions, interruption: Interruption): Promise<void> {
  const { baselinePlace, pairsOf, readProject, testExitCode, testProject } = await import('@wherry/pipeline');
  const { withProgress } = await import('../run-deployment.js');
  const { profile = [], profiles: folder, tier = ['host'], baselines, update = false, engine, config } = options;
  requireRun(options);
  const device = deviceIn(options);
  await clearReports(options);
  const project = await readProject(config);
  const { pairs, areAll } = await pairsOf(project, { models, profiles: profile, folder });
  const request = {
    pairs,
    areAll,
    tiers: tier,
    baselines: baselinePlace(project.file, baselines),
    update,
    failOnNewSeries: options.failOnNewSeries,
    onlyObsolete: options.onlyObsolete,
    inCi: isCi(process.env),
    device,
  };
  const { signal } = interruption;
  const during: Interruption['during'] = (what, write) => interruption.during(what, write);
  const result = await withProgress(options, (progress) =>
    testProject(request, { engine, signal, profiles: folder, during }, progress),
  );
  process.exitCode = testExitCode(result);
  await writeReports(result, options, interruption);
  await tellTested(result, options);
}

/** Where nothing is run, nothing says how. */
function requireRun({ onlyObsolete, tier, port, failOnNewSeries }: TestOptions): void {
  if (onlyObsolete !== true) return;
  const given = { tier, port, 'fail-on-new-series': failOnNewSeries };
  const unused = Object.entries(given).find(([, value]) => value !== undefined)?.[0];
  if (unused === undefined) return;
  throw new WherryError(pipelineDiagnostics.SETTING_UNUSED, {
    what: `--${unused} is given, and with --only-obsolete nothing is run`,
    next: `leave --${unused} away, or --only-obsolete`,
  });
}

function deviceIn({ port, baud, wait }: TestOptions): { readonly port: string } | undefined {
  if (port !== undefined) return { port, ...{ baud, waitMs: wait === undefined ? undefined : 1000 * wait } };
  const unused = baud !== undefined ? 'baud' : wait !== undefined ? 'wait' : undefined;
  if (unused === undefined) return undefined;
  throw new WherryError(pipelineDiagnostics.SETTING_UNUSED, {
    what: `--${unused} is given, and nothing is measured at a port`,
    next: `add --tier hw --port WHERE, or leave --${unused} away`,
  });
}

/** As CI systems set it; some people unset it with a word. */
function isCi({ CI: value = '' }: NodeJS.ProcessEnv): boolean {
  return !['', '0', 'false'].includes(value.toLowerCase());
}

function collect(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), value];
}

/** Commander checks choices only where it parses by itself. */
function collectTier(value: string, previous: readonly Tier[] | undefined): readonly Tier[] {
  const tier = tiers.find((each) => each === value);
  if (tier === undefined) throw new InvalidArgumentError(`Allowed choices are ${tiers.join(', ')}.`);
  return [...(previous ?? []), tier];
}
