import path from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { include: ['test/**/*.test.ts'] },
  resolve: { alias: { '@platform': path.resolve(__dirname, 'src/platform/web') } },
})
