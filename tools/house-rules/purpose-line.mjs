// House rule on first lines: every file begins by saying what it is for.

/** @type {import('eslint').Rule.RuleModule} */
export const purposeLine = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { missing: 'the first line is a comment that says what the file is for' },
  },
  create(context) {
    return {
      Program(node) {
        const { lines } = context.sourceCode;
        const first = lines[0]?.startsWith('#!') ? lines[1] : lines[0];
        if (first?.startsWith('//') !== true) context.report({ node, messageId: 'missing' });
      },
    };
  },
};
