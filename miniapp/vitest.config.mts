import path from 'node:path'
import { defineConfig } from 'vitest/config'
import { readTheme, themeConstants } from './config/theme'

const root = (...parts: string[]) => path.resolve(__dirname, ...parts)

export default defineConfig({
  resolve: {
    // As in web/vite.config.mts: the screens are tested with what is shipped.
    alias: {
      '@platform': root('src/platform/web'),
      '@base': root('src/base/web'),
      'react/jsx-runtime': 'preact/jsx-runtime',
      'react/jsx-dev-runtime': 'preact/jsx-dev-runtime',
      react: 'preact/compat',
    },
  },
  define: { API_BASE: '""', ...themeConstants(readTheme()) },
  esbuild: { jsx: 'automatic' },
  test: {
    projects: [
      { extends: true, test: { name: 'rules', include: ['test/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'screens',
          include: ['test/screens/*.test.tsx', 'test/web/*.test.ts'],
          environment: 'jsdom',
          testTimeout: 30_000,
          setupFiles: ['test/screens/harness/setup.ts'],
        },
      },
    ],
  },
})
