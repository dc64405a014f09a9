// `deploy explain CODE`: the page behind an error code.
import { Command } from 'commander';
import { diagnosticCatalogue, explainCode } from '@wherry/pipeline';

export function explainCommand(): Command {
  return new Command('explain')
    .description('say more about an error code, or list them all')
    .argument('[code]', 'as printed, e.g. DATA_SHAPE')
    .option('--json', 'one JSON document on stdout')
    .action((code: string | undefined, options: { readonly json?: boolean }) => {
      const entries = code === undefined ? diagnosticCatalogue : [explainCode(code)];
      if (options.json === true) {
        process.stdout.write(`${JSON.stringify({ schemaVersion: 1, diagnostics: entries }, null, 2)}\n`);
      } else if (code === undefined) {
        process.stdout.write(entries.map((entry) => `${entry.code.padEnd(34)} ${entry.title}\n`).join(''));
      } else {
        const [entry] = entries;
        process.stdout.write(`${entry!.code} (exit code ${entry!.exitCode})\n${entry!.title}.\n\n${entry!.explanation}\n`);
      }
    });
}
