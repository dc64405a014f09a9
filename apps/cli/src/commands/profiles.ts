// `deploy profiles [ID]`: the devices there are, or one of them whole.
import { table } from '@wherry/pipeline/tool';
import type { DeviceProfile } from '@wherry/profiles';
import { Command } from 'commander';
import { print, type PrintOptions } from '../terminal/print.js';

export function profilesCommand(): Command {
  return new Command('profiles')
    .description('list the device profiles, or show one')
    .argument('[id]', 'id, alias or path')
    .option('--profiles <dir>', 'folder with more device profiles')
    .option('--json', 'one JSON document on stdout')
    .action(async (name: string | undefined, options: PrintOptions & { readonly profiles?: string }) => {
      const { readProfiles } = await import('@wherry/pipeline');
      const { availableBytes, findProfile } = await import('@wherry/profiles');
      const { library, id } = await readProfiles(name ?? '', options.profiles);
      if (name !== undefined) {
        const { profile } = findProfile(library, id);
        await print(options, { schemaVersion: 1, ok: true, profile }, () => JSON.stringify(profile, null, 2));
        return;
      }
      const profiles = [...library.targets.values()].map(({ profile }) => profile);
      await print(options, { schemaVersion: 1, ok: true, profiles }, () => listOf(profiles, availableBytes));
    });
}

function listOf(
  profiles: readonly DeviceProfile[],
  availableBytes: (region: DeviceProfile['memory']['flash']) => number,
): string {
  const rows = profiles.map(({ id, chip, runtime, memory, aliases }) => [
    id,
    sizeOf(availableBytes(memory.flash)),
    sizeOf(availableBytes(memory.ram)),
    `${runtime.name} ${runtime.from}`,
    aliases.join(', '),
    chip.replace(/ \(.*\)$/, ''),
  ]);
  const lines = table(['profile', 'flash', 'RAM', 'runtime', 'also called', 'chip'], rows, new Set([1, 2]));
  return [
    ...lines,
    '',
    'Flash and RAM are what a usual firmware leaves for a model; `deploy profiles ID` shows where each figure comes from.',
  ].join('\n');
}

function sizeOf(bytes: number): string {
  return bytes >= 2 ** 30 ? `${Math.floor(bytes / 2 ** 30)} GiB` : `${Math.floor(bytes / 1024)} KiB`;
}
