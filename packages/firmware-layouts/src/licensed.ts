// The licence of the model, where its user has named one: a line at the head of every text that has comments.
import type { LayoutContent, LayoutFiles } from './layout-model.js';

/** The C files have it already, wherever they come from. */
const tag = 'SPDX-License-Identifier:';

/** How a comment is written, by the ending of the file. */
const comments: readonly (readonly [RegExp, (text: string) => string])[] = [
  [/\.(?:h|c|cpp|ino)$/, (text) => `/* ${text} */\n`],
  [/(?:^|\/)(?:CMakeLists\.txt|Kconfig)$|\.(?:yml|yaml|conf|defaults)$/, (text) => `# ${text}\n`],
  [/\.ini$/, (text) => `; ${text}\n`],
];

export function licensed(files: LayoutFiles, license: string | undefined): LayoutFiles {
  if (license === undefined) return files;
  return new Map([...files].map(([path, content]) => [path, withLine(path, content, `${tag} ${license}`)] as const));
}

function withLine(path: string, content: LayoutContent, line: string): LayoutContent {
  const comment = comments.find(([pattern]) => pattern.test(path))?.[1];
  // What comes in pieces is the model's own.
  if (comment === undefined || typeof content !== 'string' || content.includes(tag)) return content;
  return `${comment(line)}${content}`;
}
