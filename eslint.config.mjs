import path from 'node:path';
import tseslint from 'typescript-eslint';
import { importX } from 'eslint-plugin-import-x';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { layers, packageOwners, pureLayers, typeOnlyImporters, webviewImports } from './layers.mjs';

const root = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const folder = (layer) => path.join(root, 'src', layer);

const layerZones = Object.entries(layers).map(([layer, allowed]) => ({
  target: folder(layer),
  from: path.join(root, 'src'),
  except: [layer, ...allowed].map((name) => `./${name}`),
  message: `src/${layer} may import only: ${[layer, ...allowed].join(', ')} (layers.mjs).`,
}));

const webviewZone = {
  target: path.join(root, 'webview-ui'),
  from: path.join(root, 'src'),
  except: webviewImports.map((name) => `./${name}`),
  message: `webview-ui may import only src/${webviewImports.join(', src/')} (layers.mjs).`,
};

const packageRules = Object.keys(layers).map((layer) => ({
  files: [`src/${layer}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          ...Object.entries(packageOwners)
            .filter(([, owners]) => !owners.includes(layer))
            .map(([name, owners]) => ({
              group: [name, `${name}/*`],
              message: `Only src/${owners.join(', src/')} imports ${name} (layers.mjs).`,
            })),
          ...(pureLayers.includes(layer)
            ? [{ group: ['node:*'], message: `src/${layer} is pure: no clock, disk or process.` }]
            : []),
        ],
      },
    ],
  },
}));

export default tseslint.config(
  {
    ignores: [
      'dist/**',
      'out/**',
      '**/node_modules/**',
      'test/bench/native/**',
      'test/harness/**',
      'scripts/demo/repository/**',
    ],
  },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ['*.mjs'] }, tsconfigRootDir: root },
    },
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver({ project: root })] },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      'max-lines': ['error', { max: 400 }],
      'no-empty': ['error', { allowEmptyCatch: false }],
      'import-x/no-default-export': 'error',
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-restricted-paths': ['error', { zones: [...layerZones, webviewZone] }],
      'import-x/no-mutable-exports': 'error',
    },
  },
  ...packageRules,
  {
    files: typeOnlyImporters.map((layer) => `src/${layer}/**/*.ts`),
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "ImportDeclaration[importKind!='type'][source.value=/^\\.\\.\\//]",
          message: 'This layer imports only types of other layers.',
        },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-unused-expressions': 'off' },
  },
  {
    files: ['**/*.mjs'],
    ...tseslint.configs.disableTypeChecked,
  },
  {
    // Text files are default exports: that is what esbuild's text loader makes of them.
    files: ['src/base/textModules.d.ts'],
    rules: { 'import-x/no-default-export': 'off' },
  },
  {
    files: ['eslint.config.mjs'],
    rules: { ...tseslint.configs.disableTypeChecked.rules, 'import-x/no-default-export': 'off' },
  },
);
