// `deploy explain CODE`: the page behind an error code.
import { wrapText } from '@wherry/pipeline/tool';
import type { DiagnosticDefinition } from '@wherry/graph';
import { Command } from 'commander';
import { print, type PrintOptions } from '../terminal/print.js';

export function explainCommand(): Command {
  return new Command('explain')
    .description('say more about an error code, or list them all')
    .argument('[code]', 'as printed, e.g. DATA_SHAPE')
    .option('--json', 'one JSON document on stdout')
    .action(async (code: string | undefined, options: PrintOptions) => {
      const { diagnosticCatalogue, explainCode } = await import('@wherry/pipeline');
      const diagnostics = code === undefined ? diagnosticCatalogue : [explainCode(code)];
      await print(options, { schemaVersion: 1, ok: true, diagnostics }, () =>
        code === undefined ? list(diagnostics) : page(diagnostics[0]!),
      );
    });
}

function list(all: readonly DiagnosticDefinition[]): string {
  const width = Math.max(...all.map(({ code }) => code.length));
  return all.map(({ code, title }) => `${code.padEnd(width)}  ${title}`).join('\n');
}

function page({ code, exitCode, title, explanation }: DiagnosticDefinition): string {
  return [`${code} (exit code ${exitCode})`, `${title}.`, '', ...wrapText(explanation, 100, '')].join('\n');
}
