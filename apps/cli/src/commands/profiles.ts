// `deploy profiles [ID]`: the devices there are, or one of them whole.
import { Command } from 'commander';
import { readProfileFolder, table } from '@wherry/pipeline';
import { availableBytes, findProfile } from '@wherry/profiles';

export function profilesCommand(): Command {
  return new Command('profiles')
    .description('list the device profiles, or show one')
    .argument('[id]', 'id or alias')
    .option('--json', 'one JSON document on stdout')
    .action(async (id: string | undefined, options: { readonly json?: boolean }) => {
      const library = await readProfileFolder();
      if (id !== undefined) {
        const { profile } = findProfile(library, id);
        process.stdout.write(`${JSON.stringify(options.json === true ? { schemaVersion: 1, profile } : profile, null, 2)}\n`);
        return;
      }
      const profiles = [...library.targets.values()].map(({ profile }) => profile);
      if (options.json === true) {
        process.stdout.write(`${JSON.stringify({ schemaVersion: 1, profiles }, null, 2)}\n`);
        return;
      }
      const kib = (bytes: number): string => `${Math.floor(bytes / 1024)} KiB`;
      const rows = profiles.map(({ id: own, chip, runtime, memory, aliases }) => [
        own, `${runtime.name} ${runtime.from}`, kib(availableBytes(memory.flash)), kib(availableBytes(memory.ram)), chip, aliases.join(', '),
      ]);
      process.stdout.write(`${table(['profile', 'runtime', 'flash left', 'RAM left', 'chip', 'aliases'], rows).join('\n')}\n`);
    });
}
