// `deploy lab`: a permanent lab of boards, whose jobs go through Redis.
import { WherryError } from '@wherry/graph';
import { pipelineDiagnostics } from '@wherry/pipeline/tool';
import { Command } from 'commander';
import type { Interruption } from '../../terminal/interruption.js';
import { collectCommand } from './collect.js';
import { statusCommand, submitCommand } from './submit.js';
import { workerCommand } from './worker.js';

/** `withManners` gives each command what all have in common. */
export function labCommand(interruption: Interruption, withManners: (command: Command) => Command): Command {
  const lab = new Command('lab')
    .description('test a project on the boards of a permanent lab, with a worker for each')
    .usage('[what] [options]')
    .argument('[what]', 'submit, worker, status or collect')
    .helpCommand(false)
    .action((what: string | undefined) => {
      throw new WherryError(pipelineDiagnostics.ARGUMENTS_INVALID, {
        what: what === undefined ? 'it is not said what the lab should do' : `a lab does not "${what}"`,
        where: 'the command line',
        next: '`deploy lab submit`, `deploy lab worker`, `deploy lab status` or `deploy lab collect`',
      });
    });
  for (const command of [submitCommand(), workerCommand(interruption), statusCommand(), collectCommand(interruption)])
    lab.addCommand(withManners(command));
  return lab;
}
