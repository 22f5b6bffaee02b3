// Rules of this repository that the linter does not have.

const loaders = new Set(['late', 'lateView', 'lateDialogView', 'latePanel']);

/** Code is loaded later in one way only, which can fail without taking the page down. */
const lateOnly = {
  create(context) {
    const report = (node) =>
      context.report({
        node,
        message: 'Load code later with late(), lateView() or lateDialogView() of ui/.',
      });
    return {
      ImportExpression(node) {
        if (!isInLoader(node)) report(node);
      },
      ImportSpecifier(node) {
        if (node.parent.source.value === 'react' && node.imported.name === 'lazy') report(node);
      },
      MemberExpression(node) {
        if (node.object.name === 'React' && node.property.name === 'lazy') report(node);
      },
    };
  },
};

function isInLoader(node) {
  for (let at = node.parent; at; at = at.parent) {
    if (at.type === 'CallExpression' && loaders.has(at.callee.name)) return true;
  }
  return false;
}

export default { meta: { name: 'seshdeck' }, rules: { 'late-only': lateOnly } };
