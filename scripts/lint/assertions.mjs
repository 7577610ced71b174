// Lint rule: every test asserts something, itself or through functions of its file, and none is left out or runs alone.

/** Names of what is called anywhere below a node: `f()` gives f, `fc.assert()` gives fc and assert. */
function calledBelow(node, keys, found = new Set()) {
  if (node.type === 'CallExpression') {
    const { callee } = node;
    if (callee.type === 'Identifier') found.add(callee.name);
    if (callee.type === 'MemberExpression') {
      if (callee.object.type === 'Identifier') found.add(callee.object.name);
      if (callee.property.type === 'Identifier') found.add(callee.property.name);
    }
  }
  for (const key of keys[node.type] ?? [])
    for (const child of [node[key]].flat()) if (child?.type) calledBelow(child, keys, found);
  return found;
}

/** `assert`, and helpers by their names: assertClose, assertLaidOut. */
const asserts = (name) => /^assert([A-Z]|$)/.test(name);

/** @type {import('eslint').Rule.RuleModule} */
export const assertions = {
  meta: {
    type: 'problem',
    schema: [],
    docs: { description: 'tests assert something' },
    messages: {
      nothing: 'this test asserts nothing',
      left: 'no test is left out, and none runs alone',
    },
  },
  create(context) {
    const keys = context.sourceCode.visitorKeys;
    /** by name of a function of the file what it calls */
    const helpers = new Map();
    const tests = [];
    const remember = (name, body) => helpers.set(name, calledBelow(body, keys));
    const assertsBelow = (called, seen = new Set()) =>
      [...called].some((name) => {
        if (asserts(name)) return true;
        if (seen.has(name) || !helpers.has(name)) return false;
        seen.add(name);
        return assertsBelow(helpers.get(name), seen);
      });
    return {
      FunctionDeclaration: ({ id, body }) => remember(id.name, body),
      VariableDeclarator({ id, init }) {
        if (id.type === 'Identifier' && /Function/.test(init?.type ?? '')) remember(id.name, init.body);
      },
      CallExpression(node) {
        const { callee, arguments: given } = node;
        if (callee.type === 'Identifier' && callee.name === 'it') tests.push({ node, body: given[1] });
        const { object, property } = callee;
        if (['it', 'describe'].includes(object?.name) && ['only', 'skip'].includes(property.name))
          context.report({ node, messageId: 'left' });
      },
      'Program:exit'() {
        for (const { node, body } of tests)
          if (!body || !assertsBelow(calledBelow(body, keys))) context.report({ node, messageId: 'nothing' });
      },
    };
  },
};
