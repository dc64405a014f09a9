// `deploy agent MODEL`: firmware that answers `deploy measure`, as a project to build and flash.
import { WherryError } from '@wherry/graph';
import type { AgentKit } from '@wherry/pipeline';
import {
  agentKits,
  agentRuntimes,
  kernelSets,
  pipelineDiagnostics,
  type AgentRuntime,
  type KernelSet,
} from '@wherry/pipeline/tool';
import { Command, Option } from 'commander';
import type { Interruption } from '../terminal/interruption.js';
import { print, type PrintOptions } from '../terminal/print.js';
import { readableShellWord } from '../terminal/shell-word.js';

interface AgentOptions extends PrintOptions {
  readonly profile?: string;
  readonly profiles?: string;
  readonly kit: AgentKit;
  readonly runtime?: AgentRuntime;
  readonly kernels?: KernelSet;
  readonly out: string;
}

export function agentCommand(interruption: Interruption): Command {
  return new Command('agent')
    .description('write firmware around a model that answers `deploy measure`: a whole project to build and flash')
    .argument('<model>', 'an output folder of deploy, or a .tflite in the numbers of the device')
    .addOption(new Option('--kit <name>', 'what builds it').choices([...agentKits]).makeOptionMandatory())
    .addOption(
      new Option('--runtime <name>', 'what runs the model: its own C, or the interpreter (default compiled-c)').choices(
        [...agentRuntimes],
      ),
    )
    .addOption(
      new Option(
        '--kernels <which>',
        'those for the core, or plain C to hold them against (default optimized)',
      ).choices([...kernelSets]),
    )
    .option('-p, --profile <id>', 'device profile (default: that of the output folder)')
    .option('--profiles <dir>', 'folder with more device profiles')
    .requiredOption('-o, --out <dir>', 'folder for the project, which must not be there yet')
    .option('--json', 'one JSON document on stdout')
    .option('-q, --quiet', 'no progress')
    .action(async (model: string, options: AgentOptions) => {
      const { writeAgentProject } = await import('@wherry/pipeline');
      const { profile, profiles, kit, runtime, kernels, out } = options;
      if (runtime === 'tflite-micro' && kernels !== undefined) refuseKernels();
      const written = await interruption.during(`the project in ${out}`, () =>
        writeAgentProject({ model, profile, profiles, kit, runtime, kernels, out }, interruption.signal),
      );
      const document = { schemaVersion: 1, ok: true, ...written };
      await print(options, document, () =>
        [
          `${out}: ${written.files.length} files, the model (SHA-256 ${written.modelSha256.slice(0, 12)}…) with the agent for ${written.profile}`,
          `build and flash it as its build files say, then: deploy measure ${readableShellWord(model)} --port auto${profile === undefined ? '' : ` --profile ${profile}`}`,
        ].join('\n'),
      );
    });
}

function refuseKernels(): never {
  throw new WherryError(pipelineDiagnostics.SETTING_UNUSED, {
    what: '--kernels is given, and nothing makes use of it: those of TensorFlow Lite Micro come with its package',
    next: 'leave --kernels away, or --runtime',
  });
}
