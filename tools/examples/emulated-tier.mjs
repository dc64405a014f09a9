// Whether this machine has what emulated boards need: without it examples are held on the host alone.
import { boards, missingTools } from '@wherry/emulated-boards';

export const isEmulated =
  process.env.WHERRY_REQUIRE_ALL === '1' ||
  boards.every((board) => board.agent === undefined || missingTools(board).length === 0);
