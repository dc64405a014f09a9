// The emulated boards that a model can be measured on: their clock counts instructions.
import { boards, type Board } from '@wherry/emulated-boards';
import type { DeviceProfile } from '@wherry/profiles';

export const countingBoards: readonly Board[] = boards.filter(({ agent }) => agent?.counts === true);

/** That which stands in for a device; undefined where none does. */
export function boardFor({ standIn }: Pick<DeviceProfile, 'standIn'>): Board | undefined {
  return countingBoards.find(({ id }) => id === standIn);
}
