// Lint rule: whatever a module exports has a docstring (CONTRIBUTING.md, Style, says what stands in it).

/** Names that an exported declaration declares. */
function namesOf(declaration) {
  if (declaration.id) return [declaration.id.name];
  return (declaration.declarations ?? []).map(({ id }) => id.name ?? 'the exported names');
}

/** `const models: ModelModule['models']` fulfils a contract, and its docstring stands there. */
function fulfilsContract({ declarations = [] }) {
  return (
    declarations.length > 0 &&
    declarations.every(({ id }) => id.typeAnnotation?.typeAnnotation.type === 'TSIndexedAccessType')
  );
}

/** @type {import('eslint').Rule.RuleModule} */
export const docstrings = {
  meta: {
    type: 'suggestion',
    schema: [],
    docs: { description: 'exported things have a docstring' },
    messages: { missing: 'write a docstring for {{name}}: it is exported' },
  },
  create(context) {
    // overloads share the docstring of the first signature
    const documented = new Set();
    const check = (node) => {
      const { declaration } = node;
      if (!declaration || fulfilsContract(declaration)) return;
      // directives such as prettier-ignore may stand between the docstring and the declaration
      const comments = context.sourceCode.getCommentsBefore(node);
      const at = comments.findLastIndex(({ type, value }) => type === 'Block' && value.startsWith('*'));
      const has = at >= 0 && comments[at].loc.end.line === node.loc.start.line - (comments.length - at);
      for (const name of namesOf(declaration)) {
        if (has) documented.add(name);
        else if (!documented.has(name)) context.report({ node, messageId: 'missing', data: { name } });
      }
    };
    return { ExportNamedDeclaration: check, ExportDefaultDeclaration: check };
  },
};
