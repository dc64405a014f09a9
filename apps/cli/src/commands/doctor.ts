// `deploy doctor`: whether this machine has what the tool needs, and what optional parts it lacks.
import { Command } from 'commander';
import { exitCodes } from '@wherry/graph';
import { examineMachine } from '@wherry/pipeline';

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('check this machine: Node, engines, profiles')
    .option('--json', 'one JSON document on stdout')
    .action(async (options: { readonly json?: boolean }) => {
      const findings = await examineMachine();
      const healthy = findings.every(({ status }) => status !== 'broken');
      if (options.json === true) {
        process.stdout.write(`${JSON.stringify({ schemaVersion: 1, ok: healthy, findings }, null, 2)}\n`);
      } else {
        const lines = findings.map(({ name, status, detail, next }) => `${status.padEnd(8)} ${name}: ${detail}${next === undefined ? '' : `\n         next  ${next}`}`);
        process.stdout.write(`${lines.join('\n')}\n`);
      }
      if (!healthy) process.exitCode = exitCodes.environment;
    });
}
