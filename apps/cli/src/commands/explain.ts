// `deploy explain CODE`: the page behind an error code.
import { diagnosticCatalogue, explainCode, wrapText } from '@wherry/pipeline';
import { Command } from 'commander';
import { print, type PrintOptions } from '../terminal/print.js';

export function explainCommand(): Command {
  return new Command('explain')
    .description('say more about an error code, or list them all')
    .argument('[code]', 'as printed, e.g. DATA_SHAPE')
    .option('--json', 'one JSON document on stdout')
    .action(async (code: string | undefined, options: PrintOptions) => {
      const diagnostics = code === undefined ? diagnosticCatalogue : [explainCode(code)];
      await print(options, { schemaVersion: 1, ok: true, diagnostics }, () =>
        code === undefined ? list() : page(code),
      );
    });
}

function list(): string {
  const width = Math.max(...diagnosticCatalogue.map(({ code }) => code.length));
  return diagnosticCatalogue.map(({ code, title }) => `${code.padEnd(width)}  ${title}`).join('\n');
}

function page(wanted: string): string {
  const { code, exitCode, title, explanation } = explainCode(wanted);
  return [`${code} (exit code ${exitCode})`, `${title}.`, '', ...wrapText(explanation, 100, '')].join('\n');
}
