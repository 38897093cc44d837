// The public surface of the library as a text: what every entry of the package exports, as the built declarations have it. The text is
// committed (docs/api.md) and a test compares it, so that a change of the surface shows in a review.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from './setup.mjs';

/** Where the report is kept, and how it is made again. */
export const reportFile = join(root, 'docs/api.md');

const levels = ['public', 'experimental', 'internal'];
/** Longer types of constants and results are left out: those of schemas, which have a file of their own (assets/scene.schema.json). */
const longestType = 600;
const printer = ts.createPrinter({ removeComments: true, newLine: ts.NewLineKind.LineFeed });

const intro = `# Public surface

What the package exports, made of its declarations by \`npm run build -- api\`; the tests compare it. *public* names keep their meaning within a
minor version, *experimental* ones may change with any version, *internal* ones are there for the project's own programs. docs/extending.md shows
how to use them. Types that exported ones name without being exported are at the end.
`;

/**
 * Makes the report from the tree of declarations in dist/types, of which those of the package are rolled up.
 * @returns {{ text: string, untold: string[] }} the report, and names that do not have exactly one level
 */
export function apiReport() {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const treeOf = ({ types }) => join(root, types.replace('dist/lib/', 'dist/types/'));
  const entries = Object.entries(exports).filter(([path, { types }]) => path !== '.' && types);
  const files = entries.map(([, entry]) => treeOf(entry));
  const program = ts.createProgram([treeOf(exports['.']), ...files], {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: [],
  });
  const checker = program.getTypeChecker();
  const exportsOf = (file) =>
    checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(file))).map((symbol) => {
      const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      return { name: symbol.name, target };
    });
  const untold = [];
  const exported = new Set(files.flatMap((file) => exportsOf(file).map(({ target }) => target)));
  const named = new Map();
  const parts = entries.map(([path], i) => {
    const found = exportsOf(files[i]).sort((a, b) => (a.name < b.name ? -1 : 1));
    const texts = found.map(({ name, target }) => {
      const own = target.getJsDocTags().filter((tag) => levels.includes(tag.name));
      if (own.length !== 1) untold.push(name);
      collectNamed(target);
      return `// ${own.map((tag) => tag.name).join(' ')}\n${textOf(target)}`;
    });
    return section(`upslope${path.slice(1)}`, texts);
  });
  const missing = exportsOf(treeOf(exports['.'])).filter(({ target }) => !exported.has(target));
  untold.push(...missing.map(({ name }) => `${name} (in no part)`));

  /** Notes declarations of this package that a declaration names and no entry exports. */
  function collectNamed(symbol) {
    for (const declaration of symbol.declarations) visit(declaration);
    function visit(node) {
      if (isHidden(node)) return;
      const name = ts.isTypeReferenceNode(node)
        ? node.typeName
        : ts.isExpressionWithTypeArguments(node)
          ? node.expression
          : ts.isTypeQueryNode(node)
            ? node.exprName
            : undefined;
      if (name) note(checker.getSymbolAtLocation(name));
      ts.forEachChild(node, visit);
    }
  }

  function note(found) {
    if (!found) return;
    const target = found.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(found) : found;
    const file = target.declarations?.[0]?.getSourceFile().fileName ?? '';
    if (!file.includes('/dist/types/') || exported.has(target) || named.has(target)) return;
    if (target.flags & ts.SymbolFlags.TypeParameter) return;
    named.set(target, file.slice(file.indexOf('/dist/types/') + '/dist/types/'.length).replace(/\.d\.ts$/, ''));
  }

  const rest = [...named].map(([symbol, file]) => ({ name: symbol.name, text: `// ${file}\n${textOf(symbol)}` }));
  rest.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.text < b.text ? -1 : 1));
  const restText = section(
    'Named by these, not exported',
    rest.map(({ text }) => text),
  );
  return { text: [intro, ...parts, restText].join('\n'), untold };
}

const section = (title, texts) => `## ${title}\n\n\`\`\`ts\n${texts.join('\n\n')}\n\`\`\`\n`;

const isHidden = (node) =>
  (ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword)) ||
  (node.name && ts.isPrivateIdentifier(node.name));

/** Declarations of a name, without comments and private members. */
function textOf({ declarations }) {
  return declarations
    .map((declaration) => {
      const statement = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
      const bare = ts.transform(statement, [
        (context) => (node) => {
          const visit = (one) => (isHidden(one) ? undefined : ts.visitEachChild(one, visit, context));
          return ts.visitNode(node, visit);
        },
      ]).transformed[0];
      const text = printer
        .printNode(ts.EmitHint.Unspecified, bare, statement.getSourceFile())
        .replace(/^export (declare )?/, '')
        .replaceAll('    ', '  ');
      const type = ts.isVariableDeclaration(declaration) || ts.isFunctionDeclaration(declaration) ? declaration.type : undefined;
      if (!type || type.getText().length <= longestType) return text;
      const [start] = text.split('\n');
      return `${start.slice(0, start.lastIndexOf(': '))}: /* a type of ${text.split('\n').length} lines */;`;
    })
    .join('\n');
}
