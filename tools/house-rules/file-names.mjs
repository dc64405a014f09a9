// House rule on names: files are kebab-case and named for what they hold, never for being left over.
import { basename } from 'node:path';

const banned = new Set(['util', 'utils', 'helper', 'helpers', 'common', 'manager', 'misc']);
const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*$/;

/** @type {import('eslint').Rule.RuleModule} */
export const fileNames = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { kebab: '{{name}} is not kebab-case', vague: '{{name}} says nothing about what is in it' },
  },
  create(context) {
    const name = basename(context.filename);
    return {
      Program(node) {
        if (!kebab.test(name)) context.report({ node, messageId: 'kebab', data: { name } });
        if (name.split(/[.-]/).some((word) => banned.has(word)))
          context.report({ node, messageId: 'vague', data: { name } });
      },
    };
  },
};
