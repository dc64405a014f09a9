// `deploy doctor`: whether this machine has what the tool needs, and what optional parts it lacks.
import { exitCodes } from '@wherry/graph';
import type { Finding } from '@wherry/pipeline';
import { Command } from 'commander';
import { print, type PrintOptions } from '../terminal/print.js';

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('check this machine: Node, engines, profiles')
    .option('--json', 'one JSON document on stdout')
    .action(async (options: PrintOptions) => {
      const { examineMachine } = await import('@wherry/pipeline');
      const findings = await examineMachine();
      const ok = findings.every(({ status }) => status !== 'broken');
      await print(options, { schemaVersion: 1, ok, findings }, () => findings.map(lineOf).join('\n'));
      if (!ok) process.exitCode = exitCodes.environment;
    });
}

function lineOf({ name, status, detail, next }: Finding): string {
  return `${status.padEnd(8)} ${name}: ${detail}${next === undefined ? '' : `\n         next  ${next}`}`;
}
