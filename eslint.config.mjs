import tseslint from 'typescript-eslint';
import { assertions } from './scripts/lint/assertions.mjs';
import { docstrings } from './scripts/lint/docstrings.mjs';
import { importDirection } from './scripts/lint/import-direction.mjs';

export default tseslint.config(
  { ignores: ['hazard/kernels/assembly/', 'dist/', '.stryker-tmp/', 'node_modules/', 'coverage/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true } },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.recommended],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { terrane: { rules: { assertions, docstrings, 'import-direction': importDirection } } },
    rules: {
      'terrane/docstrings': 'error',
      'terrane/import-direction': 'error',
      'max-params': ['error', 6],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true }],
      'no-console': 'error',
      eqeqeq: 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'write a union of literals instead of an enum' },
      ],
    },
  },
  // fixtures say by their names what they are
  { files: ['test/**/*.ts'], rules: { 'terrane/docstrings': 'off', 'terrane/assertions': 'error' } },
  { files: ['cli/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts', 'docs/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['hazard/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', { name: 'process', message: 'hazard knows no process' }],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'draw from a seeded generator' },
        { object: 'Date', property: 'now', message: 'hazard has no clock' },
        { object: 'performance', property: 'now', message: 'hazard has no clock' },
      ],
    },
  },
);
