import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { layers, packageOwners, pureLayers, typeOnlyImporters, webviewImports } from '../../layers.mjs';

const src = path.resolve('src');

interface Import {
  readonly file: string;
  readonly layer: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

function* importsUnder(folder: string): Generator<Import> {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.ts$/.test(entry.name) || entry.name.endsWith('.d.ts')) continue;
    const file = path.join(entry.parentPath, entry.name);
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022);
    const layer = path.relative(src, file).split(path.sep)[0] ?? '';
    for (const found of importsIn(source)) yield { file: path.relative(src, file), layer, ...found };
  }
}

function* importsIn(node: ts.Node): Generator<{ target: string; typeOnly: boolean }> {
  if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
    const typeOnly = ts.isImportDeclaration(node)
      ? node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
      : node.isTypeOnly;
    yield { target: (node.moduleSpecifier as ts.StringLiteral).text, typeOnly };
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [target] = node.arguments;
    if (target !== undefined && ts.isStringLiteral(target)) yield { target: target.text, typeOnly: false };
  }
  const inner: ts.Node[] = [];
  ts.forEachChild(node, (child) => void inner.push(child));
  for (const child of inner) yield* importsIn(child);
}

const layerOf = ({ file, target }: Import): string | undefined => {
  if (!target.startsWith('.')) return undefined;
  const [layer] = path.relative(src, path.resolve(src, path.dirname(file), target)).split(path.sep);
  return layer;
};

const isPackage = (target: string, name: string) => target === name || target.startsWith(`${name}/`);

describe('layers', () => {
  const imports = [...importsUnder(src)];
  const table: Readonly<Record<string, readonly string[]>> = layers;
  const owners: Readonly<Record<string, readonly string[]>> = packageOwners;
  const shown = (found: readonly Import[]) => found.map(({ file, target }) => `${file} imports ${target}`);

  it('sees the imports that it judges', () => {
    assert.ok(imports.length > 100, `only ${imports.length} imports found`);
    assert.ok(imports.some((found) => layerOf(found) === 'domain'));
  });

  it('import only downwards, as layers.mjs says', () => {
    const upwards = imports.filter((found) => {
      const target = layerOf(found);
      return target !== undefined && target !== found.layer && !table[found.layer]?.includes(target);
    });
    assert.deepEqual(shown(upwards), []);
  });

  it('use a package only where it belongs', () => {
    const misplaced = imports.filter(({ layer, target }) =>
      Object.entries(owners).some(([name, allowed]) => isPackage(target, name) && !allowed.includes(layer)),
    );
    assert.deepEqual(shown(misplaced), []);
  });

  it('stay pure where they are pure: no disk, process or clock', () => {
    const impure = imports.filter(
      ({ layer, target }) => pureLayers.includes(layer) && target.startsWith('node:'),
    );
    assert.deepEqual(shown(impure), []);
    const clocks = pureLayers.flatMap((layer) =>
      readdirSync(path.join(src, layer), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .filter((name) =>
          /Date\.now\(|new Date\(\)|Math\.random\(|\bprocess\.(env|cwd|argv|platform|hrtime|stdout|exit)/.test(
            readFileSync(path.join(src, layer, name), 'utf8'),
          ),
        )
        .map((name) => `${layer}/${name}`),
    );
    assert.deepEqual(clocks, []);
  });

  it('import only types where a layer only describes', () => {
    const running = imports.filter((found) => {
      const target = layerOf(found);
      const crosses = target !== undefined && target !== found.layer;
      return crosses && typeOnlyImporters.includes(found.layer) && !found.typeOnly;
    });
    assert.deepEqual(shown(running), []);
  });

  it('keep webviews to the messages that they exchange', () => {
    const all = [...importsUnder(path.resolve('webview-ui'))];
    assert.ok(all.length > 2, 'the webviews were read');
    const wrong = all.filter(({ file, target }) => {
      if (!target.startsWith('.'))
        return ['vscode', 'zod'].some((name) => isPackage(target, name)) || target.startsWith('node:');
      const resolved = path.resolve(src, path.dirname(file), target);
      const inside = path.relative(path.resolve('webview-ui'), resolved);
      if (!inside.startsWith('..')) return false;
      const [layer = ''] = path.relative(src, resolved).split(path.sep);
      return !webviewImports.includes(layer);
    });
    assert.deepEqual(shown(wrong), []);
  });
});
