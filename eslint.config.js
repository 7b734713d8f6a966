import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

export default ts.config(
  { ignores: ['dist/', 'coverage/', '.cache/', 'node_modules/'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      // `== null` means null or undefined.
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'prefer-const': 'error',
      'no-console': 'error',
      // Where one stands, it is meant: text from outside is searched for them.
      'no-control-regex': 'off',
      // TypeScript finds these, and knows more about types-only names.
      'no-undef': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      // Indexing is checked by `noUncheckedIndexedAccess`; `!` says "in range by construction".
      '@typescript-eslint/no-non-null-assertion': 'off',
      // `delete object[key]` is how an optional field goes back to its default.
      '@typescript-eslint/no-dynamic-delete': 'off',
    },
  },
  {
    files: ['**/*.ts'],
    ignores: ['**/*.svelte.ts'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // A forgotten promise swallows its error.
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'] },
    },
    rules: {
      'svelte/no-at-html-tags': 'error',
      // Stores keep plain collections in `$state.raw` and replace them whole: cheaper, and on purpose.
      'svelte/prefer-svelte-reactivity': 'off',
      // Knows that `$props()` and `$state()` are assigned to from outside.
      'prefer-const': 'off',
      'svelte/prefer-const': ['error', { destructuring: 'all' }],
    },
  },
  {
    // Published coefficients, digit for digit.
    files: ['src/base/exact-math*.ts'],
    rules: { 'no-loss-of-precision': 'off' },
  },
  {
    // The terminal, projects that are taken away, the build and the benches print.
    files: [
      'src/cli/**',
      'src/share/export/take-away/project/**',
      'test/**',
      'vite.config.ts',
      '*.config.js',
    ],
    rules: { 'no-console': 'off' },
  },
);
