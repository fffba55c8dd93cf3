import path from 'node:path'
import { defineConfig } from 'vitest/config'

const root = (...parts: string[]) => path.resolve(__dirname, ...parts)

export default defineConfig({
  resolve: {
    alias: {
      '@platform': root('src/platform/web'),
      '@base': root('src/base/web'),
      '@tarojs/taro': root('test/screens/harness/taro.ts'),
    },
  },
  define: { API_BASE: '""' },
  esbuild: { jsx: 'automatic' },
  test: {
    projects: [
      { extends: true, test: { name: 'rules', include: ['test/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'screens',
          include: ['test/screens/*.test.tsx'],
          environment: 'jsdom',
          testTimeout: 30_000,
          setupFiles: ['test/screens/harness/setup.ts'],
        },
      },
    ],
  },
})
